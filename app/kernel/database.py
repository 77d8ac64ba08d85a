"""The database: one session a request, the same column types and named constraints on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, String, Text, bindparam, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.pool import Pool
from sqlalchemy.types import TypeDecorator

from app.kernel import pool, turns

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# FULL, not NORMAL: with NORMAL a power loss takes acknowledged commits away.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-2000")


class Moment(TypeDecorator[datetime]):
    """A point in time: aware UTC in Python, never a wall time (those are stored with their zone id)."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not a moment")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A small document as text, written alike on both engines (sorted keys, no escapes)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


Id = String(36)


_last_tick = 0
_tick_lock = threading.Lock()


def _next_tick() -> int:
    """Milliseconds and their 4096th parts; never the same twice in a process, and never going back."""
    global _last_tick  # The clock of the ids is one for the whole process.
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    with _tick_lock:
        _last_tick = max(milliseconds << 12 | (rest << 12) // 1_000_000, _last_tick + 1)
        return _last_tick


def new_id() -> str:
    """A UUIDv7 (RFC 9562, method 3): those of one process sort in the order they were made."""
    milliseconds, part = divmod(_next_tick(), 1 << 12)
    value = (milliseconds << 80) | (0x7 << 76) | (part << 64) | (0b10 << 62) | secrets.randbits(62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Base(DeclarativeBase):
    """Every table: named constraints, so that a broken one can become a sentence at its field."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Moment, dict[str, Any]: Json, list[Any]: Json, list[str]: Json},
    )


class Keyed:
    """A table whose rows carry an id of their own (UUIDv7)."""

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def init_app(app: Flask, database_url: str) -> None:
    """Connect the app to its database; SQLite is opened without ever creating the file."""
    if database_url.startswith("sqlite:"):
        path = database_url.removeprefix("sqlite:///")
        database_url = f"sqlite:///file:{path}?mode=rw&uri=true"
        options: dict[str, Any] = {
            "connect_args": {"timeout": 15, "check_same_thread": False}, "poolclass": pool.SidedPool,
        }  # fmt: skip
    else:
        options = {"pool_pre_ping": True, "pool_size": 40, "max_overflow": 20}
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    # An error would otherwise quote the values of its statement, and with them addresses, in the log.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options | {"hide_parameters": True}
    db.init_app(app)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # The BEGIN below is the only one.
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Begin as the request said: a writer takes its lock at once, a reader cannot write by mistake."""
    if connection.dialect.name != "sqlite":
        return
    mode = connection.get_execution_options().get("liqaa_mode")
    side = pool.READS if mode == "read" else pool.WRITES
    if connection.info.get(pool.SIDE, pool.WRITES) != side:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if side == pool.READS else 'OFF'}")
        connection.info[pool.SIDE] = side
    connection.exec_driver_sql("BEGIN IMMEDIATE" if mode == "write" else "BEGIN")


@event.listens_for(Pool, "checkin")
def _end(_connection: Any, record: Any) -> None:
    """The transaction is over and its connection back in the pool: the next writer may go on."""
    turns.give(record.info)


def begin(mode: str) -> None:
    """Open the session's one connection to `read` or `write`, before anything is loaded."""
    options: dict[str, Any] = {"liqaa_mode": mode}
    if engine_name() == "postgresql":
        if mode == "read":
            options["postgresql_readonly"] = True
        db.session.connection(execution_options=options)
        return
    # A connection that is open already has its turn.
    turn = turns.take(_file()) if mode == "write" and not db.session().in_transaction() else None
    token = pool.wanted.set(pool.READS if mode == "read" else pool.WRITES)
    try:
        info = db.session.connection(execution_options=options).info
    except BaseException:
        if turn is not None:
            turn.give()
        raise
    finally:
        pool.wanted.reset(token)
    if turn is not None:
        turns.note(turn, info)


def _file() -> str:
    return str(db.engine.url.database).removeprefix("file:").split("?")[0]


def engine_name() -> str:
    """`sqlite` or `postgresql`."""
    return str(db.engine.dialect.name)


@cache
def _insert_once(table: Any, names: tuple[str, ...], key: str, unique: tuple[str, ...], engine: str) -> Any:
    into = postgresql.insert if engine == "postgresql" else sqlite.insert
    made = into(table).values({name: bindparam(name) for name in names})
    return made.on_conflict_do_nothing(index_elements=list(unique)).returning(table.c[key])


def once(table: type[Base], values: dict[str, Any], key: str, *, unique: tuple[str, ...] = ()) -> Any | None:
    """Insert a row unless one of the same key is there; gives its key, or None when it was there before.

    `unique` names the columns that may be taken, when they are not the key. Nothing waiting in the session is flushed.
    """
    statement = _insert_once(table.__table__, tuple(values), key, unique or (key,), engine_name())
    return db.session.connection().execute(statement, values).scalar()
