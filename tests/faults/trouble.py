"""Trouble that comes and goes: a disk without room, and a PostgreSQL that hangs up or takes nobody in."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text

from app.kernel.database import db, engine_name
from app.kernel.transaction import transaction

# What PostgreSQL answers when a file cannot grow; raised by a trigger, for no test may fill the disk of its server.
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON journal_entry EXECUTE FUNCTION no_room();
CREATE TRIGGER no_room BEFORE INSERT ON capture_operation EXECUTE FUNCTION no_room();
"""
NO_LIMIT = 4294967294


@contextmanager
def full_disk() -> Iterator[None]:
    """While it lasts the database cannot grow."""
    if engine_name() == "postgresql":
        with transaction():
            db.session.execute(text(FULL))
        try:
            yield
        finally:
            with transaction():
                db.session.execute(text("DROP FUNCTION no_room CASCADE"))
        return
    with transaction(writes=False):
        pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
    limited: list[Any] = []

    def limit(connection: Any, *_more: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")
        limited.append(connection)

    event.listen(db.engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", limit)
        for connection in limited:  # The same connections go on, as they do when there is room on a disk again.
            connection.execute(f"PRAGMA max_page_count={NO_LIMIT}")


@contextmanager
def full_uploads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While it lasts the folder of uploads takes in half a file at most."""

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("app.kernel.files.os.fsync", refuse)
        yield


def _administrator() -> Any:
    """A connection to another database of the same server, which is none of the app's own."""
    url = db.engine.url.set(drivername="postgresql", database="postgres")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def hang_up() -> int:
    """End every connection of the app, as a restart does; how many there were."""
    with _administrator() as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [db.engine.url.database]
        )
        return len(ended.fetchall())


@contextmanager
def away() -> Iterator[None]:
    """While it lasts the server takes nobody in."""
    name = db.engine.url.database
    with _administrator() as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        hang_up()
        try:
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextmanager
def hanging_up_at(beginning: str) -> Iterator[list[int]]:
    """The first statement that begins so finds its connection gone; what is yielded says how many were ended."""
    ended: list[int] = []

    def cut(_connection: Any, _cursor: Any = None, statement: str = "COMMIT", *_more: Any) -> None:
        if not ended and statement.startswith(beginning):
            ended.append(hang_up())

    moment = "commit" if beginning == "COMMIT" else "before_cursor_execute"
    event.listen(db.engine, moment, cut)
    try:
        yield ended
    finally:
        event.remove(db.engine, moment, cut)
