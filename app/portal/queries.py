"""What the portal's pages show of all rooms."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.database import db
from app.meetings.models import Meeting


def public_meetings() -> list[Meeting]:
    """The meetings that the public may see, latest first (one query)."""
    rows = select(Meeting).where(Meeting.phase != "draft", Meeting.rehearsal.is_(False))
    return list(db.session.scalars(rows.order_by(Meeting.starts_on.desc())))
