"""One journal: history, audit trail, event stream, ETag of public pages, and the facts later rooms react to.

Every act records one entry in the stream of its meeting (or of the installation). `record` only buffers; the
transaction writes the entries last, taking each stream's row with `UPDATE ... RETURNING` in id order, so that the
order of commits is the order of `seq` on both engines. Entries are hash-chained (07-protocols section 6); their
values live beside the chain with a salt and may be erased without breaking it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import ForeignKey, Index, Integer, String, bindparam, delete, insert, or_, select, tuple_, update
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.access import Actor
from app.kernel.clock import Clock, stamp
from app.kernel.database import Base, Json, db, new_id, once

INSTALLATION = "installation"
START = "0" * 64


class Stream(Base):
    """The head of one chain; `public_seq` is the last change that the public may see."""

    __tablename__ = "stream"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, default=0)
    public_seq: Mapped[int] = mapped_column(Integer, default=0)
    hash: Mapped[str] = mapped_column(String(64), default=START)


class Entry(Base):
    """One act, as 07-protocols section 6 writes it."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject_type", "subject_id"),)

    stream_id: Mapped[str] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String(32))
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(80))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(60))
    fields: Mapped[list[str]] = mapped_column(Json)
    public: Mapped[bool] = mapped_column(default=False)
    values_hash: Mapped[str] = mapped_column(String(64))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def document(self) -> dict[str, Any]:
        """The entry as the contract shows it, without its own hash."""
        return document_of({name: getattr(self, name) for name in _TOLD})


_TOLD = (
    "stream_id", "seq", "at", "actor_kind", "actor_id", "kind", "subject_type", "subject_id", "fields", "values_hash",
    "prev_hash",
)  # fmt: skip


