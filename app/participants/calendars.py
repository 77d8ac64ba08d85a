"""The meeting in somebody's own calendar: one identifier for ever, a sequence that grows, a cancellation."""

from __future__ import annotations

from datetime import datetime, time

from app.kernel.clock import Clock
from app.kernel.languages import pick
from app.meetings.models import Meeting
from app.paper.calendar import Event, calendar
from app.participants.models import Participant
from app.participants.queries import links
from app.participants.queries.agenda import hours_of


def own_calendar(participant: Participant, clock: Clock, *, cancelled: bool | None = None) -> bytes:
    """The days of the meeting for this person; a later file replaces an earlier one, a cancelled one removes it."""
    meeting, lang = participant.meeting, participant.language
    gone = cancelled if cancelled is not None else not participant.holds_seat or meeting.phase == "cancelled"
    days = hours_of(meeting) or [
        (datetime.combine(meeting.starts_on, time(9)), datetime.combine(meeting.starts_on, time(17)))
    ]
    events = [_entry(participant, meeting, lang, number, day) for number, day in enumerate(days, 1)]
    name = pick(meeting, "title", lang)[0]
    return calendar(events, name=name, stamp=clock.now(), method="CANCEL" if gone else "PUBLISH")


def _entry(participant: Participant, meeting: Meeting, lang: str, number: int, day: tuple[datetime, datetime]) -> Event:
    place = [pick(meeting, "venue", lang)[0], pick(meeting, "place", lang)[0]]
    return Event(
        uid=f"{participant.id}-{number}@{meeting.slug}.liqaa",
        sequence=meeting.calendar_sequence + participant.calendar_sequence, start=day[0], end=day[1],
        zone=meeting.zone, summary=pick(meeting, "title", lang)[0],
        location=("، " if lang == "ar" else ", ").join(filter(None, place)), url=links.own_page(participant),
        status="TENTATIVE" if meeting.phase == "postponed" else "CONFIRMED",
    )  # fmt: skip
