"""The agenda as calendar files that update themselves: the same identifiers, a growing sequence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import current_app, url_for

from app.kernel.languages import current_language, pick
from app.meetings.models import Meeting, Sitting
from app.meetings.states import Phase
from app.paper.calendar import Event, calendar


def agenda(meeting: Meeting, sittings: Iterable[Sitting], *, stamp: datetime) -> bytes:
    """The sittings as one calendar; a cancelled meeting takes them out of the reader's calendar again."""
    name = pick(meeting, "title", current_language())[0]
    cancelled = meeting.phase == Phase.CANCELLED
    return calendar(
        [event(meeting, sitting) for sitting in sittings], name=name, stamp=stamp,
        method="CANCEL" if cancelled else "PUBLISH",
    )  # fmt: skip


def event(meeting: Meeting, sitting: Sitting) -> Event:
    """One sitting as a calendar entry, in wall time with its zone."""
    lang = current_language()
    rooms = pick(sitting.room, "name", lang)[0] if sitting.room else ""
    place = "، ".join if lang == "ar" else ", ".join
    location = place(
        [part for part in (rooms, pick(meeting, "venue", lang)[0], pick(meeting, "place", lang)[0]) if part]
    )
    return Event(
        uid=f"{sitting.id}@{meeting.slug}.liqaa", sequence=meeting.calendar_sequence, start=sitting.starts,
        end=sitting.ends, zone=meeting.zone, summary=pick(sitting, "title", lang)[0],
        description=pick(meeting, "title", lang)[0], location=location,
        url=current_app.config["LIQAA"].base_url
        + url_for("meetings.sitting", slug=meeting.slug, sitting_id=sitting.id),
        status="TENTATIVE" if meeting.phase == Phase.POSTPONED else "CONFIRMED",
    )  # fmt: skip
