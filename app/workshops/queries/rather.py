"""Who would rather be in a workshop than where they are, in the order in which a freed seat is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.kernel.database import db
from app.meetings.models import Meeting
from app.participants.models import Participant, Wish
from app.workshops.models import SeatOffer, WorkshopSeat

_wanted, _has, _seat = aliased(Wish), aliased(Wish), aliased(WorkshopSeat)


@dataclass(frozen=True)
class Waiting:
    """Somebody who would rather be there, and the rank of that wish from 1."""

    participant: Participant
    rank: int


def _rather(meeting: Meeting, slot: str, *columns: Any) -> Select[Any]:
    """People whose wish for a workshop stands before the wish for the one they sit in, or who sit in none wished."""
    return (
        select(*columns)
        .join(_wanted, _wanted.participant_id == Participant.id)
        .outerjoin(_seat, (_seat.participant_id == Participant.id) & (_seat.slot == slot))
        .outerjoin(_has, (_has.participant_id == Participant.id) & (_has.workshop_id == _seat.workshop_id))
        .where(
            Participant.meeting_id == meeting.id,
            Participant.status == "confirmed",
            _seat.id.is_(None) | ((_seat.workshop_id != _wanted.workshop_id) & _seat.locked.is_(False)),
            _has.rank.is_(None) | (_has.rank > _wanted.rank),
        )
    )


def next_in_line(meeting: Meeting, workshop_id: str, slot: str) -> Waiting | None:
    """Who is first: the best wish, then who registered first; nobody is asked twice about one workshop (one query)."""
    asked = select(SeatOffer.participant_id).where(SeatOffer.workshop_id == workshop_id, SeatOffer.slot == slot)
    row = db.session.execute(
        _rather(meeting, slot, Participant, _wanted.rank)
        .where(_wanted.workshop_id == workshop_id, Participant.id.not_in(asked), Participant.email != "")
        .order_by(_wanted.rank, Participant.registered_at, Participant.id)
        .limit(1)
    ).first()
    return Waiting(row[0], row[1]) if row is not None else None


def counts(meeting: Meeting, slot: str) -> dict[str, int]:
    """How many would rather be in each workshop, by its id (one query)."""
    rows = db.session.execute(
        _rather(meeting, slot, _wanted.workshop_id, func.count(Participant.id)).group_by(_wanted.workshop_id)
    )
    return {row[0]: row[1] for row in rows}
