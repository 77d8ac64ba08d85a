"""Jobs: queued with their data, done once, tried again, given up, given back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from app.jobs import actions, queries
from app.jobs.models import Job
from app.jobs.registry import Task, replaced
from app.jobs.worker import Worker
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.journal import Entry
from app.kernel.transaction import LiqaaFlask, transaction
from tests.jobs.conftest import MovedClock

KIND = "test.act"


@pytest.fixture
def runs() -> list[Any]:
    return []


@pytest.fixture(autouse=True)
def acts(app: LiqaaFlask, runs: list[Any]) -> Iterator[None]:
    """Handlers that leave a trace in the journal; `fail` in the payload makes them fail after it."""

    def act(task: Task) -> dict[str, Any]:
        runs.append(task.attempt)
        journal.record("test.happened", ("job", task.id), actor=SYSTEM, clock=task.clock)
        if task.payload.get("refuse"):
            raise Refusal("not_allowed")
        if task.attempt <= task.payload.get("fail", 0):
            raise RuntimeError("person@example.org")
        return {"attempt": task.attempt}

    def far(task: Task) -> None:
        task.progress(40, "half way")
        with task.finishing({"pid": os.getpid()}):
            journal.record("test.happened", ("job", task.id), actor=SYSTEM, clock=task.clock)
        if task.payload.get("die"):
            os._exit(9)

    with ExitStack() as stack:
        stack.enter_context(replaced(KIND, act, tries=3))
        stack.enter_context(replaced("test.heavy", far, heavy=True))
        stack.enter_context(replaced("test.dies", lambda task: os._exit(9), heavy=True, tries=2))
        yield


def _queue(kind: str = KIND, key: str | None = None, **payload: Any) -> str | None:
    with transaction():
        return actions.enqueue(kind, payload, key=key)


def _job(job_id: str | None) -> Job:
    with transaction(writes=False):
        job = queries.find_job(job_id or "")
        assert job is not None
        db.session.expunge(job)
        return job


def _happened() -> int:
    with transaction(writes=False):
        return db.session.scalar(select(func.count()).select_from(Entry).where(Entry.kind == "test.happened")) or 0


def test_job_queued_in_a_transaction_that_fails_is_not_there(clock: MovedClock) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        actions.enqueue(KIND, {})
        1 / 0  # noqa: B018
    assert Worker().drain() == 0


def test_job_of_an_unknown_kind_is_refused_when_queued(clock: MovedClock) -> None:
    with pytest.raises(LookupError, match="no handler"):
        _queue("test.nobody_does_this")


def test_job_queued_twice_with_one_key_runs_once(clock: MovedClock, runs: list[Any]) -> None:
    assert _queue(key="once") is not None
    assert _queue(key="once") is None
    assert Worker().drain() == 1
    assert runs == [1]


def test_job_done_keeps_its_result_and_what_it_wrote(clock: MovedClock) -> None:
    job_id = _queue()
    Worker().drain()
    job = _job(job_id)
    assert (job.state, job.result, job.progress, job.lease) == ("done", {"attempt": 1}, 100, None)
    assert _happened() == 1


def test_job_for_later_waits_for_its_hour(clock: MovedClock) -> None:
    with transaction():
        actions.enqueue(KIND, {}, run_at=clock.moment + timedelta(hours=2))
    assert Worker().drain() == 0
    clock.pass_(hours=2, seconds=1)
    assert Worker().drain() == 1


def test_job_that_fails_is_tried_again_after_a_growing_pause_and_writes_once(
    clock: MovedClock, runs: list[Any]
) -> None:
    job_id = _queue(fail=2)
    Worker().drain()
    first = _job(job_id)
    assert first.state == "waiting"
    assert timedelta(seconds=7) < first.run_at - clock.moment < timedelta(seconds=13)
    assert "RuntimeError at test_jobs.py" in first.error
    assert "example.org" not in first.error
    clock.moment = first.run_at
    Worker().drain()
    second = _job(job_id)
    assert timedelta(seconds=14) < second.run_at - clock.moment < timedelta(seconds=26)
    clock.moment = second.run_at
    Worker().drain()
    assert runs == [1, 2, 3]
    assert _job(job_id).state == "done"
    assert _happened() == 1


def test_job_that_always_fails_is_given_up_and_can_be_queued_again(clock: MovedClock, runs: list[Any]) -> None:
    job_id = _queue(fail=3)
    for _ in range(3):
        Worker().drain()
        clock.pass_(hours=1)
    assert _job(job_id).state == "failed"
    assert _happened() == 0
    with transaction():
        assert actions.retry(clock.moment) == 1
    Worker().drain()
    assert runs == [1, 2, 3, 1]


def test_job_refused_by_the_rules_is_not_tried_again(clock: MovedClock, runs: list[Any]) -> None:
    job_id = _queue(refuse=True)
    Worker().drain()
    clock.pass_(days=1)
    Worker().drain()
    assert (_job(job_id).state, _job(job_id).error, runs) == ("failed", "not_allowed", [1])


def test_job_claimed_by_a_worker_that_vanished_is_done_after_its_lease(clock: MovedClock, runs: list[Any]) -> None:
    job_id = _queue()
    with transaction():
        assert actions.claim(clock.moment, timedelta(seconds=60)) is not None
    assert Worker().drain() == 0
    clock.pass_(seconds=61)
    assert Worker().drain() == 1
    assert runs == [2]
    assert _job(job_id).state == "done"


def test_worker_believed_dead_keeps_nothing_when_it_comes_back(clock: MovedClock) -> None:
    _queue()
    slow = Worker()
    with transaction():
        held = actions.claim(clock.moment, timedelta(seconds=60))
    assert held is not None
    clock.pass_(seconds=61)
    Worker().drain()
    slow._run(held)
    assert _happened() == 1


def test_two_claims_never_give_the_same_job(clock: MovedClock) -> None:
    ids = {_queue() for _ in range(5)}
    taken = []
    for _ in range(6):
        with transaction():
            job = actions.claim(clock.moment, timedelta(seconds=60))
        taken.append(job.id if job else None)
    assert set(taken) == ids | {None}
    assert len(set(taken)) == 6


def test_heavy_job_runs_in_a_child_and_tells_its_progress(clock: MovedClock) -> None:
    job_id = _queue("test.heavy")
    Worker().drain()
    job = _job(job_id)
    assert job.state == "done"
    assert job.message == "half way"
    assert job.result is not None
    assert job.result["pid"] != os.getpid()
    assert _happened() == 1


def test_heavy_job_whose_child_dies_after_finishing_is_done_once(clock: MovedClock) -> None:
    job_id = _queue("test.heavy", die=True)
    Worker().drain()
    clock.pass_(hours=1)
    Worker().drain()
    assert _job(job_id).state == "done"
    assert _happened() == 1


def test_heavy_job_whose_child_always_dies_is_given_up(clock: MovedClock) -> None:
    job_id = _queue("test.dies")
    for _ in range(4):
        Worker().drain()
        clock.pass_(hours=1)
    assert _job(job_id).state == "failed"
    assert "ChildProcessError" in _job(job_id).error


def test_periodic_job_is_queued_once_a_window_by_two_workers(clock: MovedClock) -> None:
    clock.moment = clock.moment.replace(hour=1)
    for _ in range(2):
        Worker().queue_periods()
    clock.pass_(hours=20)
    Worker().queue_periods()
    count = select(func.count()).select_from(Job).where(Job.kind == "jobs.prune")
    with transaction(writes=False):
        assert db.session.scalar(count) == 1
    clock.pass_(hours=4)
    Worker().queue_periods()
    with transaction(writes=False):
        assert db.session.scalar(count) == 2


def test_done_jobs_are_forgotten_after_a_month_and_failed_ones_are_not(clock: MovedClock) -> None:
    done, failed = _queue(), _queue(refuse=True)
    Worker().drain()
    clock.pass_(days=31)
    with transaction():
        assert actions.prune(clock.moment - timedelta(days=30)) == 1
    with transaction(writes=False):
        assert queries.find_job(str(done)) is None
        assert queries.find_job(str(failed)) is not None


def test_idle_worker_takes_no_writers_lock(clock: MovedClock, engine: str) -> None:
    if engine == "postgresql":
        with transaction(writes=False):
            assert not actions.anything_due(clock.moment)
        return
    import sqlite3

    Worker().run_one()  # The connection is open and in WAL mode.
    other = sqlite3.connect(db.engine.url.database.removeprefix("file:").split("?")[0], timeout=0)  # type: ignore[union-attr]
    other.execute("BEGIN IMMEDIATE")
    try:
        assert Worker().run_one() is False
    finally:
        other.rollback()
        other.close()


def test_jobs_list_prints_counts_and_json(app: LiqaaFlask, clock: MovedClock) -> None:
    _queue(refuse=True)
    Worker().drain()
    shown = app.test_cli_runner().invoke(args=["jobs", "list"])
    assert "jobs: 1 failed" in shown.output
    assert "not_allowed" in shown.output
    assert app.test_cli_runner().invoke(args=["jobs", "list", "--json"]).output.startswith('{"jobs": {"failed": 1}')


def test_worker_asks_for_the_due_job_by_its_index(clock: MovedClock, engine: str) -> None:
    if engine == "sqlite":
        with transaction(writes=False):
            plan = db.session.execute(
                text("EXPLAIN QUERY PLAN SELECT id FROM job WHERE state = 'waiting' AND run_at < 'x'")
            )
            assert "ix_job_due" in str(plan.all())
