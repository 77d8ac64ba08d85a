"""Registration: one person, one place; a seat, or a place on the waiting list, or a request to be approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from app.accounts.attempts import WINDOW
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.tokens import short_code
from app.meetings.models import Meeting
from app.participants import rules
from app.participants.actions.filling import Details, check_details, fill
from app.participants.actions.places import release, take_place
from app.participants.models import Invitation, Participant
from app.participants.queries.people import find_same, written_down
from app.participants.states import Source, Status

ONE_MAIL = 30
"""People registered by the public form with one address of mail in 15 minutes."""


@dataclass(frozen=True)
class Registration:
    """What became of a registration; `repeated` when this person has a place already, which is the one given."""

    participant: Participant
    repeated: bool = False


def register(
    *, meeting: Meeting, details: Details, actor: Actor, clock: Clock, privacy_version: str = ""
) -> Registration:
    """Register somebody by the public form.

    Takes a seat or a place on the waiting list (or waits for approval where the meeting asks for it). The same person
    again gets the place there is, unchanged. Refuses with `not_open`, `closed`, `meeting_off` or a fault of the
    details at its field; with `rate_limited` when one address of mail was given for thirty people in 15 minutes, for
    each of them brings it a mail. A browser and a network register as many as they like: a hall shares them. Journal:
    participant.registered.
    """
    require(actor, "participants.register", meeting)
    rules.check_open(meeting, clock)
    if details.email and written_down(details.email, clock.now() - WINDOW) >= ONE_MAIL:
        raise Refusal("rate_limited", status=429, count=WINDOW // timedelta(minutes=1))
    return enter(
        meeting=meeting, details=details, source=Source.FORM, actor=actor, clock=clock,
        wanted=rules.seat_for(meeting), privacy_version=privacy_version,
    )  # fmt: skip


def add(*, meeting: Meeting, details: Details, actor: Actor, clock: Clock) -> Registration:
    """Write somebody into the list by the organiser's hand, in any phase; otherwise as `register`."""
    require(actor, "participants.edit", meeting)
    return enter(
        meeting=meeting, details=details, source=Source.ORGANISER, actor=actor, clock=clock, wanted=Status.CONFIRMED
    )


def walk_in(*, meeting: Meeting, details: Details, actor: Actor, clock: Clock) -> Registration:
    """Write somebody who stands at the desk into the list.

    Refuses with `phase` before registration opens and after the meeting, and with `full_at_door` when no place is
    left: at the door nobody is told to wait for a mail.
    """
    require(actor, "participants.walk_in", meeting)
    if meeting.phase not in rules.AT_THE_DOOR:
        raise Refusal("meeting_off")
    made = enter(
        meeting=meeting, details=details, source=Source.DESK, actor=actor, clock=clock, wanted=Status.CONFIRMED
    )
    if made.participant.status == Status.WAITLISTED:
        raise Refusal("full_at_door")
    return made


def enter(
    *,
    meeting: Meeting,
    details: Details,
    source: Source,
    actor: Actor,
    clock: Clock,
    wanted: Status,
    privacy_version: str = "",
    invitation: Invitation | None = None,
) -> Registration:
    """Give the person a row and a place; whoever is allowed to ask was asked before.

    Idempotent by person: the unique key of the meeting decides, also between two requests at once.
    """
    check_details(meeting, details)
    if (same := find_same(meeting.id, details.key)) is not None:
        return Registration(same, repeated=True)
    rank = None if wanted is Status.PENDING else take_place(meeting)
    status = wanted if rank is None else Status.WAITLISTED
    participant = _row(meeting, details, source, clock, status, rank)
    participant.privacy_version = privacy_version
    participant.consented_at = clock.now() if privacy_version else None
    participant.invitation_id = invitation.id if invitation is not None else None
    try:
        with db.session.begin_nested():
            db.session.add(participant)
            db.session.flush()
    except IntegrityError:
        if participant.holds_seat:
            release(meeting.id, 1)
        same = find_same(meeting.id, details.key)
        if same is None:
            raise
        return Registration(same, repeated=True)
    journal.record(
        "participant.registered", participant, actor=actor, clock=clock, meeting=meeting,
        values={"name": participant.name, "status": status, "source": source, "category": details.category},
        public=participant.holds_seat or status == Status.WAITLISTED,
    )  # fmt: skip
    return Registration(participant)


def _row(
    meeting: Meeting, details: Details, source: Source, clock: Clock, status: Status, rank: int | None
) -> Participant:
    participant = Participant(meeting_id=meeting.id, code=short_code(), status=status, source=source, category="")
    participant.other_phones, participant.body_text = [], ""
    participant.holds_seat, participant.waiting_rank = status in (Status.CONFIRMED, Status.REGISTERED), rank
    participant.registered_at = clock.now()
    participant.confirmed_at = clock.now() if status == Status.CONFIRMED else None
    fill(participant, details)
    return participant
