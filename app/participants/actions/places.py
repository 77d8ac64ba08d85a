"""Places of a meeting: taken by one conditional UPDATE, given back, and passed on to the first who waits."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, update

from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import Clock
from app.kernel.database import db, once
from app.meetings.models import Meeting
from app.participants.models import Participant, Seats
from app.participants.queries.places import first_waiting
from app.participants.states import SEATED, Status

_TAKE = (
    update(Seats)
    .where(Seats.meeting_id == bindparam("meeting"), or_(Seats.capacity == 0, Seats.taken < Seats.capacity))
    .values(taken=Seats.taken + 1)
)


def take_place(meeting: Meeting) -> int | None:
    """Take a place of the meeting: None when there was one, else the rank on the waiting list.

    The row is changed in one statement that holds it until the commit, so that no two people get the last place and
    the order of the waiting list is the order of the journal, on both engines.
    """
    for _ in range(3):
        if _take(meeting.id):
            return None
        full = (Seats.meeting_id == meeting.id, Seats.capacity > 0, Seats.taken >= Seats.capacity)
        rank = db.session.scalar(update(Seats).where(*full).values(queued=Seats.queued + 1).returning(Seats.queued))
        if rank is not None:
            return int(rank)
        # No row yet, or a place was given back between the two statements.
        open_places(meeting)
    raise RuntimeError("the places of the meeting keep changing")


def try_place(meeting_id: str) -> bool:
    """Take a place if there is one; nobody is put on the waiting list."""
    return _take(meeting_id)


def give_back(participant: Participant) -> None:
    """Give the place of somebody who no longer comes back to the meeting; promotes nobody."""
    if not participant.holds_seat:
        return
    participant.holds_seat = False
    release(participant.meeting_id, 1)


def release(meeting_id: str, count: int) -> None:
    """Give back places that no participant holds (seats held without a name, an import undone)."""
    db.session.execute(
        update(Seats).where(Seats.meeting_id == meeting_id, Seats.taken >= count).values(taken=Seats.taken - count)
    )


def promote(meeting: Meeting, *, actor: Actor, clock: Clock) -> list[Participant]:
    """Give every free place to the first on the waiting list, one journal entry each; the mail follows from it."""
    told: list[Participant] = []
    while (waiting := first_waiting(meeting.id)) is not None and _take(meeting.id):
        waiting.status, waiting.holds_seat, waiting.waiting_rank = Status.CONFIRMED, True, None
        waiting.confirmed_at = clock.now()
        journal.record(
            "participant.confirmed", waiting, actor=actor, clock=clock, meeting=meeting, fields=("status",),
            values={"from": Status.WAITLISTED, "status": Status.CONFIRMED}, public=True,
        )  # fmt: skip
        told.append(waiting)
    return told


def open_places(meeting: Meeting) -> None:
    """Make the row of the meeting's places if there is none; harmless when two do it at once."""
    row = {"meeting_id": meeting.id, "capacity": meeting.capacity, "taken": 0, "queued": 0}
    once(Seats, row, "meeting_id")


def set_capacity(meeting: Meeting, *, actor: Actor, clock: Clock) -> None:
    """Follow the meeting's capacity; new places go to the waiting list at once, a smaller number throws nobody out."""
    open_places(meeting)
    db.session.execute(update(Seats).where(Seats.meeting_id == meeting.id).values(capacity=meeting.capacity))
    promote(meeting, actor=actor, clock=clock)


def holds(status: str) -> bool:
    """Whether a state holds a place."""
    return status in SEATED


def _take(meeting_id: str) -> bool:
    return bool(db.session.execute(_TAKE, {"meeting": meeting_id}).rowcount)  # type: ignore[attr-defined]
