"""The assignment told to the people: one mail each with their own list, and later only to those who moved."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.kernel.errors import Refusal
from app.meetings.models import Meeting, Room, Workshop
from app.participants.models import Participant
from app.workshops import mails
from app.workshops.models import WorkshopSeat
from app.workshops.rules import check_phase


def untold(meeting: Meeting) -> list[WorkshopSeat]:
    """The seats whose holders do not know them yet (one query)."""
    return list(
        db.session.scalars(
            select(WorkshopSeat)
            .where(
                WorkshopSeat.meeting_id == meeting.id,
                WorkshopSeat.told_workshop_id.is_distinct_from(WorkshopSeat.workshop_id),
            )
            .order_by(WorkshopSeat.participant_id, WorkshopSeat.slot)
        )
    )


def _note_told(seats: Iterable[WorkshopSeat], clock: Clock) -> None:
    """From now on the holders know these places and their rooms."""
    for seat in seats:
        workshop = db.session.get_one(Workshop, seat.workshop_id)
        seat.told_workshop_id, seat.told_room_id, seat.told_at = workshop.id, workshop.room_id, clock.now()
    db.session.flush()


def publish(*, meeting: Meeting, actor: Actor, clock: Clock) -> int:
    """Tell everybody whose place is new to them; gives how many people. A second time tells only those moved since.

    Refuses with `nothing_to_publish` and `phase`. Journal: assignment.published. One mail a person with an address.
    """
    require(actor, "workshops.assign", meeting)
    check_phase(meeting)
    new = untold(meeting)
    if not new:
        raise Refusal("nothing_to_publish")
    _note_told(new, clock)
    people = db.session.scalars(
        select(Participant).where(Participant.id.in_({seat.participant_id for seat in new})).order_by(Participant.id)
    ).unique()
    # The same people may be told again tomorrow: the key is of this act.
    act = new_id()
    told = [one for one in people if one.status == "confirmed"]
    for one in told:
        mails.assignment(one, clock, key=f"assignment:{act}:{one.id}")
    journal.record(
        "assignment.published", meeting, actor=actor, clock=clock, meeting=meeting, public=True,
        values={"people": len(told)},
    )  # fmt: skip
    return len(told)


def tell(*, participant: Participant, clock: Clock) -> None:
    """Tell one person their places now (a delegate who takes over a seat that was told before)."""
    _note_told(db.session.scalars(select(WorkshopSeat).where(WorkshopSeat.participant_id == participant.id)), clock)
    mails.assignment(participant, clock, key=f"assignment:{new_id()}:{participant.id}")


def room_changed(*, workshop: Workshop, meeting: Meeting, clock: Clock) -> int:
    """Tell those who know a place in this workshop that it is in another room now; gives how many. One mail each."""
    moved = db.session.scalars(
        select(WorkshopSeat).where(
            WorkshopSeat.told_workshop_id == workshop.id, WorkshopSeat.workshop_id == workshop.id,
            WorkshopSeat.told_room_id.is_distinct_from(workshop.room_id),
        )
    ).all()  # fmt: skip
    if workshop.room_id is None or not moved:
        return 0
    act = new_id()
    for seat in moved:
        before = db.session.get(Room, seat.told_room_id) if seat.told_room_id else None
        person = db.session.get_one(Participant, seat.participant_id)
        if before is not None and person.status == "confirmed":
            mails.room_changed(person, workshop, before, seat.slot, clock, key=f"room:{act}:{person.id}")
    _note_told(moved, clock)
    return len(moved)
