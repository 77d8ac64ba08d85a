"""The worker: claims one job after the other and runs it so that what it writes is written exactly once.

Work inside a transaction commits together with "done". Work outside one closes with `Task.finishing()`. Either way the
last statement asks for the lease, so a worker that was believed dead and comes back keeps nothing. Heavy work runs in
a forked child whose lease the parent renews; its memory goes back to the machine when it ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from app.jobs import actions
from app.jobs.models import Job
from app.jobs.registry import HANDLERS, Handler
from app.jobs.states import LEASE
from app.kernel.clock import Clock, current_clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import transaction

POLL = 0.3
PERIODS_EVERY = 60.0
log = structlog.get_logger("liqaa.jobs")


@dataclass
class Run:
    """One run of a claimed job; what handlers know as their `Task`."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempt: int
    clock: Clock
    lease: str
    finished: bool = False

    def progress(self, percent: int, message: str = "") -> None:
        """Say how far the work is, in a transaction of its own."""
        with transaction():
            actions.tell_progress(self.id, self.lease, percent, message)

    @contextmanager
    def finishing(self, result: dict[str, Any] | None = None) -> Iterator[None]:
        """The last transaction: what is written in it and "done" are committed together, or neither is."""
        with transaction():
            yield
            actions.finish(self.id, self.lease, self.clock.real_now(), result)
        self.finished = True


class Worker:
    """One process that does jobs; any number of them may run on any number of machines."""

    def __init__(self, clock: Callable[[], Clock] = current_clock, lease: timedelta = LEASE) -> None:
        self.clock = clock
        self.lease = lease
        self.stopping = False
        self.child: int | None = None

    def stop(self, *_signal: object) -> None:
        """Finish the job at hand, then end; a heavy one is given back for another worker."""
        self.stopping = True
        if self.child is not None:
            os.kill(self.child, signal.SIGKILL)

    def run_forever(self) -> None:
        """Work until told to stop; queue the periodic jobs once a minute."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        periods_at = 0.0
        while not self.stopping:
            try:
                if time.monotonic() >= periods_at:
                    self.queue_periods()
                    periods_at = time.monotonic() + PERIODS_EVERY
                worked = self.run_one()
            except Exception as error:
                # The database may be restarting: keep asking, more slowly.
                log.error("the jobs table cannot be reached", error=type(error).__name__)
                db.session.remove()
                db.engine.dispose()
                time.sleep(2)
                continue
            if not worked:
                time.sleep(POLL)

    def queue_periods(self) -> None:
        """Queue what comes back by itself."""
        with transaction():
            actions.enqueue_periods(self.clock().real_now())

    def drain(self) -> int:
        """Do everything that is due now; how many jobs were run."""
        done = 0
        while not self.stopping and self.run_one():
            done += 1
        return done

    def run_one(self) -> bool:
        """Claim and run one job; whether there was one."""
        now = self.clock().real_now()
        with transaction(writes=False):
            if not actions.anything_due(now):
                return False
        with transaction():
            job = actions.claim(now, self.lease)
        if job is None:
            return False
        self._run(job)
        return True

    def _run(self, job: Job) -> None:
        assert job.lease is not None
        run = Run(job.id, job.kind, dict(job.payload), job.attempts, self.clock(), job.lease)
        known = HANDLERS.get(job.kind)
        started = time.monotonic()
        if known is None or job.attempts > known.tries:
            self._close(run, lambda now: actions.give_up(run.id, run.lease, now, _gave_up(known)))
            return
        if known.heavy:
            self._run_in_child(known, run)
        else:
            self._attempt(known, run)
        log.info("job", kind=run.kind, id=run.id, attempt=run.attempt, seconds=round(time.monotonic() - started, 3))

    def _attempt(self, known: Handler, run: Run) -> None:
        """Run the handler here, and put the job where its outcome belongs."""
        try:
            if known.outside:
                result = known.run(run)
                if not run.finished:
                    with run.finishing(result):
                        pass
            else:
                with transaction():
                    result = known.run(run)
                    actions.finish(run.id, run.lease, run.clock.real_now(), result)
        except actions.LeaseLost:
            log.warning("job was taken over", kind=run.kind, id=run.id)
        except Refusal as refusal:
            code = refusal.code
            self._close(run, lambda now: actions.give_up(run.id, run.lease, now, code))
        except Exception as error:
            self._failed(known, run, error)

    def _failed(self, known: Handler, run: Run, error: Exception) -> None:
        # The text of an exception may hold a row, and a row an address: the log gets the type and the place.
        log.error("job failed", kind=run.kind, id=run.id, attempt=run.attempt, error=_place(error))
        if run.attempt >= known.tries:
            self._close(run, lambda now: actions.give_up(run.id, run.lease, now, _place(error)))
        else:
            self._close(run, lambda now: actions.postpone(run.id, run.lease, now, run.attempt, _place(error)))

    def _close(self, run: Run, act: Callable[[Any], None]) -> None:
        try:
            with transaction():
                act(run.clock.real_now())
        except actions.LeaseLost:
            log.warning("job was taken over", kind=run.kind, id=run.id)

    def _run_in_child(self, known: Handler, run: Run) -> None:
        """Run the handler in a forked process, renewing the lease while it lives."""
        db.session.remove()
        db.engine.dispose()  # No connection may cross the fork.
        self.child = child = os.fork()
        if child == 0:
            _die_with_parent()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            code = 1
            try:
                self._attempt(known, run)
                code = 0
            finally:
                os._exit(code)
        status = self._wait(child, run)
        self.child = None
        if self.stopping and status != 0:
            self._close(run, lambda _now: actions.give_back(run.id, run.lease))
        elif status != 0:
            self._failed(known, run, ChildProcessError(f"the child ended with status {status}"))

    def _wait(self, child: int, run: Run) -> int:
        renew_at = time.monotonic() + self.lease.total_seconds() / 3
        while True:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status
            if time.monotonic() >= renew_at:
                renew_at = time.monotonic() + self.lease.total_seconds() / 3
                self._renew(run, child)
            time.sleep(0.05)

    def _renew(self, run: Run, child: int) -> None:
        try:
            with transaction():
                actions.renew(run.id, run.lease, run.clock.real_now() + self.lease)
        except actions.LeaseLost:
            os.kill(child, signal.SIGKILL)


def _gave_up(known: Handler | None) -> str:
    return "no handler of this kind" if known is None else "every attempt ended without a word"


def _place(error: Exception) -> str:
    """The type of an error and where it came from, without its text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    told = f" {error.told}" if hasattr(error, "told") else ""
    return f"{type(error).__name__}{told}{where}"


def _die_with_parent() -> None:
    """Ask Linux to end this process with its parent, so that a killed worker leaves no solver behind."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (AttributeError, OSError):  # Another system: the lease alone keeps the work from counting twice.
        return
