"""What this room does about facts: a seat goes with its person, in the same transaction."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel import journal
from app.kernel.database import db
from app.kernel.journal import Fact
from app.meetings import hooks
from app.meetings.models import Meeting, Workshop
from app.participants.models import Participant
from app.workshops.actions import offers, places
from app.workshops.actions.publishing import room_changed, tell
from app.workshops.models import WorkshopSeat
from app.workshops.queries.agenda import workshop_places


def connect() -> None:
    """Listen to people leaving and being represented; tell the public agenda what is full."""
    hooks.provide_workshop_places(workshop_places)
    for kind in ("participant.cancelled", "participant.declined"):
        journal.listen(kind, _left)
    journal.listen("workshop.changed", _changed)
    journal.listen("participant.represented", _represented)
    journal.listen("participant.returned", _returned)


def _seats(participant_id: str) -> list[WorkshopSeat]:
    found = db.session.scalars(select(WorkshopSeat).where(WorkshopSeat.participant_id == participant_id))
    return list(found)


def _left(fact: Fact) -> None:
    """Somebody does not come: the seats are free, and offered where the assignment is known already."""
    participant: Participant = fact.subject
    held = _seats(participant.id)
    for seat in held:
        places.give_back(seat.workshop_id, seat.slot)
        db.session.delete(seat)
    db.session.flush()
    meeting = participant.meeting
    for seat in held:
        journal.record(
            "seat.freed", participant, actor=fact.actor, clock=fact.clock, meeting=meeting, public=True,
            fields=("workshop",), values={"slot": seat.slot, "from": seat.workshop_id},
        )  # fmt: skip
        if seat.told_at is not None:
            offers.freed(
                meeting=meeting, workshop_id=seat.workshop_id, slot=seat.slot, actor=fact.actor, clock=fact.clock
            )


def _changed(fact: Fact) -> None:
    """Other places count at once; another room is told to those who know the workshop as theirs."""
    workshop: Workshop = fact.subject
    meeting = db.session.get_one(Meeting, workshop.meeting_id)
    if "places" in fact.fields:
        places.ensure(meeting)
    if "room_id" in fact.fields:
        db.session.refresh(workshop, ["room"])
        room_changed(workshop=workshop, meeting=meeting, clock=fact.clock)


def _represented(fact: Fact) -> None:
    delegate = db.session.get(Participant, str(fact.values.get("delegate", "")))
    if delegate is not None:
        _hand_over(fact, fact.subject, delegate)


def _returned(fact: Fact) -> None:
    delegate = db.session.get(Participant, str(fact.values.get("delegate", "")))
    if delegate is not None:
        _hand_over(fact, delegate, fact.subject)


def _hand_over(fact: Fact, giver: Participant, taker: Participant) -> None:
    """The seats of one are the other's; nobody in between can take them, for the places stay taken."""
    held = _seats(giver.id)
    for seat in held:
        seat.participant_id = taker.id
    db.session.flush()
    if not held:
        return
    journal.record(
        "seat.handed_over", giver, actor=fact.actor, clock=fact.clock, meeting=giver.meeting, fields=("workshop",),
        values={"to": taker.id}, ids=(taker.id,),
    )  # fmt: skip
    if any(seat.told_at is not None for seat in held):
        tell(participant=taker, clock=fact.clock)
