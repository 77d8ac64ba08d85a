"""The one guard of published texts: whatever room writes, a text that an edition holds changes by a correction only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from app.kernel.database import db
from app.kernel.errors import Refusal
from app.recommendations.models import FieldText, Recommendation

# `texts` holds the rows that were added or taken out; a changed row is found by itself.
FIELDS = ("texts", "number", "state", "authentic", "axis_id", "horizon", "addressee_group")


@contextmanager
def thawed() -> Iterator[None]:
    """Let texts be written for a while: the correction itself."""
    db.session.info["thawed"] = True
    try:
        yield
    finally:
        db.session.info.pop("thawed", None)


def connect() -> None:
    """Watch every flush of the session."""
    if not event.contains(db.session, "before_flush", _watch):
        event.listen(db.session, "before_flush", _watch)


def _watch(session: Session, _context: Any, _instances: Any) -> None:
    """Refuse with `frozen` a flush that would change a published text or what is published beside it."""
    if session.info.get("thawed"):
        return
    rows = {one.recommendation_id for one in _texts(session)}
    with session.no_autoflush:
        for ident in rows:
            # The mark may stand in the database or on a row of this session.
            if session.scalar(select(Recommendation.published_at).where(Recommendation.id == ident)) is not None:
                raise Refusal("frozen")
        for one in session.dirty:
            if isinstance(one, Recommendation) and _was_published(one) and _changed(one):
                raise Refusal("frozen")


def _texts(session: Session) -> list[FieldText]:
    touched = [*session.new, *session.dirty, *session.deleted]
    return [
        one for one in touched
        if isinstance(one, FieldText) and one.recommendation_id
        and (one in session.new or one in session.deleted or inspect(one).attrs.text.history.has_changes())
    ]  # fmt: skip


def _was_published(row: Recommendation) -> bool:
    history = inspect(row).attrs.published_at.history
    before = history.deleted[0] if history.deleted else (None if history.added else row.published_at)
    return before is not None


def _changed(row: Recommendation) -> bool:
    state = inspect(row)
    return any(state.attrs[field].history.has_changes() for field in FIELDS)
