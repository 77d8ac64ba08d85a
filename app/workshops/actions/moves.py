"""Moves by hand: one person, one slot, one place; each may be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import NotFound, Refusal
from app.meetings.models import Meeting, Workshop
from app.participants.models import Participant
from app.workshops.actions import places
from app.workshops.models import WorkshopSeat
from app.workshops.rules import check_phase


@dataclass(frozen=True)
class Moved:
    """What a move changed: where the person was, and whether that place was fixed by hand; enough to go back."""

    before: str | None
    was_locked: bool
    changed: bool


def seat_of(participant: Participant, slot: str) -> WorkshopSeat | None:
    """The seat of somebody in a slot."""
    return db.session.scalar(
        select(WorkshopSeat).where(WorkshopSeat.participant_id == participant.id, WorkshopSeat.slot == slot)
    )


def move(
    *, meeting: Meeting, participant: Participant, slot: str, workshop: Workshop | None, actor: Actor, clock: Clock,
    lock: bool = True,
) -> Moved:  # fmt: skip
    """Put somebody into a workshop by hand (or into none), and fix the place so that no calculation moves it.

    Refuses with `workshop_full`, `not_held_then`, `not_confirmed_here` (nobody is placed who has no place in the
    meeting) or `phase`. To where somebody is already only the fixing changes. Journal: seat.moved.
    """
    require(actor, "workshops.assign", meeting)
    check_phase(meeting)
    if participant.meeting_id != meeting.id or (workshop is not None and workshop.meeting_id != meeting.id):
        raise NotFound
    if participant.status != "confirmed":
        raise Refusal("not_confirmed_here")
    return put(meeting=meeting, participant=participant, slot=slot, workshop=workshop, actor=actor, clock=clock,
               lock=lock)  # fmt: skip


def put(
    *, meeting: Meeting, participant: Participant, slot: str, workshop: Workshop | None, actor: Actor, clock: Clock,
    lock: bool, held: bool = False,
) -> Moved:  # fmt: skip
    """The move itself; whoever is allowed to ask was asked before. `held`: the place is held for this person."""
    places.ensure(meeting)
    seat = seat_of(participant, slot)
    before, was_locked = (seat.workshop_id, seat.locked) if seat is not None else (None, False)
    after = workshop.id if workshop is not None else None
    if before == after:
        if seat is not None:
            seat.locked = lock
        return Moved(before, was_locked, changed=False)
    if workshop is not None and not held:
        places.take(workshop, slot)
    if before is not None:
        places.give_back(before, slot)
    if seat is None and after is not None:
        seat = WorkshopSeat(
            meeting_id=meeting.id, participant_id=participant.id, workshop_id=after, slot=slot, locked=lock, reason=[]
        )
        db.session.add(seat)
    elif seat is not None and after is None:
        db.session.delete(seat)
    elif seat is not None and after is not None:
        seat.workshop_id, seat.locked, seat.run_id = after, lock, None
    journal.record(
        "seat.moved", participant, actor=actor, clock=clock, meeting=meeting, fields=("workshop",), public=True,
        values={"name": participant.name, "slot": slot, "from": before, "to": after},
    )  # fmt: skip
    return Moved(before, was_locked, changed=True)


def set_lock(
    *, meeting: Meeting, participant: Participant, slot: str, locked: bool, actor: Actor, clock: Clock
) -> None:
    """Fix somebody's place, or let calculations move it again. Journal: seat.locked or seat.unlocked."""
    require(actor, "workshops.assign", meeting)
    check_phase(meeting)
    seat = seat_of(participant, slot)
    if seat is None:
        raise Refusal("no_seat_yet")
    if seat.locked == locked:
        return
    seat.locked = locked
    journal.record(
        "seat.locked" if locked else "seat.unlocked", participant, actor=actor, clock=clock, meeting=meeting,
        fields=("locked",), values={"name": participant.name, "slot": slot},
    )  # fmt: skip
