"""Which work the house knows: a room declares its handlers here, and the worker finds them by their kind.

    from app.jobs.registry import Task, handler, periodic

    @handler("followup.remind")
    def remind(task: Task) -> None: ...

A room's handlers live in `app/<room>/handlers.py`, which wiring imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from app.jobs.states import TRIES
from app.kernel.clock import Clock


class Task(Protocol):
    """One run of a job, as its handler sees it."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempt: int
    clock: Clock

    def progress(self, percent: int, message: str = "") -> None:
        """Say how far the work is, in a transaction of its own (only from work outside a transaction)."""

    def finishing(self, result: dict[str, Any] | None = None) -> AbstractContextManager[None]:
        """The last transaction of work outside one: what is written in it and "done" are committed together."""


Run = Callable[[Task], dict[str, Any] | None]
Work = TypeVar("Work", bound=Run)


@dataclass(frozen=True)
class Handler:
    """How a kind of job is run."""

    kind: str
    run: Run
    heavy: bool
    outside: bool
    tries: int


@dataclass(frozen=True)
class Period:
    """A job that comes back by itself."""

    kind: str
    every: timedelta


HANDLERS: dict[str, Handler] = {}
PERIODS: dict[str, Period] = {}


def handler(kind: str, heavy: bool = False, *, outside: bool = False, tries: int = TRIES) -> Callable[[Work], Work]:
    """Declare who does the jobs of a kind.

    By default the work runs inside one writing transaction that also marks the job done: it happens exactly once,
    whatever is killed. Work that takes long or speaks to another machine runs `outside`: it opens its own
    transactions and should close with `task.finishing()`, otherwise what it wrote may be done again after a crash.
    `heavy` work (solver, large documents) runs outside and in a child process, so that its memory goes back.
    A `Refusal` fails the job at once; any other exception is tried again, `tries` times in all.
    """

    def declare(run: Work) -> Work:
        HANDLERS[kind] = Handler(kind, run, heavy, outside or heavy, tries)
        return run

    return declare


def periodic(kind: str, every: timedelta) -> None:
    """Have a job of this kind queued once in every window of `every` (counted from 1970, UTC), by whichever worker."""
    PERIODS[kind] = Period(kind, every)


@contextmanager
def replaced(kind: str, run: Run, **options: Any) -> Iterator[None]:
    """Another handler for a kind for a while (tests)."""
    before = HANDLERS.get(kind)
    handler(kind, **options)(run)
    try:
        yield
    finally:
        if before is None:
            HANDLERS.pop(kind)
        else:
            HANDLERS[kind] = before
