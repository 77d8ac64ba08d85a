"""Turns counts of classes into places of people, the same way every time."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from app.workshops.solver.classes import Klass
from app.workshops.solver.instance import Instance, Person
from app.workshops.solver.model import Floats, Model

Plan = dict[str, dict[str, str | None]]
"""{participant: {slot: workshop or null}}, one line for each slot attended."""

Counts = dict[str, dict[str, int]]
"""{slot: {workshop: people}} of one class."""


def hand_out(model: Model, values: Floats, seed: int) -> Plan:
    """Everybody's places. Among people alike the smaller id has the first choice; with a seed other than 0, the lot."""
    counts: list[dict[str, int]] = [{} for _ in model.grouped.blocks]
    for column, (block, place) in enumerate(zip(model.block.tolist(), model.place.tolist(), strict=True)):
        number = round(float(values[column]))
        if number:
            counts[block][model.places[place][0]] = number
    plan: Plan = {person.id: dict.fromkeys(person.slots) for person in model.instance.people}
    for klass in model.grouped.klasses:
        wanted = {slot: counts[index] for slot, index in klass.blocks.items()}
        _serve(model.instance, klass, wanted, seed, plan)
    return plan


def _serve(instance: Instance, klass: Klass, counts: Counts, seed: int, plan: Plan) -> None:
    members = sorted(klass.members, key=lambda person: _turn(person.id, seed))
    if len(members) == 1:
        for slot, at in counts.items():
            plan[members[0].id][slot] = next(iter(at), None)
    elif len(counts) < 2 or instance.repeat:
        for slot, at in counts.items():
            line = [workshop for workshop in _by_wish(members[0], at) for _ in range(at[workshop])]
            for person, workshop in zip(members, line, strict=False):
                plan[person.id][slot] = workshop
    else:
        remaining = {slot: dict(at) for slot, at in counts.items()}
        for turn, person in enumerate(members):
            for slot, workshop in _matching(person, remaining, len(members) - turn).items():
                plan[person.id][slot] = workshop
                remaining[slot][workshop] -= 1


def _turn(participant: str, seed: int) -> tuple[str, str]:
    lot = sha256(f"{seed}/{participant}".encode()).hexdigest() if seed else ""
    return lot, participant


def _by_wish(person: Person, workshops: Mapping[str, int]) -> list[str]:
    return sorted(workshops, key=lambda workshop: (person.cost(workshop), workshop))


def _matching(person: Person, counts: Counts, left: int) -> dict[str, str]:
    """Places for one of the `left` people still to be served, no workshop twice, that leaves places for the others.

    The counts are completed to a graph in which every vertex has degree `left`: each slot gets a blank for who stays
    without a place, each workshop a blank for who does not attend it, and the blanks are joined by a mirror image of
    the counts. Such a graph has a perfect matching, and taking one away leaves a graph of the same kind.
    """
    workshops = sorted({workshop for at in counts.values() for workshop in at})
    edges: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for slot, at in counts.items():
        edges[("slot", slot)] = [("at", w) for w in _by_wish(person, at) if at[w] > 0]
        if sum(at.values()) < left:
            edges[("slot", slot)].append(("blank", slot))
    for workshop in workshops:
        attended = [slot for slot, at in counts.items() if at.get(workshop, 0) > 0]
        edges[("blank", workshop)] = [("blank", slot) for slot in attended]
        if sum(counts[slot][workshop] for slot in attended) < left:
            edges[("blank", workshop)].insert(0, ("at", workshop))
    taken: dict[tuple[str, str], tuple[str, str]] = {}
    for vertex in edges:
        _augment(vertex, edges, taken, set())
    return {one[1]: other[1] for other, one in taken.items() if one[0] == "slot" and other[0] == "at"}


def _augment(
    vertex: tuple[str, str],
    edges: dict[tuple[str, str], list[tuple[str, str]]],
    taken: dict[tuple[str, str], tuple[str, str]],
    seen: set[tuple[str, str]],
) -> bool:
    for other in edges[vertex]:
        if other in seen:
            continue
        seen.add(other)
        if other not in taken or _augment(taken[other], edges, taken, seen):
            taken[other] = vertex
            return True
    return False
