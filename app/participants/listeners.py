"""What this room does about facts: mails to people, each keyed by its fact, and the places of a meeting."""

from __future__ import annotations

from app.kernel import journal
from app.kernel.journal import Fact
from app.meetings import hooks
from app.meetings.models import Meeting
from app.participants import exchange, mails
from app.participants.actions.places import set_capacity
from app.participants.models import Participant
from app.participants.queries import places
from app.participants.queries.people import delegate_of
from app.participants.states import Source, Status


def connect() -> None:
    """Listen to the facts of this room and of meetings, and tell the meeting's page how many places are left."""
    hooks.provide_places(_places)
    exchange.connect()
    for kind in ("meeting.created", "meeting.changed", "meeting.loaded"):
        journal.listen(kind, _capacity)
    journal.listen("participant.registered", _registered)
    journal.listen("participant.confirmed", _confirmed)
    journal.listen("participant.approved", _confirmed)
    journal.listen("participant.declined", _declined)
    journal.listen("participant.cancelled", _cancelled)
    journal.listen("participant.represented", _represented)
    journal.listen("participant.returned", _confirmed)


def _key(fact: Fact) -> str:
    """The fact's own name; the sequence tells a second cancellation from the first."""
    participant: Participant = fact.subject
    return f"{fact.kind}:{participant.id}:{participant.calendar_sequence}"


def _registered(fact: Fact) -> None:
    participant: Participant = fact.subject
    if fact.values.get("source") == Source.DESK:
        return
    tell = {Status.CONFIRMED: mails.confirmation, Status.WAITLISTED: mails.waiting, Status.PENDING: mails.pending}
    if participant.status in tell:
        tell[Status(participant.status)](participant, fact.clock, key=_key(fact))


def _confirmed(fact: Fact) -> None:
    participant: Participant = fact.subject
    if participant.status == Status.WAITLISTED:
        mails.waiting(participant, fact.clock, key=_key(fact))
    elif fact.values.get("from") == Status.WAITLISTED:
        mails.seat_freed(participant, fact.clock, key=_key(fact))
    else:
        mails.confirmation(participant, fact.clock, key=_key(fact))


def _declined(fact: Fact) -> None:
    if fact.actor.kind == "link":  # The person's own answer needs no mail.
        return
    mails.declined(fact.subject, fact.clock, key=_key(fact))


def _cancelled(fact: Fact) -> None:
    mails.cancelled(fact.subject, fact.clock, key=_key(fact))


def _represented(fact: Fact) -> None:
    titular: Participant = fact.subject
    delegate = delegate_of(titular)
    if delegate is not None:
        mails.delegation(titular, delegate, fact.clock, key=_key(fact))


def _places(meeting: Meeting) -> hooks.Places | None:
    if not meeting.capacity:
        return None
    now = places.places(meeting)
    return hooks.Places(capacity=now.capacity, left=now.left or 0, waiting=now.waiting)


def _capacity(fact: Fact) -> None:
    if isinstance(fact.subject, Meeting):
        set_capacity(fact.subject, actor=fact.actor, clock=fact.clock)
