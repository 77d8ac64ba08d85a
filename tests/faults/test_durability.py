"""Power loss: every connection to SQLite waits for the disk at a commit, whoever opened it and for what."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text

from app import schema
from app.jobs import actions
from app.jobs.models import Job
from app.jobs.registry import Task, replaced
from app.jobs.worker import Worker
from app.kernel import database, journal
from app.kernel.access import SYSTEM
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from app.live.tailer import Tailer
from app.meetings.models import Meeting
from tests.client import Browser
from tests.operations.conftest import MakeInstallation, make_installation
from tests.participants.test_registration_pages import PAGE, said
from tests.world import World

__all__ = ["make_installation"]
ONLY_ON = "sqlite"
FULL = 2
"""What `PRAGMA synchronous` answers for FULL; with NORMAL, 1, a power loss takes acknowledged commits away."""


@pytest.fixture
def seen(app: LiqaaFlask) -> Iterator[set[tuple[str, int, str, int]]]:
    """Thread, `synchronous`, `journal_mode` and `foreign_keys` of every connection on which something begins."""
    found: set[tuple[str, int, str, int]] = set()

    def ask(connection: Any) -> None:
        cursor = connection.connection.cursor()
        told = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode", "foreign_keys")
        ]
        found.add((threading.current_thread().name, *told))

    db.engine.dispose()  # What the test asks about is opened anew.
    event.listen(Engine, "begin", ask)
    yield found
    event.remove(Engine, "begin", ask)


def _request(app: LiqaaFlask, world: World) -> None:
    assert Browser(app, world).post(PAGE.format("ar") + "/send", said()).status_code == 303


def _in_a_thread(app: LiqaaFlask, world: World) -> None:
    thread = threading.Thread(target=_request, args=(app, world), name="thread of a server")
    thread.start()
    thread.join()


def _job(app: LiqaaFlask, world: World, *, heavy: bool = False) -> None:
    def ask(task: Task) -> None:
        told: dict[str, Any] = {}
        with task.finishing(told):  # What it told is written with the transaction that was asked.
            told.update(db.session.execute(text("PRAGMA synchronous")).mappings().one())

    with replaced("test.ask", ask, heavy=heavy, outside=True):
        with transaction():
            ident = actions.enqueue("test.ask", {})
        assert Worker().run_one()
    with transaction(writes=False):
        assert db.session.scalars(select(Job.result).where(Job.id == ident)).one() == {"synchronous": FULL}


def _heavy_job(app: LiqaaFlask, world: World) -> None:
    _job(app, world, heavy=True)


def _tailer(app: LiqaaFlask, world: World) -> None:
    with transaction(writes=False):
        stream = journal.stream_of(db.session.get_one(Meeting, world.things["agadir"]))
        head = journal.heads(stream)[0]
    tailer = Tailer(app, poll=0.01)
    with tailer.following(stream, head) as ring:
        with transaction():
            meeting = db.session.get_one(Meeting, world.things["agadir"])
            journal.record("meeting.changed", meeting, actor=SYSTEM, clock=Clock(), meeting=meeting)
        assert tailer.wait(ring, head, 10.0)
    tailer.end()


def _command(app: LiqaaFlask, world: World) -> None:
    assert app.test_cli_runner().invoke(args=["journal", "verify"]).exit_code == 0


KINDS: dict[str, Callable[[LiqaaFlask, World], None]] = {
    "request": _request, "request of another thread": _in_a_thread, "job": _job, "job in a child": _heavy_job,
    "tailer": _tailer, "command": _command,
}  # fmt: skip
THREADS = {"request of another thread": "thread of a server", "tailer": "liqaa-tailer"}


@pytest.mark.parametrize("kind", KINDS)
def test_connection_waits_for_the_disk_at_a_commit(
    app: LiqaaFlask, world: World, seen: set[tuple[str, int, str, int]], kind: str
) -> None:
    KINDS[kind](app, world)
    assert THREADS.get(kind, threading.current_thread().name) in {one[0] for one in seen}
    assert {one[1:] for one in seen} == {(FULL, "wal", 1)}


def test_migrations_wait_for_the_disk_at_a_commit(
    make_installation: MakeInstallation, seen: set[tuple[str, int, str, int]]
) -> None:
    with make_installation("a").app_context():
        schema.create()
    assert {one[1:] for one in seen} == {(FULL, "wal", 1)}


@pytest.mark.parametrize("missing", ["synchronous=NORMAL", "synchronous=OFF"])
def test_connection_that_does_not_wait_is_seen(
    app: LiqaaFlask, world: World, seen: set[tuple[str, int, str, int]], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    weaker = tuple(missing if one.startswith("synchronous") else one for one in database.PRAGMAS)
    monkeypatch.setattr(database, "PRAGMAS", weaker)
    _request(app, world)
    db.engine.dispose()
    assert {one[1:] for one in seen} != {(FULL, "wal", 1)}
