"""A seat that became free is offered, in order, to those who would rather be there; until answered it is held."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock, to_utc
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.models import Meeting, Workshop
from app.participants.models import Participant
from app.workshops import mails
from app.workshops.actions import places
from app.workshops.actions.moves import put, seat_of
from app.workshops.models import SeatOffer
from app.workshops.queries.rather import next_in_line
from app.workshops.states import OfferAnswer

TIME_TO_ANSWER = timedelta(hours=48)
LAST_HOURS = timedelta(hours=12)
"""How long before the meeting no seat is offered by mail any more: at the desk it is given by hand."""


def offer(*, meeting: Meeting, workshop: Workshop, slot: str, actor: Actor, clock: Clock) -> SeatOffer | None:
    """Offer one free place to who is first in line, and hold it until the answer; None when nobody is, or too late.

    Refuses with `workshop_full` when no place is free. Journal: seat.offered. One mail.
    """
    begins = to_utc(_first_hour(meeting), meeting.zone)
    until = min(clock.now() + TIME_TO_ANSWER, begins - LAST_HOURS)
    person = next_in_line(meeting, workshop.id, slot) if until > clock.now() else None
    if person is None:
        return None
    places.ensure(meeting)
    places.take(workshop, slot)
    made = SeatOffer(
        meeting_id=meeting.id, participant_id=person.participant.id, workshop_id=workshop.id, slot=slot,
        rank=person.rank, at=clock.now(), until=until, answer=OfferAnswer.OPEN,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    journal.record(
        "seat.offered", person.participant, actor=actor, clock=clock, meeting=meeting,
        values={"offer": made.id, "workshop": workshop.code, "rank": person.rank},
    )  # fmt: skip
    mails.seat_offered(person.participant, workshop, made, clock)
    return made


def _first_hour(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.starts_on, time(8))


def answer(*, offer: SeatOffer, participant: Participant, yes: bool, actor: Actor, clock: Clock) -> None:
    """Say yes or no to an offered seat; no passes it on. Refuses with `offer_over` when its time has passed.

    The same answer twice is once. Journal: seat.moved or seat.offer_declined.
    """
    require(actor, "workshops.own", participant)
    wanted = OfferAnswer.ACCEPTED if yes else OfferAnswer.DECLINED
    if offer.answer == wanted:
        return
    if offer.answer != OfferAnswer.OPEN or clock.now() >= offer.until or participant.status != "confirmed":
        raise Refusal("offer_over")
    meeting, workshop = participant.meeting, db.session.get_one(Workshop, offer.workshop_id)
    offer.answer, offer.answered_at = wanted, clock.now()
    if not yes:
        _pass_on(meeting, workshop, offer, actor, clock, "seat.offer_declined")
        return
    before = seat_of(participant, offer.slot)
    left = before.workshop_id if before is not None else None
    put(meeting=meeting, participant=participant, slot=offer.slot, workshop=workshop, actor=actor, clock=clock,
        lock=False, held=True)  # fmt: skip
    after = seat_of(participant, offer.slot)
    if after is not None:
        after.told_workshop_id, after.told_at = workshop.id, clock.now()
    if left is not None:
        _offer_freed(meeting, left, offer.slot, actor, clock)


def _pass_on(meeting: Meeting, workshop: Workshop, over: SeatOffer, actor: Actor, clock: Clock, kind: str) -> None:
    places.give_back(over.workshop_id, over.slot)
    journal.record(
        kind, ("participant", over.participant_id), actor=actor, clock=clock, meeting=meeting,
        values={"offer": over.id, "workshop": workshop.code},
    )  # fmt: skip
    offer(meeting=meeting, workshop=workshop, slot=over.slot, actor=actor, clock=clock)


def _offer_freed(meeting: Meeting, workshop_id: str, slot: str, actor: Actor, clock: Clock) -> None:
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is not None:
        offer(meeting=meeting, workshop=workshop, slot=slot, actor=actor, clock=clock)


def freed(*, meeting: Meeting, workshop_id: str, slot: str, actor: Actor, clock: Clock) -> None:
    """A seat became free by itself (somebody cancelled): offer it."""
    _offer_freed(meeting, workshop_id, slot, actor, clock)


def expire(*, actor: Actor, clock: Clock) -> int:
    """End the offers whose time has passed and pass their seats on; how many. Journal: seat.offer_late."""
    late = db.session.scalars(
        select(SeatOffer).where(SeatOffer.answer == OfferAnswer.OPEN, SeatOffer.until <= clock.now())
    ).all()
    for one in late:
        meeting, workshop = db.session.get_one(Meeting, one.meeting_id), db.session.get_one(Workshop, one.workshop_id)
        one.answer, one.answered_at = OfferAnswer.LATE, clock.now()
        _pass_on(meeting, workshop, one, actor, clock, "seat.offer_late")
    return len(late)
