"""What comes next for somebody, as their own page says it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.kernel.languages import format_date, format_datetime, t
from app.meetings.models import Meeting
from app.participants.models import Participant
from app.participants.queries.agenda import hours_of
from app.participants.states import Status


def next_steps(participant: Participant, meeting: Meeting) -> list[dict[str, Any]]:
    """When and what, the nearest first; dates of the meeting, nothing else is promised."""
    if participant.status == Status.WAITLISTED:
        return [_step(t.plain("participants.then.any_day"), "participants.then.waiting")]
    if participant.status == Status.PENDING:
        return [_step(t.plain("participants.then.any_day"), "participants.then.pending")]
    if not participant.holds_seat:
        return [_step(t.plain("participants.then.later"), "participants.then.again")]
    closes = meeting.registration_closes
    first = [_step(format_date(closes), "participants.then.workshop")] if closes is not None else []
    eve = format_date(meeting.starts_on - timedelta(days=1))
    hours = hours_of(meeting)
    day = format_datetime(hours[0][0]) if hours else format_date(meeting.starts_on)
    return [*first, _step(eve, "participants.then.reminder"), _step(day, "participants.then.desk")]


def _step(when: str, words: str) -> dict[str, Any]:
    return {"when": when, "text": t.page(words)}
