"""Rules that contradict each other before anything is calculated; each set named is irreducible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from app.workshops.solver.instance import Group, Instance, Lock, capacity_rule, minimum_rule
from app.workshops.solver.reading import Conflict


def contradictions(instance: Instance) -> list[Conflict]:
    """What locks, capacities and groups say against each other by themselves; empty when nothing does."""
    found = [
        *_two_places(instance),
        *_locked_twice_in_one_workshop(instance),
        *_locks_over_capacity(instance),
        *_locks_over_commune_maximum(instance),
        *_minimum_over_capacity(instance),
        *_locks_against_groups(instance),
        *_together_and_apart(instance),
    ]
    return [{"rules": rules, "message": message} for rules, message in found]


Found = Iterator[tuple[list[str], str]]


def _two_places(instance: Instance) -> Found:
    # Locks are sorted by participant and slot, so two of one pair stand side by side.
    for a, b in pairwise(instance.locks):
        if (a.participant, a.slot) == (b.participant, b.slot):
            places = f"{a.workshop} and {b.workshop}"
            yield [a.rule, b.rule], f"Participant {a.participant} is locked to {places} in slot {a.slot}."


def _locked_twice_in_one_workshop(instance: Instance) -> Found:
    if instance.repeat:
        return
    first: dict[tuple[str, str], Lock] = {}
    for lock in instance.locks:
        other = first.setdefault((lock.participant, lock.workshop), lock)
        if other.slot != lock.slot:
            message = f"Participant {lock.participant} is locked to workshop {lock.workshop} in two slots."
            yield [other.rule, lock.rule, "repeat"], message


def _locks_over_capacity(instance: Instance) -> Found:
    held: dict[tuple[str, str], list[Lock]] = defaultdict(list)
    for lock in instance.locks:
        held[(lock.workshop, lock.slot)].append(lock)
    for place, locks in sorted(held.items()):
        capacity = instance.capacity[place]
        if len(locks) > capacity:
            rules = [lock.rule for lock in locks[: capacity + 1]]
            message = f"{len(locks)} people are locked to {place[0]} in slot {place[1]}, which has {capacity} places."
            yield [*rules, capacity_rule(place)], message


def _locks_over_commune_maximum(instance: Instance) -> Found:
    if instance.commune_max is None:
        return
    commune = {person.id: person.commune for person in instance.people}
    held: dict[tuple[str, str, str], list[Lock]] = defaultdict(list)
    for lock in instance.locks:
        code = commune[lock.participant]
        if code is not None:
            held[(lock.workshop, lock.slot, code)].append(lock)
    for (workshop, slot, code), locks in sorted(held.items()):
        if len(locks) > instance.commune_max:
            rules = [lock.rule for lock in locks[: instance.commune_max + 1]]
            many = f"{len(locks)} people of commune {code}"
            message = f"{many} are locked to {workshop} in slot {slot}; at most {instance.commune_max} may be there."
            yield [*rules, "max_per_commune_per_workshop"], message


def _minimum_over_capacity(instance: Instance) -> Found:
    for place, least in instance.minimum.items():
        capacity = instance.capacity.get(place)
        if capacity is None:
            message = f"{place[0]} has a minimum of {least} in slot {place[1]}, where it is not held."
            yield [minimum_rule(place)], message
        elif sum(place[1] in person.slots for person in instance.people) < least:
            yield [minimum_rule(place)], f"{place[0]} needs {least} people in slot {place[1]}; fewer attend it."
        elif capacity < least:
            message = f"{place[0]} needs {least} people in slot {place[1]} and has {capacity} places."
            yield [minimum_rule(place), capacity_rule(place)], message


def _locks_against_groups(instance: Instance) -> Found:
    locks: dict[str, dict[str, Lock]] = defaultdict(dict)
    for lock in instance.locks:
        locks[lock.participant].setdefault(lock.slot, lock)
    for group, together in [(g, True) for g in instance.together] + [(g, False) for g in instance.apart]:
        attending = {slot: [m for m in group.members if slot in locks.get(m, {})] for slot in instance.slots}
        for slot, members in attending.items():
            for a, b in combinations(members, 2):
                one, two = locks[a][slot], locks[b][slot]
                if together and one.workshop != two.workshop:
                    message = f"{a} and {b} are kept together and locked to two workshops in slot {slot}."
                    yield [one.rule, two.rule, group.rule], message
                elif not together and one.workshop == two.workshop:
                    message = f"{a} and {b} are kept apart and locked to one workshop in slot {slot}."
                    yield [one.rule, two.rule, group.rule], message


def _together_and_apart(instance: Instance) -> Found:
    """Two people to be kept apart who are kept together, directly or through others, in a slot both attend."""
    slots = {person.id: frozenset(person.slots) for person in instance.people}
    for group in instance.apart:
        for a, b in combinations(group.members, 2):
            for chain in _chains(instance, slots, a, b):
                message = f"{a} and {b} are to be kept together and apart at once."
                yield [*sorted(link.rule for link in chain), group.rule], message


def _chains(instance: Instance, slots: dict[str, frozenset[str]], a: str, b: str) -> Iterator[list[Group]]:
    """A shortest chain of groups from a to b, at most one; groups that name both count even without a common slot."""
    for group in instance.together:
        if a in group.members and b in group.members:
            yield [group]
            return
    for slot in sorted(slots[a] & slots[b]):
        chain = _shortest(instance.together, slots, slot, a, b)
        if chain:
            yield chain
            return


def _shortest(
    groups: tuple[Group, ...], slots: dict[str, frozenset[str]], slot: str, a: str, b: str
) -> list[Group] | None:
    reached: dict[str, list[Group]] = {a: []}
    edge = [a]
    while edge and b not in reached:
        following = []
        for member in edge:
            for group in groups:
                if member not in group.members:
                    continue
                for other in group.members:
                    if other not in reached and slot in slots[other]:
                        reached[other] = [*reached[member], group]
                        following.append(other)
        edge = following
    return reached.get(b)
