"""The documents of a meeting in the organiser's order, its streams and its quotations."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.database import db
from app.meetings.models import Document, Meeting, Quote

STREAM = "stream"


def documents(meeting: Meeting) -> list[Document]:
    """Every document but the streams, in the organiser's order, published or not (one query)."""
    return list(
        db.session.scalars(
            select(Document).where(Document.meeting_id == meeting.id, Document.kind != STREAM)
            .order_by(Document.position, Document.id)
        )
    )  # fmt: skip


def streams(meeting: Meeting) -> list[Document]:
    """The broadcasts, one a day, in the order of the days (one query)."""
    return list(
        db.session.scalars(
            select(Document).where(Document.meeting_id == meeting.id, Document.kind == STREAM)
            .order_by(Document.day, Document.position)
        )
    )  # fmt: skip


def find_document(meeting: Meeting, ident: str) -> Document | None:
    """The document of this meeting with this id; who may read it, `rules.may_read` says."""
    return db.session.scalar(select(Document).where(Document.meeting_id == meeting.id, Document.id == ident))


def quotes(meeting: Meeting) -> list[Quote]:
    """The quotations in their order."""
    return list(db.session.scalars(select(Quote).where(Quote.meeting_id == meeting.id).order_by(Quote.position)))


def find_quote(meeting: Meeting, ident: str) -> Quote | None:
    """The quotation of this meeting with this id."""
    return db.session.scalar(select(Quote).where(Quote.meeting_id == meeting.id, Quote.id == ident))
