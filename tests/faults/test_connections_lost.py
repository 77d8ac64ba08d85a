"""PostgreSQL hangs up or takes nobody in: it is said honestly, and everything goes on by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.jobs import actions
from app.jobs.models import Job
from app.jobs.registry import Task, replaced
from app.jobs.worker import Worker
from app.kernel import journal
from app.kernel import transaction as transactions
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.journal import Entry
from app.kernel.transaction import LiqaaFlask, transaction
from app.live.tailer import Tailer
from app.meetings.models import Document, Meeting
from app.participants.models import Participant
from tests.client import Browser
from tests.faults.trouble import away, hang_up, hanging_up_at
from tests.participants.test_registration_pages import PAGE, said
from tests.world import World

ONLY_ON = "postgresql"
KIND = "test.act"
SEND = PAGE.format("ar") + "/send"
HOME = "/ar/meetings/agadir-2022/"


def _names() -> list[str]:
    with transaction(writes=False):
        return list(db.session.scalars(select(Participant.name_ar)))


def test_request_after_every_connection_was_ended_is_answered(browser: Browser) -> None:
    assert browser.get(HOME).status_code == 200
    assert hang_up() > 0
    assert browser.get(HOME).status_code == 200


def test_request_on_an_ended_connection_that_nobody_asked_first_is_a_503(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.engine.pool, "_pre_ping", False)
    assert browser.get(HOME).status_code == 200
    hang_up()
    assert browser.get(HOME).status_code == 503


@pytest.mark.parametrize("at", ["SELECT", "INSERT INTO participant", "UPDATE stream", "COMMIT"])
def test_write_whose_connection_is_ended_is_a_503_and_sent_again_is_done_once(browser: Browser, at: str) -> None:
    with hanging_up_at(at) as ended:
        answer = browser.post(SEND, said())
    assert (answer.status_code, answer.headers["Retry-After"], len(ended)) == (503, "5", 1)
    assert said()["name"] in answer.text
    assert _names() == []
    one, two = (browser.post(SEND, said()) for _ in range(2))
    assert (one.status_code, two.headers["Idempotent-Replay"]) == (303, "true")
    assert _names() == [said()["name"]]


@pytest.mark.parametrize(("key", "stored"), [("0190a0a0-0000-7000-8000-000000000002", 1), ("", 2)])
def test_write_whose_commit_nobody_heard_of_is_done_once_when_it_is_sent_again_with_its_key(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, key: str, stored: int
) -> None:
    """The second row is the twin: without a key the same document is there twice."""
    real, title = transactions._commit, "وثيقة تأطيرية"
    fields = {"kind": "strategic_plan", "title_ar": title, "lang": "ar", "visibility": "public", "sitting_id": "",
              "_key": key}  # fmt: skip

    def commit() -> None:
        real()
        raise OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection unexpectedly"))

    browser.sign_in("organiser")
    with monkeypatch.context() as patch:
        patch.setattr(transactions, "_commit", commit)
        assert browser.post("/ar/meetings/agadir-2022/manage/documents/new", fields).status_code == 503
    assert browser.post("/ar/meetings/agadir-2022/manage/documents/new", fields).status_code == 303
    with transaction(writes=False):
        assert db.session.scalar(select(func.count()).where(Document.title_ar == title)) == stored


def test_pages_while_the_server_takes_nobody_in_say_so_and_the_next_one_comes(browser: Browser) -> None:
    browser.sign_in("organiser")
    with away():
        for path in ("/ar/", "/fr" + HOME[3:], "/en" + HOME[3:] + "manage/", "/en/no-such-page"):
            assert browser.get(path).status_code == (404 if "no-such" in path else 503), path
        answer = browser.client.get("/api/v1/meetings/agadir-2022/hints", base_url="http://localhost")
        assert (answer.status_code, answer.json["error"]) == (503, "unavailable")
        assert browser.get("/readyz").json["checks"]["database"] == "unreachable"
    assert browser.get(HOME + "manage/").status_code == 200


@pytest.fixture
def told(world: World, clock: FixedClock) -> Any:
    """`told(tailer)`: an act happens now; the hints that whoever follows is told within ten seconds."""
    with transaction(writes=False):
        stream = journal.stream_of(db.session.get_one(Meeting, world.things["agadir"]))
        head = journal.heads(stream)[0]

    def ask(tailer: Tailer, seconds: float = 10.0) -> list[str]:
        with tailer.following(stream, head) as ring:
            tailer._broken()  # type: ignore[attr-defined]
            with transaction():
                meeting = db.session.get_one(Meeting, world.things["agadir"])
                journal.record("meeting.changed", meeting, actor=SYSTEM, clock=clock, meeting=meeting)
            return [hint.kind for hint in tailer.wait(ring, head, seconds)]

    return ask


class Watched(Tailer):
    """A tailer that reads often; `_broken` waits until it has found the server away, and lets the server come back."""

    failures = 0

    def _read(self, known: dict[str, int]) -> None:
        try:
            super()._read(known)
        except Exception:
            self.failures += 1
            with self.woken:
                self.woken.notify_all()
            raise

    def _broken(self) -> None:
        with away(), self.woken:
            assert self.woken.wait_for(lambda: self.failures > 0, timeout=10)


class Fragile(Watched):
    """The twin: one reading that fails is its last."""

    def _read(self, known: dict[str, int]) -> None:
        try:
            super()._read(known)
        except Exception:
            raise SystemExit from None


def test_tailer_goes_on_after_the_server_was_away(app: LiqaaFlask, told: Any) -> None:
    tailer = Watched(app, poll=0.02)
    assert told(tailer) == ["meeting.changed"]
    tailer.end()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_tailer_that_does_not_survive_a_failed_reading_tells_nothing(app: LiqaaFlask, told: Any) -> None:
    tailer = Fragile(app, poll=0.02)
    assert told(tailer, seconds=0.3) == []
    tailer.end()


class Time:
    """The worker's time: its pauses pass at once, and `then` happens in them."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self.then: Callable[[], None] = lambda: None

    @staticmethod
    def monotonic() -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.then()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    passing = Time()
    monkeypatch.setattr("app.jobs.worker.time", passing)
    monkeypatch.setattr("app.jobs.worker.signal.signal", lambda *_: None)
    return passing


