"""Why somebody is where the plan says, and what would have to change: reason codes for the words of the screen.

A reason is {"code", "slot", ...}; its sentence is `assign.reason.<code>` with the other members as values. Ranks count
from 1, as people do. What is said is read off the plan in front of us, so it is right for a plan changed by hand too.
"""

from __future__ import annotations

from typing import Any

from app.workshops.solver.instance import Instance, Person
from app.workshops.solver.measure import AnyPlan, broken_rules
from app.workshops.solver.moves import Board
from app.workshops.solver.reading import read_instance

Reason = dict[str, Any]


def explain(instance: dict[str, Any], plan: AnyPlan, participant_id: str) -> list[Reason]:
    """The reasons for this person's places, slot by slot: first what was got, then each better wish and what stood in
    its way, then the smallest change that would give it.

    Raises Refused for an instance that cannot be read, KeyError for an unknown person.
    """
    checked = read_instance(instance)
    return explain_checked(checked, plan, participant_id)


def explain_checked(instance: Instance, plan: AnyPlan, participant_id: str) -> list[Reason]:
    """The same for an instance that was read before: for a board that explains many people of one plan."""
    person = instance.person(participant_id)
    board = Board(instance, plan)
    reasons: list[Reason] = []
    for slot in person.slots:
        reasons += _slot(board, person, slot)
    return reasons


def _slot(board: Board, person: Person, slot: str) -> list[Reason]:
    got = board.at(person.id, slot)
    reasons = [_got(board, person, slot, got)]
    mates = board.companions(person.id, slot)
    if mates:
        reasons.append({"code": "together", "slot": slot, "people": mates})
    if board.locked(person.id, slot) is not None:
        return reasons
    better = [w for w in person.wishes if got is None or person.cost(w) < person.cost(got)]
    for workshop in better:
        reasons += _missed(board, person, slot, workshop)
    if got is None and not person.wishes:
        for workshop in board.instance.held(slot):
            reasons += _missed(board, person, slot, workshop)
    return reasons


def _got(board: Board, person: Person, slot: str, got: str | None) -> Reason:
    if got is None:
        return {"code": "no_place", "slot": slot}
    reason: Reason = {"code": "no_wishes", "slot": slot, "workshop": got}
    if board.locked(person.id, slot) is not None:
        reason["code"] = "locked"
    elif got in person.wishes:
        reason |= {"code": "wish", "rank": person.wishes.index(got) + 1}
    elif person.wishes:
        reason["code"] = "not_wished"
    return reason


def _missed(board: Board, person: Person, slot: str, workshop: str) -> list[Reason]:
    base: Reason = {"slot": slot, "workshop": workshop}
    if workshop in person.wishes:
        base["rank"] = person.wishes.index(workshop) + 1
    stops = [base | stop for stop in _stops(board, person, slot, workshop)]
    if not stops:
        return [base | {"code": _why_not_moved(board, person, slot, workshop)}]
    if any(stop["code"] in ("not_held", "elsewhere") for stop in stops):
        return stops
    return [*stops, base | _way(board, person, slot, workshop)]


def _why_not_moved(board: Board, person: Person, slot: str, workshop: str) -> str:
    """There is room and nothing forbids it, and yet the plan says otherwise."""
    if _newly_broken(board, board.after_move(person.id, slot, workshop)):
        return "needed_elsewhere"
    moving = [person.id, *board.companions(person.id, slot)]
    return "worse_for_companions" if board.move_cost(moving, slot, workshop) >= 0 else "free"


def _stops(board: Board, person: Person, slot: str, workshop: str) -> list[Reason]:
    """What keeps this person, with everybody kept together with them, out of that workshop."""
    if (workshop, slot) not in board.instance.capacity:
        return [{"code": "not_held"}]
    moving = [person.id, *board.companions(person.id, slot)]
    stops: list[Reason] = []
    for one in moving:
        stops += _personal_stops(board, one, slot, workshop)
    capacity = board.instance.capacity[(workshop, slot)]
    present = board.present(workshop, slot)
    if len(present) + len(moving) > capacity:
        free = capacity - len(present)
        if capacity == 0:
            stops.append({"code": "no_places"})
        elif free > 0:
            stops.append({"code": "too_few_for_together", "free": free, "people": len(moving)})
        else:
            stops.append({"code": "full", "capacity": capacity} | board.last_seat(workshop, slot))
    most = board.instance.commune_max
    for commune, number in board.communes(moving).items():
        if most is not None and board.from_commune(commune, workshop, slot) + number > most:
            stops.append({"code": "commune_maximum", "commune": commune, "most": most})
    return stops


def _personal_stops(board: Board, one: str, slot: str, workshop: str) -> list[Reason]:
    stops: list[Reason] = []
    if board.locked(one, slot) not in (None, workshop):
        stops.append({"code": "locked_companion", "person": one})
    other = board.slot_of(one, workshop)
    if other not in (None, slot) and not board.instance.repeat:
        stops.append({"code": "elsewhere", "other_slot": other})
    rivals = [r for r in board.rivals(one) if board.at(r, slot) == workshop]
    stops += [{"code": "apart", "person": rival} for rival in rivals]
    return stops


def _way(board: Board, person: Person, slot: str, workshop: str) -> Reason:
    """The smallest change that gives this place: the exchange that costs others least, or else one more place."""
    best: tuple[int, str] | None = None
    if not board.companions(person.id, slot):
        for other in board.present(workshop, slot):
            if board.locked(other, slot) is None and not board.companions(other, slot):
                cost = board.exchange_cost(person.id, other, slot)
                if best is None or (cost, other) < best:
                    change = board.after_exchange(person.id, other, slot)
                    best = (cost, other) if not _newly_broken(board, change) else best
    if best is not None:
        return {"code": "exchange", "person": best[1], "cost": best[0]}
    lacking = len(board.present(workshop, slot)) >= board.instance.capacity[(workshop, slot)]
    return {"code": "more_places" if lacking else "relax_rule"}


def _newly_broken(board: Board, plan: AnyPlan) -> bool:
    return bool(set(broken_rules(board.instance, plan)) - board.broken)
