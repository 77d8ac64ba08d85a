"""A plan laid out for questions about one person: who is where, who is bound to whom, what an exchange would cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from app.workshops.solver.instance import COST_NOT_WISHED, Instance, Person
from app.workshops.solver.measure import AnyPlan, broken_rules


class Board:
    """An instance and a plan, indexed; neither is changed."""

    def __init__(self, instance: Instance, plan: AnyPlan) -> None:
        self.instance = instance
        self.plan = plan
        self.persons: dict[str, Person] = {person.id: person for person in instance.people}
        self._locks = {(lock.participant, lock.slot): lock.workshop for lock in instance.locks}
        self._present: dict[tuple[str, str], list[str]] = defaultdict(list)
        for person in instance.people:
            for slot in person.slots:
                workshop = self.at(person.id, slot)
                if workshop is not None:
                    self._present[(workshop, slot)].append(person.id)

    @cached_property
    def broken(self) -> set[str]:
        """The rules the plan breaks as it is."""
        return set(broken_rules(self.instance, self.plan))

    def at(self, participant: str, slot: str) -> str | None:
        """Where the plan puts this person in that slot."""
        return self.plan.get(participant, {}).get(slot)

    def locked(self, participant: str, slot: str) -> str | None:
        """The workshop this person was given by hand in that slot."""
        return self._locks.get((participant, slot))

    def present(self, workshop: str, slot: str) -> list[str]:
        """Who is in that workshop then, by id."""
        return self._present[(workshop, slot)]

    def slot_of(self, participant: str, workshop: str) -> str | None:
        """The slot in which this person attends that workshop."""
        return next((slot for slot, at in self.plan.get(participant, {}).items() if at == workshop), None)

    def communes(self, participants: list[str]) -> Counter[str]:
        """How many of these people come from each commune."""
        found = (self.persons[one].commune for one in participants)
        return Counter(commune for commune in found if commune is not None)

    def from_commune(self, commune: str, workshop: str, slot: str) -> int:
        """How many people of that commune are in that workshop then."""
        return self.communes(self.present(workshop, slot))[commune]

    def companions(self, participant: str, slot: str) -> list[str]:
        """Everybody who has to be where this person is in that slot, directly or through others."""
        reached, edge = {participant}, [participant]
        while edge:
            member = edge.pop()
            for group in self.instance.together:
                if member in group.members:
                    new = {m for m in group.members if slot in self.persons[m].slots} - reached
                    reached |= new
                    edge += new
        return sorted(reached - {participant})

    def rivals(self, participant: str) -> list[str]:
        """Everybody who may not be where this person is."""
        groups = (group.members for group in self.instance.apart if participant in group.members)
        return sorted({member for members in groups for member in members} - {participant})

    def last_seat(self, workshop: str, slot: str) -> dict[str, str]:
        """Who holds the place that was hardest to give there, and by which rule: the one it costs most, the higher id
        among equals; people bound by a lock or by others come after everybody who could have gone elsewhere."""
        held = [(self._hold(one, workshop, slot), one) for one in self.present(workshop, slot)]
        if not held:
            return {}
        (_, _, rule), last = max(held)
        return {"person": last, "by": rule}

    def _hold(self, one: str, workshop: str, slot: str) -> tuple[bool, int, str]:
        if self.locked(one, slot):
            return False, 0, "locked"
        if self.companions(one, slot):
            return False, 1, "together"
        person = self.persons[one]
        if not person.wishes:
            return True, -1, "no_wishes"
        return True, person.cost(workshop), "wish" if workshop in person.wishes else "not_wished"

    def exchange_cost(self, one: str, other: str, slot: str) -> int:
        """What L2 gains (under zero) or loses when these two change places."""
        here, there = self.at(one, slot), self.at(other, slot)
        gained = self._cost(one, there) + self._cost(other, here)
        return gained - self._cost(one, here) - self._cost(other, there)

    def move_cost(self, participants: list[str], slot: str, workshop: str) -> int:
        """What L2 gains (under zero) or loses when all of these move there; who had no place gains more than any wish
        is worth."""
        unplaced = sum(self.at(one, slot) is None for one in participants)
        change = sum(self._cost(one, workshop) - self._cost(one, self.at(one, slot)) for one in participants)
        return change - unplaced * (COST_NOT_WISHED * len(participants) + 1)

    def _cost(self, one: str, workshop: str | None) -> int:
        return 0 if workshop is None else self.persons[one].cost(workshop)

    def after_move(self, participant: str, slot: str, workshop: str) -> AnyPlan:
        """The plan with this person, and everybody who has to be beside them, moved there."""
        moved = dict(self.plan)
        for one in (participant, *self.companions(participant, slot)):
            moved[one] = {**self.plan.get(one, {}), slot: workshop}
        return moved

    def after_exchange(self, one: str, other: str, slot: str) -> AnyPlan:
        """The plan with these two in each other's place."""
        moved = dict(self.plan)
        moved[one] = {**self.plan.get(one, {}), slot: self.at(other, slot)}
        moved[other] = {**self.plan.get(other, {}), slot: self.at(one, slot)}
        return moved
