"""What a focal point does with the seats of its body, by the link alone: name, replace, take back, answer."""

from __future__ import annotations

from sqlalchemy import update

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import NotFound, Refusal
from app.kernel.tokens import short_code
from app.participants import rules
from app.participants.actions.deciding import end_seat
from app.participants.actions.filling import Details, check_details, fill
from app.participants.actions.inviting import note_opened
from app.participants.actions.places import take_place
from app.participants.actions.registering import Registration, enter
from app.participants.models import Invitation, Participant
from app.participants.queries.invitations import invited_person, named
from app.participants.queries.people import find_same
from app.participants.states import Source, Status


def name_seat(*, invitation: Invitation, details: Details, actor: Actor, clock: Clock) -> Registration:
    """Name somebody for a seat of the body, within its category's quota.

    Somebody who registered alone before is counted to the quota instead of refused. Refuses with `quota_reached`,
    `seats_closed`, `too_late_by_link`, `same_person` or a fault of the details. Journal: participant.registered.
    """
    _begin(invitation, actor, clock)
    _check_quota(invitation, details.category)
    meeting = invitation.meeting
    made = enter(
        meeting=meeting, details=details, source=Source.INVITATION, actor=actor, clock=clock, wanted=Status.CONFIRMED,
        invitation=invitation,
    )  # fmt: skip
    if made.repeated:
        if made.participant.invitation_id is not None:
            raise Refusal("same_person", field="name")
        made.participant.invitation_id = invitation.id
        journal.record("participant.changed", made.participant, actor=actor, clock=clock, meeting=meeting,
                       fields=("invitation",))  # fmt: skip
    return made


def replace_seat(
    *, invitation: Invitation, leaving: Participant, details: Details, actor: Actor, clock: Clock
) -> Participant:
    """Put another person on a seat of the body; the seat passes from hand to hand and nobody else can get it.

    Journal: participant.cancelled and participant.registered. Refuses as `name_seat` does.
    """
    _begin(invitation, actor, clock)
    _inside(invitation, leaving)
    if details.category != leaving.category:
        _check_quota(invitation, details.category)
    meeting = invitation.meeting
    check_details(meeting, details)
    if find_same(meeting.id, details.key) is not None:
        raise Refusal("same_person", field="name")
    held, rank, status = leaving.holds_seat, leaving.waiting_rank, leaving.status
    leaving.holds_seat = False
    end_seat(participant=leaving, actor=actor, clock=clock, reason="")
    person = Participant(
        meeting_id=meeting.id, code=short_code(), status=status, source=Source.INVITATION, category="",
        invitation_id=invitation.id, holds_seat=held, waiting_rank=rank, registered_at=clock.now(),
        confirmed_at=clock.now() if status == Status.CONFIRMED else None, other_phones=[], body_text="",
    )  # fmt: skip
    fill(person, details)
    db.session.add(person)
    journal.record(
        "participant.registered", person, actor=actor, clock=clock, meeting=meeting,
        values={"name": person.name, "status": status, "source": Source.INVITATION, "category": details.category,
                "instead_of": leaving.id},
    )  # fmt: skip
    return person


def take_back(*, invitation: Invitation, leaving: Participant, actor: Actor, clock: Clock) -> None:
    """Withdraw somebody the body had named; the seat is free again. Journal: participant.cancelled."""
    _begin(invitation, actor, clock)
    _inside(invitation, leaving)
    end_seat(participant=leaving, actor=actor, clock=clock, reason="")


def accept(*, invitation: Invitation, details: Details, actor: Actor, clock: Clock) -> Participant:
    """Say yes to an invitation by name: a seat, or a place on the waiting list. Journal: participant.confirmed."""
    _begin(invitation, actor, clock)
    person = _invited(invitation)
    if person.status not in (Status.INVITED, Status.DECLINED):
        return person
    check_details(invitation.meeting, details)
    before = person.status
    rank = take_place(invitation.meeting)
    fill(person, details)
    person.status = Status.CONFIRMED if rank is None else Status.WAITLISTED
    person.holds_seat, person.waiting_rank = rank is None, rank
    person.registered_at = clock.now()
    person.confirmed_at = clock.now() if rank is None else None
    _tell("confirmed", person, before, actor, clock)
    return person


def refuse(*, invitation: Invitation, actor: Actor, clock: Clock) -> None:
    """Say no to an invitation by name; yes may follow until its date. Journal: participant.declined."""
    _begin(invitation, actor, clock)
    person = _invited(invitation)
    if person.status == Status.DECLINED:
        return
    if person.status != Status.INVITED:
        end_seat(participant=person, actor=actor, clock=clock, reason="")
        return
    person.status, person.ended_at = Status.DECLINED, clock.now()
    _tell("declined", person, Status.INVITED, actor, clock)


def _begin(invitation: Invitation, actor: Actor, clock: Clock) -> None:
    """Who may, until when; and hold the invitation's row, so that two at once cannot both take the last seat."""
    require(actor, "participants.seats", invitation)
    rules.check_answer_date(invitation, invitation.meeting, clock)
    db.session.execute(
        update(Invitation).where(Invitation.id == invitation.id).values(link_version=Invitation.link_version)
    )
    note_opened(invitation=invitation, clock=clock)


def _check_quota(invitation: Invitation, category: str) -> None:
    taken = sum(1 for person in named(invitation) if person.category == category)
    if taken >= invitation.seats.get(category, 0):
        raise Refusal("quota_reached", field="category")


def _inside(invitation: Invitation, participant: Participant) -> None:
    if participant.invitation_id != invitation.id or participant not in named(invitation):
        raise NotFound


def _invited(invitation: Invitation) -> Participant:
    person = invited_person(invitation)
    if person is None:
        raise NotFound
    return person


def _tell(kind: str, person: Participant, before: str, actor: Actor, clock: Clock) -> None:
    journal.record(
        f"participant.{kind}", person, actor=actor, clock=clock, meeting=person.meeting, fields=("status",),
        values={"from": before, "status": person.status}, public=person.holds_seat,
    )  # fmt: skip
