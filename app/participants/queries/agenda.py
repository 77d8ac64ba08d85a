"""The hours of a meeting, day by day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select

from app.kernel.database import db
from app.meetings.models import Meeting, Sitting

_HOURS = select(Sitting.starts, Sitting.ends).where(Sitting.meeting_id == bindparam("meeting")).order_by(Sitting.starts)


def hours_of(meeting: Meeting) -> list[tuple[datetime, datetime]]:
    """First and last hour of each day with a sitting, on the wall (one query)."""
    rows = db.session.execute(_HOURS, {"meeting": meeting.id})
    days: dict[date, tuple[datetime, datetime]] = {}
    for start, end in rows:
        first, last = days.get(start.date(), (start, end))
        days[start.date()] = (min(first, start), max(last, end))
    return [days[day] for day in sorted(days)]
