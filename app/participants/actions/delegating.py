"""Delegation: somebody comes in another's place; the titular stays in the list, represented, and the seat moves."""

from __future__ import annotations

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.tokens import short_code
from app.participants import rules
from app.participants.actions.filling import Details, check_details, fill
from app.participants.models import Participant
from app.participants.queries.people import delegate_of, find_same
from app.participants.states import Source, Status


def delegate(*, titular: Participant, details: Details, actor: Actor, clock: Clock) -> Participant:
    """Send somebody in one's place, by one's own link or by the organiser's hand.

    The delegate is a participant of their own with the titular's seat and invitation; the titular becomes
    represented. Refuses with `too_late_by_link`, `participant_state`, `same_person` or a fault of the details.
    Journal: participant.represented, in the history of both.
    """
    own = actor.ids("participant", "participant")
    if titular.id in own:
        require(actor, "participants.own", titular)
        rules.check_before(titular.meeting)
    else:
        require(actor, "participants.edit", titular)
    return replace(titular=titular, details=details, actor=actor, clock=clock)


def replace(*, titular: Participant, details: Details, actor: Actor, clock: Clock) -> Participant:
    """Move the seat to the delegate; whoever is allowed to ask was asked before."""
    if not titular.holds_seat or titular.titular_id is not None:
        raise Refusal("participant_state")
    meeting = titular.meeting
    check_details(meeting, details)
    if find_same(meeting.id, details.key) is not None:
        raise Refusal("same_person", field="name")
    person = Participant(
        meeting_id=meeting.id, code=short_code(), status=titular.status, source=Source.DELEGATE, category="",
        titular_id=titular.id, invitation_id=titular.invitation_id, holds_seat=True, registered_at=clock.now(),
        confirmed_at=clock.now() if titular.status == Status.CONFIRMED else None, other_phones=[], body_text="",
    )  # fmt: skip
    fill(person, details)
    titular.status, titular.holds_seat = Status.REPRESENTED, False
    titular.calendar_sequence += 1
    db.session.add(person)
    db.session.flush()
    journal.record(
        "participant.represented", titular, actor=actor, clock=clock, meeting=meeting, fields=("status",),
        values={"name": titular.name, "delegate": person.id, "delegate_name": person.name}, ids=(person.id,),
    )  # fmt: skip
    return person


def come_after_all(*, titular: Participant, actor: Actor, clock: Clock) -> None:
    """Take one's seat back from the delegate, who is cancelled. Journal: participant.returned, in both histories.

    Refuses with `too_late_by_link` once the meeting runs (by link) and with `participant_state` without a delegate.
    """
    if titular.id in actor.ids("participant", "participant"):
        rules.check_before(titular.meeting)
    else:
        require(actor, "participants.edit", titular)
    person = delegate_of(titular)
    if titular.status != Status.REPRESENTED or person is None or not person.holds_seat:
        raise Refusal("participant_state")
    person.status, person.holds_seat, person.identity_key = Status.CANCELLED, False, None
    person.ended_at, person.calendar_sequence = clock.now(), person.calendar_sequence + 1
    titular.status, titular.holds_seat = Status.CONFIRMED, True
    titular.calendar_sequence += 1
    journal.record(
        "participant.returned", titular, actor=actor, clock=clock, meeting=titular.meeting, fields=("status",),
        values={"name": titular.name, "delegate": person.id, "delegate_name": person.name}, ids=(person.id,),
    )  # fmt: skip
