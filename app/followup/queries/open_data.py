"""What everybody may take away: commitments and published tasks, without a person's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.followup import derived
from app.followup.models import Commitment, Task
from app.kernel.clock import stamp
from app.kernel.database import db
from app.meetings.models import Meeting
from app.recommendations.models import Recommendation
from app.territory.models import Body

COMMITMENT_FIELDS = (
    "recommendation", "body_code", "body_ar", "body_fr", "role", "response", "state", "counted_as", "original_due",
    "current_due", "extensions", "late", "answered_at", "reported_at", "verified_at", "block_cause",
)  # fmt: skip
TASK_FIELDS = (
    "recommendation", "body_code", "body_ar", "body_fr", "title_ar", "title_fr", "due_on", "state", "done_on",
    "published_at",
)  # fmt: skip


@dataclass(frozen=True)
class _Row:
    response: str
    state: str
    current_due: date | None
    original_due: date | None


def commitments(meeting: Meeting, today: date) -> Iterator[dict[str, Any]]:
    """Every commitment of the published recommendations, by number and body (one query)."""
    rows = db.session.execute(
        select(
            Recommendation.number, Body.code, Body.name_ar, Body.name_fr, Commitment.role, Commitment.response,
            Commitment.state, Commitment.original_due, Commitment.current_due, Commitment.extensions,
            Commitment.responded_at, Commitment.reported_at, Commitment.verified_at, Commitment.block_cause,
        )
        .join(Commitment.recommendation)
        .join(Body, Body.id == Commitment.body_id)
        .where(Commitment.meeting_id == meeting.id, Recommendation.published_at.is_not(None))
        .order_by(Recommendation.number, Body.code)
    )  # fmt: skip
    for number, code, name_ar, name_fr, role, response, state, original, current, extensions, *moments, cause in rows:
        late = derived.overdue(_Row(response, state, current, original), today)
        values = (
            f"{meeting.starts_on.year}/{number}", code, name_ar, name_fr, role, response, state,
            derived.kind_of(response, state), _day(original), _day(current), extensions, late,
            *(_moment(one) for one in moments), cause or None,
        )  # fmt: skip
        yield dict(zip(COMMITMENT_FIELDS, values, strict=True))


def tasks(meeting: Meeting) -> Iterator[dict[str, Any]]:
    """The tasks that the programme unit published, by number, body and position (one query); owners stay inside."""
    rows = db.session.execute(
        select(
            Recommendation.number, Body.code, Body.name_ar, Body.name_fr, Task.title_ar, Task.title_fr, Task.due_on,
            Task.state, Task.done_on, Task.published_at,
        )
        .join(Task.commitment)
        .join(Commitment.recommendation)
        .join(Body, Body.id == Commitment.body_id)
        .where(Commitment.meeting_id == meeting.id, Task.published_at.is_not(None))
        .order_by(Recommendation.number, Body.code, Task.position)
    )  # fmt: skip
    for number, code, name_ar, name_fr, title_ar, title_fr, due, state, done, published in rows:
        values = (
            f"{meeting.starts_on.year}/{number}", code, name_ar, name_fr, title_ar, title_fr or None, _day(due), state,
            _day(done), _moment(published),
        )  # fmt: skip
        yield dict(zip(TASK_FIELDS, values, strict=True))


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _moment(value: datetime | None) -> str | None:
    return stamp(value) if value else None