def _queue(worker: Worker) -> str:
    with transaction():
        ident = actions.enqueue(KIND, {}, run_at=worker.clock().real_now())
    assert ident is not None
    return ident


def test_worker_whose_connection_is_ended_in_the_midst_of_a_job_does_it_once_at_the_second_try(
    app: LiqaaFlask, clock: FixedClock
) -> None:
    worker, tries = Worker(lambda: clock), []

    def act(task: Task) -> None:
        tries.append(task.attempt)
        journal.record("test.happened", ("job", task.id), actor=SYSTEM, clock=task.clock)
        if len(tries) == 1:
            hang_up()

    with replaced(KIND, act, tries=3):
        ident = _queue(worker)
        assert worker.run_one()
        with transaction():
            db.session.get_one(Job, ident).run_at = clock.real_now()
        assert worker.run_one()
    with transaction(writes=False):
        assert db.session.scalar(select(func.count()).where(Entry.kind == "test.happened")) == 1
        assert db.session.get_one(Job, ident).state == "done"
    assert tries == [1, 2]


def test_worker_goes_on_by_itself_once_the_server_is_back(app: LiqaaFlask, time: Time) -> None:
    worker, done = Worker(), []

    def act(task: Task) -> None:
        done.append(task.id)
        worker.stop()

    with replaced(KIND, act), ExitStack() as gone:
        ident = _queue(worker)
        gone.enter_context(away())
        time.then = gone.close
        worker.run_forever()
    assert (done, time.pauses) == ([ident], [2])


def test_worker_that_lets_an_error_out_ends_with_the_first(
    app: LiqaaFlask, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.worker.log.error", lambda *_, **__: sys.exit(1))
    with away(), pytest.raises(SystemExit):
        Worker().run_forever()
    assert time.pauses == []
