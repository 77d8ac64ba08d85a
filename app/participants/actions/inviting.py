"""Invitations: seats for bodies by category, people by name; sent, reminded, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.tokens import short_code
from app.meetings.models import Meeting
from app.participants import mails
from app.participants.actions.deciding import end_seat
from app.participants.actions.filling import Details, check_details, fill
from app.participants.models import Invitation, Participant
from app.participants.queries.invitations import invited_person, named, uninvited_communes
from app.participants.queries.people import find_same
from app.participants.queries.places import category_codes
from app.participants.states import Source, Status
from app.territory.models import Body


@dataclass(frozen=True)
class Offer:
    """What an invitation says: seats by category, to whom it goes, until when it is answered."""

    seats: Mapping[str, int]
    answer_before: datetime | None = None
    person: str = ""
    email: str = ""
    phone: str = ""
    language: str = "ar"


def invite_body(*, meeting: Meeting, body: Body, offer: Offer, actor: Actor, clock: Clock) -> Invitation:
    """Offer seats to one body; prepared, not yet sent. Refuses with `seats_missing`. Journal: invitation.created."""
    require(actor, "participants.invite", meeting)
    made = _rows(meeting, [body], offer)
    _created(meeting, made, actor, clock)
    return made[0]


def invite_communes(*, meeting: Meeting, offer: Offer, actor: Actor, clock: Clock) -> list[Invitation]:
    """Offer the same seats to every target commune that has no invitation yet; one journal entry for all."""
    require(actor, "participants.invite", meeting)
    made = _rows(meeting, uninvited_communes(meeting, clock.today(meeting.zone)), offer)
    if made:
        _created(meeting, made, actor, clock)
    return made


def invite_person(
    *, meeting: Meeting, details: Details, offer: Offer, actor: Actor, clock: Clock
) -> tuple[Invitation, Participant]:
    """Invite one person by name: in the list as invited, without a seat until the answer is yes.

    Refuses with `same_person` somebody who stands in the list already. Journal: invitation.created.
    """
    require(actor, "participants.invite", meeting)
    check_details(meeting, details)
    if find_same(meeting.id, details.key) is not None:
        raise Refusal("same_person", field="name")
    row = Invitation(
        meeting_id=meeting.id, kind="person", seats={details.category: 1}, person=details.name.shown,
        email=details.email, phone=details.phone, language=details.language, code=short_code(),
        answer_before=offer.answer_before, body_id=details.body.id if details.body else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    person = Participant(
        meeting_id=meeting.id, code=short_code(), status=Status.INVITED, source=Source.INVITATION, category="",
        invitation_id=row.id, other_phones=[], body_text="",
    )  # fmt: skip
    fill(person, details)
    db.session.add(person)
    _created(meeting, [row], actor, clock)
    return row, person


def send(*, invitations: Sequence[Invitation], meeting: Meeting, actor: Actor, clock: Clock) -> int:
    """Send by mail those that have an address; the others count as sent when their letter is printed.

    Sent before: nothing happens again. Gives how many mails leave. Journal: invitation.sent, one entry.
    """
    require(actor, "participants.invite", meeting)
    fresh = [one for one in invitations if one.sent_at is None and one.withdrawn_at is None]
    for one in fresh:
        one.sent_at = clock.now()
        mails.invitation(one, clock, key=f"invitation:{one.id}:{one.link_version}")
    _tell("sent", fresh, meeting, actor, clock)
    return sum(1 for one in fresh if one.email)


def remind(*, invitations: Sequence[Invitation], meeting: Meeting, actor: Actor, clock: Clock) -> int:
    """Remind those that were sent, have an address and seats left; once a day at most. Gives how many mails leave."""
    require(actor, "participants.invite", meeting)
    due = [
        one for one in invitations
        if one.sent_at is not None and one.withdrawn_at is None and one.email and _unanswered(one)
    ]  # fmt: skip
    for one in due:
        day = clock.today(meeting.zone).isoformat()
        mails.invitation(one, clock, key=f"invitation:{one.id}:reminder:{day}", reminder=True)
    _tell("reminded", due, meeting, actor, clock)
    return len(due)


def withdraw_invitation(*, invitation: Invitation, actor: Actor, clock: Clock) -> None:
    """Take an invitation back: its link and code are void, the people already named stay.

    Somebody invited by name who has not answered leaves the list. Journal: invitation.withdrawn.
    """
    require(actor, "participants.invite", invitation)
    if invitation.withdrawn_at is not None:
        return
    invitation.withdrawn_at = clock.now()
    invitation.link_version += 1
    person = invited_person(invitation) if invitation.kind == "person" else None
    if person is not None and person.status == Status.INVITED:
        person.status, person.identity_key, person.ended_at = Status.CANCELLED, None, clock.now()
    _tell("withdrawn", [invitation], invitation.meeting, actor, clock)


def change_invitation(*, invitation: Invitation, offer: Offer, actor: Actor, clock: Clock) -> None:
    """Change seats, address or date of an invitation; seats already used are never taken away (`seats_used`)."""
    require(actor, "participants.invite", invitation)
    _check_seats(invitation.meeting, offer.seats)
    counts: dict[str, int] = {}
    for person in named(invitation):
        counts[person.category] = counts.get(person.category, 0) + 1
    if any(offer.seats.get(category, 0) < count for category, count in counts.items()):
        raise Refusal("seats_used", field="seats")
    invitation.seats = {code: count for code, count in offer.seats.items() if count}
    invitation.answer_before, invitation.language = offer.answer_before, offer.language
    invitation.person, invitation.email, invitation.phone = offer.person, offer.email, offer.phone
    _tell("changed", [invitation], invitation.meeting, actor, clock)


def note_opened(*, invitation: Invitation, clock: Clock) -> None:
    """Remember when the invitation was first looked at; not an act of its own."""
    if invitation.opened_at is None:
        invitation.opened_at = clock.now()


def release_person(*, participant: Participant, actor: Actor, clock: Clock) -> None:
    """Give a named seat back to the invitation. Journal: participant.cancelled."""
    end_seat(participant=participant, actor=actor, clock=clock, reason="")


def _unanswered(invitation: Invitation) -> bool:
    return len(named(invitation)) < int(sum(invitation.seats.values()))


def _rows(meeting: Meeting, bodies: Iterable[Body], offer: Offer) -> list[Invitation]:
    _check_seats(meeting, offer.seats)
    rows = [
        Invitation(
            meeting_id=meeting.id, kind="body", body_id=body.id, body=body, person=offer.person, email=offer.email,
            phone=offer.phone, language=offer.language, answer_before=offer.answer_before, code=short_code(),
            seats={code: count for code, count in offer.seats.items() if count},
        )
        for body in bodies
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _check_seats(meeting: Meeting, seats: Mapping[str, int]) -> None:
    if not sum(seats.values()) or min(seats.values()) < 0 or set(seats) - set(category_codes(meeting)):
        raise Refusal("seats_missing", field="seats")


def _created(meeting: Meeting, rows: Sequence[Invitation], actor: Actor, clock: Clock) -> None:
    _tell("created", rows, meeting, actor, clock, {"seats": dict(rows[0].seats)})


def _tell(
    kind: str, rows: Sequence[Invitation], meeting: Meeting, actor: Actor, clock: Clock,
    values: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    if rows:
        journal.record(
            f"invitation.{kind}", rows[0], actor=actor, clock=clock, meeting=meeting, ids=[row.id for row in rows[1:]],
            values={"count": len(rows)} | dict(values or {}),
        )  # fmt: skip
