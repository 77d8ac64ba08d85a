"""People nobody can tell apart are placed as one class; people kept together are placed as one block.

A class is counted, not listed: how many of it go to each workshop in each slot. That loses nothing. The counts of a
class of k can always be handed out so that nobody attends a workshop twice, because a bipartite multigraph (slots on
one side, workshops on the other) of degree at most k falls into k matchings (Koenig).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from app.workshops.solver.instance import Instance, Person


@dataclass(frozen=True, slots=True)
class Block:
    """One choice in one slot, made `size` times over; each time it moves the people of `unit` at once."""

    slot: str
    size: int
    unit: tuple[Person, ...]
    locked: str | None


@dataclass(frozen=True, slots=True)
class Klass:
    """People who are alike in everything the model sees, and the block that holds them in each slot they attend."""

    members: tuple[Person, ...]
    blocks: dict[str, int]


@dataclass(frozen=True, slots=True)
class Classes:
    """All classes and blocks of an instance, in canonical order."""

    klasses: tuple[Klass, ...]
    blocks: tuple[Block, ...]


def classes(instance: Instance) -> Classes:
    """Groups the people; whoever is in a group to be kept together or apart stands alone."""
    gathered: dict[Hashable, list[Person]] = defaultdict(list)
    keys = _Keys(instance)
    for person in instance.people:
        gathered[keys.of(person)].append(person)
    blocks: list[Block] = []
    klasses: list[Klass] = []
    joined = {slot: _components(instance, slot) for slot in instance.slots} if instance.together else {}
    opened: dict[tuple[str, str], int] = {}
    persons = {person.id: person for person in instance.people}
    for members in gathered.values():
        held: dict[str, int] = {}
        for slot in members[0].slots:
            head = joined.get(slot, {}).get(members[0].id, (members[0].id,))
            if (slot, head[0]) not in opened:
                opened[(slot, head[0])] = len(blocks)
                locked = next((keys.locks[(one, slot)] for one in head if (one, slot) in keys.locks), None)
                blocks.append(Block(slot, len(members), tuple(persons[one] for one in head), locked))
            held[slot] = opened[(slot, head[0])]
        klasses.append(Klass(tuple(members), held))
    return Classes(tuple(klasses), tuple(blocks))


class _Keys:
    """What makes two people different to the model."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.locks = {(lock.participant, lock.slot): lock.workshop for lock in instance.locks}
        self.alone = {one for group in (*instance.together, *instance.apart) for one in group.members}

    def of(self, person: Person) -> Hashable:
        if person.id in self.alone:
            return person.id
        locks = tuple(self.locks.get((person.id, slot)) for slot in person.slots)
        told = self.instance.published
        published = () if told is None else tuple(told.get((person.id, slot), "") for slot in person.slots)
        category = person.category if self.instance.balance else None
        # From the sixth on a wish costs what no wish costs, so it makes no difference between people.
        return person.commune, category, person.wishes[:5], bool(person.wishes), person.slots, locks, published


def _components(instance: Instance, slot: str) -> dict[str, tuple[str, ...]]:
    """The people of this slot who are kept together, each with all of them; chains of groups join."""
    attending = {person.id for person in instance.people if slot in person.slots}
    joined: dict[str, set[str]] = {}
    for group in instance.together:
        merged: set[str] = set()
        for member in _only(group.members, attending):
            merged |= joined.get(member, {member})
        for member in merged:
            joined[member] = merged
    return {member: tuple(sorted(whole)) for member, whole in joined.items()}


def _only(members: Iterable[str], attending: set[str]) -> list[str]:
    return [member for member in members if member in attending]
