"""When the recommendations of a meeting may be expected."""

from __future__ import annotations

from datetime import date, datetime, time

from app.meetings.models import Meeting
from app.meetings.states import OFF
from app.plenary import queries as plenary


def plenary_day(meeting: Meeting) -> date | None:
    """The day on which the plenary decides; None when the agenda has no plenary or the meeting is off."""
    if meeting.phase in OFF:
        return None
    sitting = plenary.plenary_sitting(meeting, datetime.combine(meeting.starts_on, time()))
    return sitting.starts.date() if sitting else None