def document_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an entry as the contract shows them, without its own hash."""
    return {
        "stream": row["stream_id"],
        "seq": row["seq"],
        "at": row["at"],
        "actor": {"kind": row["actor_kind"], "id": row["actor_id"]},
        "kind": row["kind"],
        "subject": {"type": row["subject_type"], "id": row["subject_id"]},
        "fields": list(row["fields"]),
        "values_hash": row["values_hash"],
        "prev_hash": row["prev_hash"],
    }


class Value(Base):
    """What an entry said, erasable: the entry keeps only the salted hash."""

    __tablename__ = "journal_value"

    stream_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    actor_label: Mapped[str] = mapped_column(String(200), default="")
    values: Mapped[dict[str, Any]] = mapped_column(Json)


class Touched(Base):
    """The further things an act touched (an import, 103 commitments): one entry, many histories."""

    __tablename__ = "journal_touched"
    __table_args__ = (Index("ix_journal_touched_subject", "subject_type", "subject_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    stream_id: Mapped[str] = mapped_column(String(60))
    seq: Mapped[int] = mapped_column(Integer)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(60))


@dataclass(frozen=True)
class Fact:
    """An act while it happens, as listeners of later rooms see it (inside the same transaction)."""

    kind: str
    subject: Any
    actor: Actor
    clock: Clock
    stream: str
    fields: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    ids: tuple[str, ...] = ()


Listener = Callable[[Fact], None]
_listeners: dict[str, list[Listener]] = {}


def listen(kind: str, listener: Listener) -> None:
    """Call `listener` whenever an act of this kind is recorded, before the transaction ends."""
    known = _listeners.setdefault(kind, [])
    if listener not in known:
        known.append(listener)


def stream_of(meeting: Any | None) -> str:
    """The stream of a meeting, or of the installation when there is none."""
    return f"meeting:{meeting.id}" if meeting is not None else INSTALLATION


def subject_of(thing: Any) -> tuple[str, str]:
    """Type and id of a subject: a row, or a pair of them."""
    return thing if isinstance(thing, tuple) else (thing.__tablename__, thing.id)


def record(
    kind: str,
    subject: Any,
    *,
    actor: Actor,
    clock: Clock,
    meeting: Any | None = None,
    fields: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
    public: bool = False,
    ids: Iterable[str] = (),
) -> None:
    """Record one act: buffered until the commit, told at once to the listeners of its kind.

    `values` hold what a reader of the history needs (JSON only); `public` says that public pages change by it; `ids`
    are further subjects of the same type.
    """
    fact = Fact(kind, subject, actor, clock, stream_of(meeting), tuple(fields), dict(values or {}), public, tuple(ids))
    db.session.flush()  # Listeners and the history need the ids of new rows.
    db.session.info.setdefault("journal", []).append((fact, clock.now()))
    for listener in _listeners.get(kind, []):
        listener(fact)


def write_entries() -> None:
    """Write what was recorded; called by the transaction as its last act before the commit."""
    buffered: list[tuple[Fact, datetime]] = db.session.info.pop("journal", [])
    for stream_id in sorted({fact.stream for fact, _ in buffered}):
        _append(stream_id, [(fact, at) for fact, at in buffered if fact.stream == stream_id])


def position(meeting: Any | None) -> int:
    """The `seq` that the last entry of this transaction will have in the stream, for answers that name it.

    Takes the stream's row until the commit: ask as the last act of a request.
    """
    stream_id = stream_of(meeting)
    take = update(Stream).where(Stream.id == stream_id).values(seq=Stream.seq).returning(Stream.seq)
    seq = db.session.execute(take).scalar()
    if seq is None:
        _open_stream(stream_id)
        seq = db.session.execute(take).scalar_one()
    buffered: list[tuple[Fact, datetime]] = db.session.info.get("journal", [])
    return int(seq) + sum(fact.stream == stream_id for fact, _at in buffered)


def forget_entries() -> None:
    """Drop what was recorded in a transaction that is rolled back."""
    db.session.info.pop("journal", None)


# Every writing request ends with these; built once and run without the unit of work, they cost a third of the time.
_STREAM: Any = Stream.__table__
_TAKE = (
    update(_STREAM)
    .where(_STREAM.c.id == bindparam("stream"))
    .values(seq=_STREAM.c.seq + bindparam("more"))
    .returning(_STREAM.c.seq, _STREAM.c.hash, _STREAM.c.public_seq)
)
_PUT = (
    update(_STREAM)
    .where(_STREAM.c.id == bindparam("stream"))
    .values(hash=bindparam("head"), public_seq=bindparam("public"))
)
_ENTRIES, _VALUES, _TOUCHED = (insert(table.__table__) for table in (Entry, Value, Touched))  # type: ignore[arg-type]


def _append(stream_id: str, facts: list[tuple[Fact, datetime]]) -> None:
    connection = db.session.connection()
    asked = {"stream": stream_id, "more": len(facts)}
    row = connection.execute(_TAKE, asked).first()
    if row is None:
        _open_stream(stream_id)
        row = connection.execute(_TAKE, asked).one()
    seq, head, public_seq = row[0] - len(facts), row[1], row[2]
    entries, values, touched = [], [], []
    for fact, at in facts:
        seq += 1
        entry, value = _entry(stream_id, seq, head, fact, at)
        head = entry["hash"]
        public_seq = seq if fact.public else public_seq
        entries.append(entry)
        values.append(value)
        kind = subject_of(fact.subject)[0]
        touched += [
            {"id": new_id(), "stream_id": stream_id, "seq": seq, "subject_type": kind, "subject_id": one}
            for one in fact.ids
        ]
    connection.execute(_ENTRIES, entries)
    connection.execute(_VALUES, values)
    if touched:
        connection.execute(_TOUCHED, touched)
    connection.execute(_PUT, {"stream": stream_id, "head": head, "public": public_seq})


def _open_stream(stream_id: str) -> None:
    once(Stream, {"id": stream_id, "seq": 0, "public_seq": 0, "hash": START}, "id")


def _entry(stream_id: str, seq: int, head: str, fact: Fact, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    salt = secrets.token_hex(16)
    kind, ident = subject_of(fact.subject)
    values = dict(fact.values) | ({"ids": list(fact.ids)} if fact.ids else {})
    row = {
        "stream_id": stream_id, "seq": seq, "at": stamp(at), "actor_kind": fact.actor.kind, "actor_id": fact.actor.id,
        "kind": fact.kind, "subject_type": kind, "subject_id": ident, "fields": list(fact.fields),
        "public": fact.public, "values_hash": values_hash(salt, values), "prev_hash": head,
    }  # fmt: skip
    row["hash"] = entry_hash(document_of(row))
    value = {"stream_id": stream_id, "seq": seq, "salt": salt, "actor_label": fact.actor.label[:200], "values": values}
    return row, value


def entry_hash(document: Mapping[str, Any]) -> str:
    """sha256(prev_hash + canonical JSON (RFC 8785) of every other member but hash)."""
    rest = {key: value for key, value in document.items() if key not in {"hash", "prev_hash"}}
    return hashlib.sha256(str(document["prev_hash"]).encode() + rfc8785.dumps(rest)).hexdigest()


def values_hash(salt: str, values: Mapping[str, Any]) -> str:
    """sha256(salt + canonical JSON of the values), which is all that the chain keeps of them."""
    return hashlib.sha256(salt.encode() + rfc8785.dumps(dict(values))).hexdigest()


@dataclass(frozen=True)
class Finding:
    """The first thing that does not fit in a stream."""

    stream: str
    seq: int
    reason: str


def verify() -> tuple[list[dict[str, Any]], list[Finding]]:
    """Walk every chain: heads and counts of the streams, and the first misfit of each."""
    streams, findings = [], []
    for stream in db.session.scalars(select(Stream).order_by(Stream.id)):
        finding = _misfit(stream)
        findings += [finding] if finding else []
        streams.append({"stream": stream.id, "entries": stream.seq, "head": stream.hash})
    return streams, findings


def _misfit(stream: Stream) -> Finding | None:
    head, expected = START, 0
    values = {row.seq: row for row in db.session.scalars(select(Value).where(Value.stream_id == stream.id))}
    for entry in db.session.scalars(select(Entry).where(Entry.stream_id == stream.id).order_by(Entry.seq)):
        expected += 1
        if entry.seq != expected:
            return Finding(stream.id, expected, "is missing")
        if reason := _damage(entry, head, values.get(entry.seq)):
            return Finding(stream.id, entry.seq, reason)
        head = entry.hash
    if expected < stream.seq:
        return Finding(stream.id, expected + 1, "is missing")
    if expected > stream.seq:
        return Finding(stream.id, stream.seq + 1, "is after the head of its stream")
    return None if head == stream.hash else Finding(stream.id, expected, "is not the head of its stream")


def _damage(entry: Entry, head: str, value: Value | None) -> str:
    if entry.prev_hash != head:
        return "does not follow the entry before it"
    if entry_hash(entry.document()) != entry.hash:
        return "altered"
    if value is not None and values_hash(value.salt, value.values) != entry.values_hash:
        return "its values were altered"
    return ""


@dataclass(frozen=True)
class Line:
    """One line of a history, for people; `values` are empty once erased."""

    stream: str
    seq: int
    at: datetime
    actor_kind: str
    actor_label: str
    kind: str
    subject_type: str
    subject_id: str
    fields: list[str]
    values: dict[str, Any]


def history(subject_type: str, subject_id: str, *, limit: int = 100) -> list[Line]:
    """What happened to one thing, newest first (one query)."""
    touched = select(Touched.stream_id, Touched.seq).where(
        Touched.subject_type == subject_type, Touched.subject_id == subject_id
    )
    own = (Entry.subject_type == subject_type) & (Entry.subject_id == subject_id)
    return _lines(or_(own, tuple_(Entry.stream_id, Entry.seq).in_(touched)), limit)


def latest(meeting: Any | None, *, since: int = 0, before: int | None = None, limit: int = 50) -> list[Line]:
    """The last acts in a stream, newest first (one query); those after `since` and before `before`."""
    within = (Entry.stream_id == stream_of(meeting)) & (Entry.seq > since)
    return _lines(within & (Entry.seq < before) if before else within, limit)


def _lines(condition: Any, limit: int) -> list[Line]:
    rows = db.session.execute(
        select(Entry, Value)
        .outerjoin(Value, (Value.stream_id == Entry.stream_id) & (Value.seq == Entry.seq))
        .where(condition)
        .order_by(Entry.at.desc(), Entry.seq.desc())
        .limit(limit)
    )
    return [
        Line(
            entry.stream_id, entry.seq, datetime.fromisoformat(entry.at), entry.actor_kind,
            value.actor_label if value else "", entry.kind, entry.subject_type, entry.subject_id, list(entry.fields),
            dict(value.values) if value else {},
        )
        for entry, value in rows
    ]  # fmt: skip


def erase_values(subject_type: str, subject_ids: Iterable[str]) -> int:
    """Delete what the entries of these subjects said (law 09-08); the chain still verifies."""
    ids = list(subject_ids)
    own = select(Entry.stream_id, Entry.seq).where(Entry.subject_type == subject_type, Entry.subject_id.in_(ids))
    gone = 0
    for stream_id, seq in db.session.execute(own).all():
        gone += db.session.execute(delete(Value).where(Value.stream_id == stream_id, Value.seq == seq)).rowcount  # type: ignore[attr-defined]
    return gone


_HEADS = select(_STREAM.c.id, _STREAM.c.seq, _STREAM.c.public_seq).where(
    or_(_STREAM.c.id == bindparam("one"), _STREAM.c.id == bindparam("other"))
)


def heads(stream_id: str) -> tuple[int, int]:
    """`seq` and `public_seq` of a stream; (0, 0) before its first entry."""
    return heads_of(stream_id, stream_id).get(stream_id, (0, 0))


def heads_of(one: str, other: str) -> dict[str, tuple[int, int]]:
    """The heads of two streams by name, as `heads` gives them; a stream without entries is left out (one query)."""
    rows = db.session.connection().execute(_HEADS, {"one": one, "other": other})
    return {row[0]: (row[1], row[2]) for row in rows}
