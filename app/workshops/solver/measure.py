"""Measures a plan without the solver: what it is worth, which rules it breaks, how two plans differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from app.workshops.solver.instance import Instance, capacity_rule, minimum_rule

AnyPlan = Mapping[str, Mapping[str, str | None]]


def score(instance: Instance, plan: AnyPlan) -> dict[str, int]:
    """L1, L2 and L3 of a plan, and L4 (balance) and L5 (moves) where the instance asks for them."""
    seated = list(_seated(instance, plan))
    pairs = sum(len(person.slots) for person in instance.people)
    persons = {person.id: person for person in instance.people}
    levels = {
        "L1": pairs - len(seated),
        "L2": sum(persons[one].cost(workshop) for one, _, workshop in seated),
        "L3": _squares((persons[one].commune, slot, workshop) for one, slot, workshop in seated),
    }
    if instance.balance:
        levels["L4"] = _squares((persons[one].category, slot, workshop) for one, slot, workshop in seated)
    if instance.published is not None:
        told = instance.published
        levels["L5"] = sum(plan.get(one, {}).get(slot) != workshop for (one, slot), workshop in told.items())
    return levels


def broken_rules(instance: Instance, plan: AnyPlan) -> list[str]:
    """The rules this plan breaks, by name; a place where a workshop is not held, or a slot nobody asked for, counts as
    `plan[participant][slot]`."""
    found = [
        *_not_held(instance, plan),
        *(lock.rule for lock in instance.locks if plan.get(lock.participant, {}).get(lock.slot) != lock.workshop),
        *_over_and_under(instance, plan),
        *_groups(instance, plan),
    ]
    if not instance.repeat and any(len(w) != len(set(w)) for w in _attended(instance, plan)):
        found.append("repeat")
    return found


def diff(plan_a: AnyPlan, plan_b: AnyPlan) -> list[dict[str, str | None]]:
    """Who moves from one plan to the other: participant, slot, from, to; in order of participant and slot."""
    moves: list[dict[str, str | None]] = []
    for participant in sorted({*plan_a, *plan_b}):
        before, after = plan_a.get(participant, {}), plan_b.get(participant, {})
        for slot in sorted({*before, *after}):
            if before.get(slot) != after.get(slot):
                places = {"from": before.get(slot), "to": after.get(slot)}
                moves.append({"participant": participant, "slot": slot, **places})
    return moves


def _seated(instance: Instance, plan: AnyPlan) -> Iterator[tuple[str, str, str]]:
    for person in instance.people:
        for slot in person.slots:
            workshop = plan.get(person.id, {}).get(slot)
            if workshop is not None:
                yield person.id, slot, workshop


def _squares(keys: Iterator[tuple[str | None, str, str]]) -> int:
    return sum(number**2 for number in Counter(key for key in keys if key[0] is not None).values())


def _attended(instance: Instance, plan: AnyPlan) -> Iterator[list[str]]:
    for person in instance.people:
        yield [workshop for workshop in plan.get(person.id, {}).values() if workshop is not None]


def _not_held(instance: Instance, plan: AnyPlan) -> Iterator[str]:
    slots = {person.id: person.slots for person in instance.people}
    for participant, places in plan.items():
        for slot, workshop in places.items():
            held = workshop is None or (workshop, slot) in instance.capacity
            if not held or slot not in slots.get(participant, ()):
                yield f"plan[{participant}][{slot}]"


def _over_and_under(instance: Instance, plan: AnyPlan) -> Iterator[str]:
    persons = {person.id: person for person in instance.people}
    seated = list(_seated(instance, plan))
    present = Counter((workshop, slot) for _, slot, workshop in seated)
    yield from (capacity_rule(place) for place, most in instance.capacity.items() if present[place] > most)
    yield from (minimum_rule(place) for place, least in instance.minimum.items() if present[place] < least)
    if instance.commune_max is not None:
        communes = Counter((persons[one].commune, slot, workshop) for one, slot, workshop in seated)
        if any(number > instance.commune_max for key, number in communes.items() if key[0] is not None):
            yield "max_per_commune_per_workshop"


def _groups(instance: Instance, plan: AnyPlan) -> Iterator[str]:
    slots = {person.id: frozenset(person.slots) for person in instance.people}

    def meet(a: str, b: str) -> Iterator[tuple[Any, Any]]:
        return ((plan.get(a, {}).get(s), plan.get(b, {}).get(s)) for s in slots[a] & slots[b])

    for group in instance.together:
        if any(x != y for a, b in combinations(group.members, 2) for x, y in meet(a, b)):
            yield group.rule
    for group in instance.apart:
        if any(x == y and x is not None for a, b in combinations(group.members, 2) for x, y in meet(a, b)):
            yield group.rule
