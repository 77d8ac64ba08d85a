"""What a role of a meeting is held in, with a name for the list it is chosen from."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.database import db
from app.kernel.languages import current_language, date_range, pick, t
from app.meetings.models import Meeting, Programme, Workshop


def meeting_choices() -> list[tuple[str, str]]:
    """Every meeting with its title and days, the latest first (one query)."""
    return [(one.id, _meeting(one)) for one in db.session.scalars(select(Meeting).order_by(*_LATEST))]


def workshop_choices() -> list[tuple[str, str]]:
    """Every workshop with its meeting, the latest meeting first, then in their order (one query)."""
    rows = db.session.execute(
        select(Workshop, Meeting).join(Meeting, Meeting.id == Workshop.meeting_id).order_by(*_LATEST, Workshop.position)
    )
    lang = current_language()
    return [(one.id, f"{_meeting(meeting)} · {pick(one, 'title', lang)[0]}") for one, meeting in rows]


def programme_choices() -> list[tuple[str, str]]:
    """Every programme with its name (one query)."""
    lang = current_language()
    return [
        (one.id, pick(one, "name", lang)[0]) for one in db.session.scalars(select(Programme).order_by(Programme.id))
    ]


_LATEST = (Meeting.starts_on.desc(), Meeting.id)


def _meeting(meeting: Meeting) -> str:
    """The title with the days, for titles come back every year."""
    lang = current_language()
    title = pick(meeting, "short", lang)[0] or pick(meeting, "title", lang)[0]
    return t.plain("meetings.dated", title=title, dates=date_range(meeting.starts_on, meeting.ends_on))
