"""Programmes, and the communes they target on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.database import db
from app.meetings.models import Meeting, Membership, Programme
from app.territory.models import Body


def find_programme(slug: str) -> Programme | None:
    """The programme at this address, with owner, axes, tracks and partners (four queries)."""
    return db.session.scalar(
        select(Programme).where(Programme.slug == slug).options(
            joinedload(Programme.owner), selectinload(Programme.axes), selectinload(Programme.tracks),
            selectinload(Programme.partners),
        )
    )  # fmt: skip


def programme_of(meeting: Meeting) -> Programme:
    """The meeting's programme, with owner, axes, tracks and partners."""
    found = find_programme(meeting.programme.slug)
    assert found is not None
    return found


def programmes() -> list[Programme]:
    """Every programme, by its Arabic name."""
    return list(db.session.scalars(select(Programme).order_by(Programme.name_ar)))


def _member_on(day: date) -> ColumnElement[bool]:
    return or_(Membership.joined_on.is_(None), Membership.joined_on <= day) & or_(
        Membership.left_on.is_(None), Membership.left_on > day
    )


def count_members(programme: Programme, day: date) -> int:
    """How many communes are among the targets on that day."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Membership).where(Membership.programme_id == programme.id, _member_on(day))
        )
        or 0
    )


def members(programme: Programme, day: date | None = None) -> list[Membership]:
    """The memberships on a day (or all that ever were) with communes and provinces, by Arabic name (one query)."""
    return list(
        db.session.scalars(
            select(Membership).join(Membership.body)
            .where(Membership.programme_id == programme.id, _member_on(day) if day else true())
            .options(joinedload(Membership.body).joinedload(Body.parent)).order_by(Body.sort_ar, Body.id)
        )
    )  # fmt: skip


def target_communes(programme: Programme, day: date) -> list[Body]:
    """The target communes on a day, by Arabic name (one query)."""
    return [row.body for row in members(programme, day)]
