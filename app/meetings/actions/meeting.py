"""Making a meeting and changing what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings import rules
from app.meetings.actions.changes import bring, in_languages, note, said
from app.meetings.models import Category, Document, Meeting, Programme, Sitting

CATEGORIES = (
    "chair", "authority_regional", "governor_director", "president", "elected", "commune_staff", "central_cadre",
    "central_admin", "territorial_admin", "partner", "guest",
)  # fmt: skip
FIELDS = in_languages("title", "short", "kicker", "lead", "article", "place", "venue", "access") | {
    "code", "kind", "lang", "formulas", "map_url", "commune_id", "organiser_id", "host_id", "starts_on", "ends_on",
    "zone", "capacity", "approval", "registration_opens", "registration_closes", "channel_url", "contact_email",
    "contact_phone", "controller_ar", "controller_fr", "recipients_ar", "recipients_fr", "receipt_number",
    "receipt_on", "retention_months", "rehearsal",
}  # fmt: skip
# What people have in their calendars: a change of these sends a new version of the appointment.
IN_CALENDARS = frozenset({"starts_on", "ends_on", "zone"}) | in_languages("title", "place", "venue")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def create_meeting(
    programme: Programme, *, slug: str, fields: Mapping[str, Any], actor: Actor, clock: Clock
) -> Meeting:  # fmt: skip
    """Make a meeting of a programme, in preparation, with the usual categories in their order of precedence.

    Refuses with `slug` (letters, digits and hyphens), `slug_taken`, `date_order` or what `edit_meeting` refuses.
    """
    require(actor, "meetings.create", programme)
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise Refusal("slug", field="slug")
    if db.session.scalar(select(Meeting.id).where(Meeting.slug == slug)):
        raise Refusal("slug_taken", field="slug", slug=slug)
    meeting = Meeting(slug=slug, programme_id=programme.id, title_ar="", code="", starts_on=date.min, ends_on=date.min)
    changed = bring(meeting, fields, FIELDS)
    _check(meeting)
    db.session.add(meeting)
    db.session.flush()
    _categories(meeting, CATEGORIES)
    note("meeting.created", meeting, meeting, actor=actor, clock=clock, fields=changed, values=said(meeting, changed))
    return meeting


def edit_meeting(meeting: Meeting, *, fields: Mapping[str, Any], actor: Actor, clock: Clock) -> list[str]:
    """Change what the meeting says of itself; gives the names of the fields that changed.

    New dates move the whole agenda by the same number of days, the hours on the wall stay. Refuses with `phase`,
    `date_order`, `registration_order` or `number`. Saving the same again records nothing.
    """
    require(actor, "meetings.edit", meeting)
    rules.require_phase(meeting, "edit")
    before = meeting.starts_on
    changed = bring(meeting, fields, FIELDS)
    _check(meeting)
    if not changed:
        return []
    if meeting.starts_on != before:
        shift_agenda(meeting, meeting.starts_on - before)
    if IN_CALENDARS & set(changed):
        meeting.calendar_sequence += 1
    values = said(meeting, (name for name in changed if not name.startswith("article")))
    note("meeting.changed", meeting, meeting, actor=actor, clock=clock, fields=changed, values=values)
    return changed


def shift_agenda(meeting: Meeting, by: timedelta) -> None:
    """Move every sitting and broadcast by whole days; the hours on the wall stay what they are."""
    for sitting in db.session.scalars(select(Sitting).where(Sitting.meeting_id == meeting.id)):
        sitting.starts += by
        sitting.ends += by
    for document in db.session.scalars(select(Document).where(Document.meeting_id == meeting.id)):
        if document.day is not None:
            document.day += by


def publish_article(meeting: Meeting, *, day: date, actor: Actor, clock: Clock) -> None:
    """Give the meeting's article its date of publication, which is not the date of the meeting.

    Refuses with `date_order` a day before the meeting ends.
    """
    require(actor, "meetings.edit", meeting)
    if day < meeting.ends_on:
        raise Refusal("date_order", field="published_on")
    if meeting.published_on == day:
        return
    meeting.published_on = day
    note("meeting.article_published", meeting, meeting, actor=actor, clock=clock, values={"day": day.isoformat()})


def set_categories(meeting: Meeting, codes: Sequence[str], *, actor: Actor, clock: Clock) -> None:
    """Set the meeting's categories in its order of precedence. Refuses with `choice` an unknown or doubled code."""
    require(actor, "meetings.edit", meeting)
    rules.require_phase(meeting, "edit")
    if len(set(codes)) != len(codes) or not set(codes) <= set(CATEGORIES) or not codes:
        raise Refusal("choice", field="categories")
    if [row.code for row in _rows(meeting)] == list(codes):
        return
    _categories(meeting, codes)
    note("meeting.categories_set", meeting, meeting, actor=actor, clock=clock, values={"codes": list(codes)})


def _rows(meeting: Meeting) -> list[Category]:
    return list(
        db.session.scalars(select(Category).where(Category.meeting_id == meeting.id).order_by(Category.position))
    )


def _categories(meeting: Meeting, codes: Sequence[str]) -> None:
    there = {row.code: row for row in _rows(meeting)}
    for code, row in there.items():
        if code not in codes:
            db.session.delete(row)
    for position, code in enumerate(codes, 1):
        if code in there:
            there[code].position = position
        else:
            db.session.add(Category(meeting_id=meeting.id, code=code, position=position))
    db.session.flush()


def _check(meeting: Meeting) -> None:
    if meeting.ends_on < meeting.starts_on:
        raise Refusal("date_order", field="ends_on")
    opens, closes = meeting.registration_opens, meeting.registration_closes
    if opens and closes and closes <= opens:
        raise Refusal("registration_order", field="registration_closes")
    if (meeting.capacity or 0) < 0:
        raise Refusal("number", field="capacity")
