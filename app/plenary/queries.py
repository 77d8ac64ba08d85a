"""What the plenary's pages read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.kernel.database import db
from app.kernel.tokens import derived_token, same
from app.meetings.models import Meeting, Sitting, Workshop
from app.plenary.models import Decision, QueueItem, Stage
from app.plenary.states import OUTCOMES
from app.recommendations.models import Recommendation

PRELOADED = 20


def stage_of(meeting_id: str) -> Stage | None:
    """What the wall shows; None before the plenary was first opened."""
    return db.session.get(Stage, meeting_id)


def queue(meeting_id: str) -> list[Recommendation]:
    """The recommendations in the order of reading (four queries whatever their number)."""
    rows = (
        select(Recommendation)
        .join(QueueItem, QueueItem.recommendation_id == Recommendation.id)
        .where(QueueItem.meeting_id == meeting_id)
        .order_by(QueueItem.position)
    )
    return list(db.session.scalars(rows))


def waiting_outside(meeting_id: str) -> list[Recommendation]:
    """Retained recommendations that are not in the queue yet, by workshop and serial."""
    queued = select(QueueItem.recommendation_id).where(QueueItem.meeting_id == meeting_id)
    rows = (
        select(Recommendation)
        .join(Workshop, Workshop.id == Recommendation.workshop_id)
        .where(Recommendation.meeting_id == meeting_id, Recommendation.state == "retained")
        .where(Recommendation.id.not_in(queued))
        .order_by(Workshop.position, Recommendation.position, Recommendation.serial)
    )
    return list(db.session.scalars(rows))


def find_queued(meeting_id: str, recommendation_id: str) -> Recommendation | None:
    """A recommendation of this meeting's queue."""
    rows = select(Recommendation).join(QueueItem, QueueItem.recommendation_id == Recommendation.id)
    return db.session.scalar(rows.where(QueueItem.meeting_id == meeting_id, Recommendation.id == recommendation_id))


def neighbours(meeting_id: str, recommendation_id: str | None) -> tuple[str | None, str | None]:
    """The recommendations read before and after this one."""
    ids = list(
        db.session.scalars(
            select(QueueItem.recommendation_id).where(QueueItem.meeting_id == meeting_id).order_by(QueueItem.position)
        )
    )
    if recommendation_id not in ids:
        return None, ids[0] if ids else None
    at = ids.index(recommendation_id)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def standing_decision(recommendation_id: str) -> Decision | None:
    """The decision in force on a recommendation."""
    rows = select(Decision).where(Decision.recommendation_id == recommendation_id, Decision.undone_at.is_(None))
    return db.session.scalar(rows.order_by(Decision.decided_at.desc()).limit(1))


def standing_decisions(meeting_id: str) -> dict[str, Decision]:
    """The decisions in force by recommendation (one query)."""
    rows = select(Decision).where(Decision.meeting_id == meeting_id, Decision.undone_at.is_(None))
    return {row.recommendation_id: row for row in db.session.scalars(rows)}


def number_given_before(recommendation_id: str) -> int | None:
    """The number an undone adoption of the same recommendation had: it is kept for it alone."""
    return db.session.scalar(select(func.max(Decision.number)).where(Decision.recommendation_id == recommendation_id))


def last_decision(meeting_id: str) -> Decision | None:
    """The latest decision in force, which can be undone."""
    rows = select(Decision).where(Decision.meeting_id == meeting_id, Decision.undone_at.is_(None))
    return db.session.scalar(rows.order_by(Decision.decided_at.desc(), Decision.id.desc()).limit(1))


def tally(recommendations: list[Recommendation]) -> Counter[str]:
    """How many recommendations of the queue had each outcome."""
    return Counter(one.state for one in recommendations if one.state in OUTCOMES)


def plenary_sitting(meeting: Meeting, now_wall: datetime) -> Sitting | None:
    """The plenary sitting that runs at this wall time, else the last one of the meeting."""
    rows = select(Sitting).where(Sitting.meeting_id == meeting.id, Sitting.kind.in_(("plenary", "plenary_reading")))
    sittings = list(db.session.scalars(rows.order_by(Sitting.starts)))
    running = [one for one in sittings if one.starts <= now_wall < one.ends]
    candidates = running or sittings
    return candidates[-1] if candidates else None


def wall_token(meeting_id: str, version: int) -> str:
    """The token of the wall's address; it changes when the secretary renews the link."""
    return derived_token("wall", meeting_id, version)


def find_wall(token: str, things: Mapping[str, Any]) -> Stage | None:
    """The stage that a wall's address opens, inside its meeting."""
    stage = stage_of(things["meeting"].id)
    return stage if stage is not None and same(wall_token(stage.meeting_id, stage.link_version), token) else None
