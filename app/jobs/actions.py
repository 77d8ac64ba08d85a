"""Jobs are queued, claimed, renewed, finished and given back here; each act is one statement that only one can win."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from app.jobs.models import Job, OutboxMail
from app.jobs.registry import HANDLERS, PERIODS
from app.jobs.states import JobState, MailState, pause_after
from app.kernel.clock import current_clock
from app.kernel.database import db, new_id, once


class LeaseLost(Exception):
    """Somebody else took the job over meanwhile; nothing of this run may be kept."""


def enqueue(
    kind: str, payload: Mapping[str, Any], *, key: str | None = None, run_at: datetime | None = None
) -> str | None:
    """Queue a job in the transaction of the data it belongs to, and give its id.

    With a `key` that was used before nothing happens and None is given back, so that an act repeated queues once.
    `run_at` is a real moment (at once by default). Jobs run on the real clock, never on a demonstration's.
    """
    if kind not in HANDLERS:
        raise LookupError(f"no handler does {kind}: declare it in the handlers of its room")
    now = current_clock().real_now()
    row = {
        "id": new_id(), "kind": kind, "payload": dict(payload), "key": key, "state": JobState.WAITING, "attempts": 0,
        "created_at": now, "run_at": run_at or now, "progress": 0, "message": "", "error": "",
    }  # fmt: skip
    # Without a key nothing can be taken: NULL is never the same as another.
    return once(Job, row, "id", unique=("key",))


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = and_(Job.state == JobState.WAITING, Job.run_at <= now)
    # Whoever held it was killed: its lease ran out without a word.
    abandoned = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
    return or_(waiting, abandoned)


def anything_due(now: datetime) -> bool:
    """Whether a job waits for a worker (a read, so that an idle worker never takes the writer's lock)."""
    return db.session.scalar(select(Job.id).where(_due(now)).limit(1)) is not None


def claim(now: datetime, lease: timedelta) -> Job | None:
    """Take the oldest due job for as long as the lease, or None; two workers never get the same one."""
    oldest = select(Job.id).where(_due(now)).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
    take = (
        update(Job)
        .where(Job.id == oldest.scalar_subquery())
        .values(state=JobState.RUNNING, attempts=Job.attempts + 1, lease=new_id(), lease_until=now + lease)
        .returning(Job)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    job = db.session.scalar(take)
    if job is not None:
        db.session.expunge(job)
    return job


def _held(job_id: str, lease: str) -> ColumnElement[bool]:
    return and_(Job.id == job_id, Job.lease == lease, Job.state == JobState.RUNNING)


def _change(job_id: str, ticket: str, **values: Any) -> None:
    held = update(Job).where(_held(job_id, ticket)).values(**values).execution_options(synchronize_session=False)
    if db.session.execute(held).rowcount != 1:  # type: ignore[attr-defined]
        raise LeaseLost(job_id)


def renew(job_id: str, lease: str, until: datetime) -> None:
    """Keep a job for longer; raises `LeaseLost` when it is somebody else's by now."""
    _change(job_id, lease, lease_until=until)


def tell_progress(job_id: str, lease: str, percent: int, message: str) -> None:
    """Write how far a job is, for the page that waits for it."""
    _change(job_id, lease, progress=max(0, min(100, percent)), message=message[:200])


def finish(job_id: str, lease: str, now: datetime, result: dict[str, Any] | None) -> None:
    """Mark a job done, in the transaction of its last writes; raises `LeaseLost` so that these are not kept twice."""
    _change(
        job_id, lease, state=JobState.DONE, result=result, progress=100, lease=None, lease_until=None, error="",
        finished_at=now,
    )  # fmt: skip


def postpone(job_id: str, lease: str, now: datetime, attempts: int, error: str) -> None:
    """Put a job back after a failure, to be tried again after a pause that grows."""
    later = now + pause_after(attempts)
    _change(job_id, lease, state=JobState.WAITING, run_at=later, lease=None, lease_until=None, error=error[:1000])


def give_up(job_id: str, lease: str, now: datetime, error: str) -> None:
    """Mark a job failed for good; `flask jobs list` shows it and `flask jobs retry` queues it again."""
    _change(job_id, lease, state=JobState.FAILED, lease=None, lease_until=None, error=error[:1000], finished_at=now)


def give_back(job_id: str, lease: str) -> None:
    """Let a job go untried: the worker was asked to stop."""
    _change(job_id, lease, state=JobState.WAITING, lease=None, lease_until=None, attempts=Job.attempts - 1)


def retry(now: datetime, job_id: str | None = None) -> int:
    """Queue failed jobs again (one, or all); how many."""
    failed = Job.state == JobState.FAILED
    chosen = failed if job_id is None else and_(failed, Job.id == job_id)
    again = update(Job).where(chosen).values(state=JobState.WAITING, run_at=now, attempts=0, finished_at=None)
    return int(db.session.execute(again.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


def enqueue_periods(now: datetime) -> None:
    """Queue what comes back by itself; the key is the window, so that many workers queue it once."""
    for period in PERIODS.values():
        window = int(now.timestamp() // period.every.total_seconds())
        enqueue(period.kind, {}, key=f"{period.kind}@{window}")


def prune(before: datetime) -> int:
    """Forget jobs that were done before a moment; mails stay, for they are part of what happened."""
    done = delete(Job).where(Job.state == JobState.DONE, Job.finished_at < before)
    return int(db.session.execute(done.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


def erase_mails(*, to: str | None = None, ids: list[str] | None = None) -> int:
    """Delete what the outbox holds of a person (law 09-08): by address, or by the mails' ids; how many.

    What has not left yet is not sent any more.
    """
    chosen = OutboxMail.to == to if to is not None else OutboxMail.id.in_(ids or [])
    return int(db.session.execute(delete(OutboxMail).where(chosen)).rowcount)  # type: ignore[attr-defined]


def cancel_mail(key: str) -> bool:
    """Withdraw a mail that has not left yet; whether there was one."""
    waiting = delete(OutboxMail).where(OutboxMail.key == key, OutboxMail.state == MailState.WAITING)
    return bool(db.session.execute(waiting).rowcount)  # type: ignore[attr-defined]
