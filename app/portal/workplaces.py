"""Where somebody works: for each role they hold the page on which its work begins."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import select

from app.kernel.access import Actor
from app.kernel.database import db
from app.kernel.languages import current_language, pick, t
from app.meetings.models import Meeting, Programme, Workshop

OF_A_MEETING = {
    "organiser": ("portal.dashboard", "nav.dashboard"),
    "desk": ("attendance.door", "nav.desk"),
    "secretary": ("plenary.driver", "nav.plenary"),
}
OF_A_WORKSHOP = {
    "coordinator": ("recommendations.review_workshop", "review.title"),
    "rapporteur": ("recommendations.capture", "capture.title"),
}


class Workplace(NamedTuple):
    """A page of work: its words, its address, and what it is about (may be empty)."""

    label: str
    url: str
    about: str = ""


def workplaces(actor: Actor) -> list[Workplace]:
    """Everything the actor's roles open, the latest meeting first (at most three queries)."""
    found = [*_meetings(actor), *_workshops(actor)]
    if actor.ids("body", "officer", "official"):
        found.append(Workplace(t("nav.my_commune"), url_for("portal.my_commune")))
    found += _programmes(actor)
    if actor.holds("administrator"):
        found.append(Workplace(t("accounts.title"), url_for("accounts.accounts")))
    return found


def _title(thing: Any) -> str:
    return pick(thing, "short", current_language())[0] or pick(thing, "title", current_language())[0]


def _meetings(actor: Actor) -> list[Workplace]:
    ids = actor.ids("meeting", *OF_A_MEETING)
    if not ids:
        return []
    rows = db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.starts_on.desc(), Meeting.id))
    return [
        Workplace(t(key), url_for(endpoint, slug=meeting.slug), _title(meeting))
        for meeting in rows
        for role, (endpoint, key) in OF_A_MEETING.items()
        if meeting.id in actor.ids("meeting", role)
    ]


def _workshops(actor: Actor) -> list[Workplace]:
    ids = actor.ids("workshop", *OF_A_WORKSHOP)
    if not ids:
        return []
    rows = db.session.execute(
        select(Workshop, Meeting)
        .join(Meeting, Meeting.id == Workshop.meeting_id)
        .where(Workshop.id.in_(ids))
        .order_by(Meeting.starts_on.desc(), Meeting.id, Workshop.position)
    )
    lang = current_language()
    return [
        Workplace(t(key), url_for(endpoint, slug=meeting.slug, workshop_code=workshop.code),
                  f"{pick(workshop, 'title', lang)[0]} · {_title(meeting)}")
        for workshop, meeting in rows
        for role, (endpoint, key) in OF_A_WORKSHOP.items()
        if workshop.id in actor.ids("workshop", role)
    ]  # fmt: skip


def _programmes(actor: Actor) -> list[Workplace]:
    ids = actor.ids("programme", "programme_unit")
    if not ids:
        return []
    rows = db.session.scalars(select(Programme).where(Programme.id.in_(ids)).order_by(Programme.name_ar))
    lang = current_language()
    return [
        Workplace(
            t("portal.programme"), url_for("meetings.programme", programme_slug=one.slug), pick(one, "name", lang)[0]
        )
        for one in rows
    ]
