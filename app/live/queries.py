"""Hints: what changed, read from the journal; never how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.kernel.database import db
from app.kernel.journal import Entry, Stream, Value

MOST = 500


@dataclass(frozen=True)
class Hint:
    """One change: its place in the stream, its kind, its subject and the subject's revision when it has one."""

    seq: int
    kind: str
    subject_type: str
    subject_id: str
    rev: int | None

    def document(self) -> dict[str, Any]:
        """As 07-protocols section 4 writes it."""
        subject = {"type": self.subject_type, "id": self.subject_id}
        return {"seq": self.seq, "kind": self.kind, "subject": subject, "rev": self.rev}


def heads(stream_ids: Iterable[str]) -> dict[str, int]:
    """The last `seq` of each stream that has one (one query)."""
    rows = db.session.execute(select(Stream.id, Stream.seq).where(Stream.id.in_(list(stream_ids))))
    return {row[0]: row[1] for row in rows}


def hints_after(stream_id: str, since: int, limit: int = MOST) -> list[Hint]:
    """What happened after `since`, oldest first, at most `limit` (one query)."""
    rows = db.session.execute(
        select(Entry.seq, Entry.kind, Entry.subject_type, Entry.subject_id, Value.values)
        .outerjoin(Value, (Value.stream_id == Entry.stream_id) & (Value.seq == Entry.seq))
        .where(Entry.stream_id == stream_id, Entry.seq > since)
        .order_by(Entry.seq)
        .limit(limit)
    )
    return [Hint(seq, kind, type_, ident, _rev(values)) for seq, kind, type_, ident, values in rows]


def _rev(values: dict[str, Any] | None) -> int | None:
    rev = (values or {}).get("rev")
    return rev if isinstance(rev, int) else None
