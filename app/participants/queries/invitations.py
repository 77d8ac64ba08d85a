"""Invitations: by id inside their meeting, by the printed code, and the list with what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.kernel.database import db
from app.kernel.tokens import tidy_code
from app.meetings import queries as meetings
from app.meetings.models import Meeting
from app.participants.models import Invitation, Participant
from app.participants.states import STANDING, Status
from app.territory.models import Body

# Whoever is invited by name has a row at once; a seat is used when the answer was yes.
USING = STANDING - {Status.INVITED}


def find(meeting: Meeting, ident: str) -> Invitation | None:
    """The invitation of this id, inside the meeting."""
    found = db.session.get(Invitation, ident)
    return found if found is not None and found.meeting_id == meeting.id else None


def find_by_code(meeting: Meeting, code: str) -> Invitation | None:
    """The invitation whose printed code this is, as people type codes; None when it was withdrawn."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.meeting_id == meeting.id, Invitation.code == tidy_code(code), Invitation.withdrawn_at.is_(None)
        )
    )


def named(invitation: Invitation) -> list[Participant]:
    """The people who hold or wait for a seat of the invitation, in the order of the list (one query)."""
    return list(
        db.session.scalars(
            select(Participant)
            .options(joinedload(Participant.titular))
            .where(Participant.invitation_id == invitation.id, Participant.status.in_(USING))
            .order_by(Participant.category, Participant.sort_ar, Participant.id)
        ).unique()
    )


def find_seat(invitation: Invitation, ident: str) -> Participant | None:
    """The person of this id on a seat of the invitation."""
    found = db.session.get(Participant, ident)
    return found if found is not None and found.invitation_id == invitation.id and found.status in USING else None


def invited_person(invitation: Invitation) -> Participant | None:
    """The row of somebody invited by name, whatever became of it."""
    return db.session.scalar(
        select(Participant).where(Participant.invitation_id == invitation.id).order_by(Participant.id).limit(1)
    )


@dataclass(frozen=True)
class Listed:
    """An invitation as the organiser's list shows it."""

    invitation: Invitation
    used: int

    @property
    def seats(self) -> int:
        """How many seats were offered."""
        return sum(self.invitation.seats.values())

    @property
    def state(self) -> str:
        """What became of it: withdrawn, answered, partly, opened, sent or prepared."""
        one = self.invitation
        if one.withdrawn_at is not None:
            return "withdrawn"
        if self.used and self.used >= self.seats:
            return "answered"
        if self.used:
            return "partly"
        if one.opened_at is not None:
            return "opened"
        return "sent" if one.sent_at is not None else "prepared"


STATES = ("prepared", "sent", "opened", "partly", "answered", "withdrawn")


def listed(meeting: Meeting) -> list[Listed]:
    """Every invitation of the meeting with the seats used, bodies in their order, then people (two queries)."""
    rows = db.session.scalars(
        select(Invitation)
        .outerjoin(Body, Body.id == Invitation.body_id)
        .where(Invitation.meeting_id == meeting.id)
        .order_by(Invitation.kind, Body.sort_ar, Invitation.person, Invitation.id)
    ).unique()
    counts = used(meeting)
    return [Listed(row, counts.get(row.id, 0)) for row in rows]


def used(meeting: Meeting) -> Mapping[str, int]:
    """How many seats of each invitation are used (one query)."""
    counted = db.session.execute(
        select(Participant.invitation_id, func.count())
        .where(
            Participant.meeting_id == meeting.id, Participant.invitation_id.is_not(None), Participant.status.in_(USING)
        )
        .group_by(Participant.invitation_id)
    )
    return {str(row[0]): int(row[1]) for row in counted}


def uninvited_communes(meeting: Meeting, day: date) -> Sequence[Body]:
    """The programme's target communes that have no invitation yet (two queries)."""
    have = set(
        db.session.scalars(
            select(Invitation.body_id).where(Invitation.meeting_id == meeting.id, Invitation.withdrawn_at.is_(None))
        )
    )
    programme = meetings.programme_of(meeting)
    return [body for body in meetings.target_communes(programme, day) if body.id not in have]
