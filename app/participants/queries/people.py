"""Single people: by id inside their meeting, by what makes them one person, by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select

from app.kernel import journal
from app.kernel.database import db
from app.meetings.models import Meeting
from app.participants.models import Participant
from app.participants.states import STANDING


def find(meeting: Meeting, ident: str) -> Participant | None:
    """The participant of this id, inside the meeting."""
    found = db.session.get(Participant, ident)
    return found if found is not None and found.meeting_id == meeting.id else None


_SAME = select(Participant).where(
    Participant.meeting_id == bindparam("meeting"), Participant.identity_key == bindparam("key")
)


def find_same(meeting_id: str, key: str) -> Participant | None:
    """Who holds the place of this identity in the meeting."""
    return db.session.scalar(_SAME, {"meeting": meeting_id, "key": key})


def by_mail(meeting: Meeting, email: str) -> list[Participant]:
    """The people standing in the meeting whose confirmation goes to this address."""
    return list(
        db.session.scalars(
            select(Participant)
            .where(Participant.meeting_id == meeting.id, Participant.email == email, Participant.status.in_(STANDING))
            .order_by(Participant.id)
        )
    )


def written_down(email: str, since: datetime) -> int:
    """How many people were registered with this address of mail since a moment, in all meetings (one query)."""
    known = select(func.count()).where(Participant.email == email, Participant.registered_at >= since)
    return db.session.scalar(known) or 0


def by_ids(meeting: Meeting, ids: Iterable[str]) -> list[Participant]:
    """The people of these ids inside the meeting, in the order of the list (one query)."""
    return list(
        db.session.scalars(
            select(Participant)
            .where(Participant.meeting_id == meeting.id, Participant.id.in_(list(ids)))
            .order_by(Participant.sort_ar, Participant.id)
        ).unique()
    )


def delegate_of(participant: Participant) -> Participant | None:
    """Who comes in this person's place."""
    return db.session.scalar(
        select(Participant).where(Participant.titular_id == participant.id, Participant.status.in_(STANDING))
    )


def history(participant: Participant) -> list[journal.Line]:
    """What happened to this person, newest first."""
    return journal.history("participant", participant.id)
