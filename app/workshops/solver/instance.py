"""What is to be assigned: the slots, the workshops with their places, the people with their wishes, and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

COST_NOT_WISHED = 25
"""What a place costs in L2 that its person did not ask for; wishes from the sixth on cost the same."""

Place = tuple[str, str]
"""A workshop in a slot: (workshop id, slot id)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be placed; `wishes` best first, `slots` sorted."""

    id: str
    commune: str | None
    category: str | None
    wishes: tuple[str, ...]
    slots: tuple[str, ...]

    def cost(self, workshop: str) -> int:
        """What this place costs in L2: min(rank squared, 25), the first wish at rank 0; 0 for who wished nothing."""
        if not self.wishes:
            return 0
        if workshop not in self.wishes:
            return COST_NOT_WISHED
        return min(self.wishes.index(workshop) ** 2, COST_NOT_WISHED)


@dataclass(frozen=True, slots=True)
class Lock:
    """A place given by hand; `rule` names it in a conflict."""

    rule: str
    participant: str
    slot: str
    workshop: str


@dataclass(frozen=True, slots=True)
class Group:
    """People to be kept together, or apart; `rule` names it in a conflict."""

    rule: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A checked instance in canonical order: two inputs that differ only in the order of their lists are equal.

    The names of rules are paths into the input (`locked[0]`, `capacity[w1][s1]`), so they alone follow its order.
    """

    slots: tuple[str, ...]
    workshops: tuple[str, ...]
    capacity: Mapping[Place, int]
    minimum: Mapping[Place, int]
    people: tuple[Person, ...]
    locks: tuple[Lock, ...] = ()
    together: tuple[Group, ...] = ()
    apart: tuple[Group, ...] = ()
    commune_max: int | None = None
    repeat: bool = False
    balance: bool = False
    published: Mapping[tuple[str, str], str | None] | None = None

    def person(self, participant: str) -> Person:
        """The person of that id; KeyError when there is none."""
        for person in self.people:
            if person.id == participant:
                return person
        raise KeyError(participant)

    def held(self, slot: str) -> list[str]:
        """The workshops that take place in that slot, in order."""
        return [workshop for workshop in self.workshops if (workshop, slot) in self.capacity]

    def rules(self) -> list[str]:
        """Every rule that could be relaxed, by name, families one after the other."""
        names = [lock.rule for lock in self.locks]
        names += [group.rule for group in (*self.apart, *self.together)]
        names += [minimum_rule(place) for place in self.minimum]
        names += ["max_per_commune_per_workshop"] if self.commune_max is not None else []
        names += [] if self.repeat else ["repeat"]
        return names + [capacity_rule(place) for place in self.capacity]

    def keeping(self, rules: Iterable[str]) -> Instance:
        """The same instance with these rules only; a capacity left out is room for everybody."""
        kept = frozenset(rules)
        everybody = len(self.people)
        return replace(
            self,
            locks=tuple(lock for lock in self.locks if lock.rule in kept),
            together=tuple(group for group in self.together if group.rule in kept),
            apart=tuple(group for group in self.apart if group.rule in kept),
            minimum={place: n for place, n in self.minimum.items() if minimum_rule(place) in kept},
            capacity={p: n if capacity_rule(p) in kept else everybody for p, n in self.capacity.items()},
            commune_max=self.commune_max if "max_per_commune_per_workshop" in kept else None,
            repeat=self.repeat or "repeat" not in kept,
        )


def capacity_rule(place: Place) -> str:
    """The name of a capacity in a conflict."""
    return f"capacity[{place[0]}][{place[1]}]"


def minimum_rule(place: Place) -> str:
    """The name of a minimum attendance in a conflict."""
    return f"min[{place[0]}][{place[1]}]"


def family(rule: str) -> str:
    """The kind of a rule by its name: `locked`, `capacity`, `min`, `keep_together`, ..."""
    return rule.split("[", 1)[0]
