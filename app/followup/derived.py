"""What follows from a commitment and is never typed: late, due soon, stale, at risk, silent, and the median state.

Pure functions of plain values; a day is the day on the wall of the meeting's place. Source: 02-domain, Derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from app.followup.states import Response, Work

SOON = timedelta(days=30)
# A report is expected every three months; one month of grace follows.
PERIOD, GRACE = timedelta(days=91), timedelta(days=30)

SILENT, NONE, PLANNED, PROGRESS, BLOCKED, REPORTED, VERIFIED, CLOSED, NA = (
    "silent", "none", "planned", "progress", "blocked", "reported", "verified", "closed", "na"
)  # fmt: skip
# The order of charts and tables, the furthest first, as the pictures show it.
KINDS = (VERIFIED, REPORTED, PROGRESS, PLANNED, BLOCKED, NONE, SILENT)
# A blocked one has begun; one that was closed undone got nowhere.
RANK = {SILENT: 0, NONE: 1, CLOSED: 1, PLANNED: 2, PROGRESS: 3, BLOCKED: 3, REPORTED: 4, VERIFIED: 5}
AT_RANK = (SILENT, NONE, PLANNED, PROGRESS, REPORTED, VERIFIED)

KIND_OF_WORK = {
    Work.NOT_STARTED: NONE, Work.PLANNED: PLANNED, Work.IN_PROGRESS: PROGRESS, Work.REOPENED: PROGRESS,
    Work.BLOCKED: BLOCKED, Work.REPORTED: REPORTED, Work.VERIFIED: VERIFIED, Work.CLOSED: VERIFIED,
    Work.CLOSED_NOT_DONE: CLOSED, Work.NO_LONGER_RELEVANT: NA, Work.SUPERSEDED: NA,
}  # fmt: skip
# States in which nothing is awaited from the body any more, so that no day can make it late.
SETTLED = frozenset({REPORTED, VERIFIED, CLOSED, NA})


class Dated(Protocol):
    """What lateness is read from: a row of `commitment`, or one of a query."""

    @property
    def response(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def current_due(self) -> date | None: ...
    @property
    def original_due(self) -> date | None: ...


def kind_of(response: str, state: str) -> str:
    """The one word a commitment counts as: no answer while awaiting, else its state of work.

    `na` (not concerned, superseded, no longer relevant) counts nowhere; `closed` is closed without being done.
    """
    kind = KIND_OF_WORK[Work(state)]
    if kind == NA or response == Response.NOT_APPLICABLE:
        return NA
    return SILENT if response == Response.AWAITING and kind != CLOSED else kind


def word_of(kind: str) -> str:
    """The key of the words of a kind."""
    return {
        SILENT: "response.silent", NONE: "work.not_started", PLANNED: "work.planned", PROGRESS: "work.in_progress",
        BLOCKED: "work.blocked", REPORTED: "work.reported_done", VERIFIED: "work.verified_done",
        CLOSED: "work.closed_not_done", NA: "response.not_applicable",
    }[kind]  # fmt: skip


def word_of_commitment(response: str, state: str) -> str:
    """The key of the words of one commitment, more exact than its kind."""
    if response == Response.NOT_APPLICABLE:
        return "response.not_applicable"
    if response == Response.AWAITING and Work(state) == Work.NOT_STARTED:
        return "response.silent"
    return f"work.{state}"


def is_open(one: Dated) -> bool:
    """Whether something is still awaited from the body."""
    return kind_of(one.response, one.state) not in SETTLED


def overdue(one: Dated, today: date) -> bool:
    """Past the current due date and neither reported done nor closed."""
    return is_open(one) and one.current_due is not None and one.current_due < today


def due_soon(one: Dated, today: date) -> bool:
    """Due within thirty days, today included."""
    return is_open(one) and one.current_due is not None and today <= one.current_due <= today + SOON


def days_late(one: Dated, today: date) -> int:
    """Days since the current due date; 0 when it is not late."""
    return (today - one.current_due).days if one.current_due and overdue(one, today) else 0


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one; the last day of a month ends the month of any later day."""
    months = (last.year - first.year) * 12 + last.month - first.month
    short = last.day < first.day and (last + timedelta(days=1)).day != 1
    return max(0, months - short)


def stale(one: Dated, last_heard: datetime, now: datetime) -> bool:
    """No report in the period and its grace, though work is expected."""
    return kind_of(one.response, one.state) in {PLANNED, PROGRESS, BLOCKED} and now - last_heard > PERIOD + GRACE


def at_risk(one: Dated, last_heard: datetime, now: datetime, today: date) -> bool:
    """Not late yet, but due within thirty days while nothing is under way, blocked, or not heard of for long."""
    if not due_soon(one, today):
        return False
    return kind_of(one.response, one.state) in {SILENT, NONE, BLOCKED} or stale(one, last_heard, now)


def silent_since(response: str, created_at: datetime) -> datetime | None:
    """Since when the body has not answered; None once it has."""
    return created_at if response == Response.AWAITING else None


def median_kind(counts: Mapping[str, int]) -> str:
    """The one state of a recommendation addressed to many: half of the bodies are at least there.

    Blocked when half or more are; bodies not concerned are left out; `na` when none is left.
    """
    total = sum(number for kind, number in counts.items() if kind in RANK)
    if total == 0:
        return NA
    if 2 * counts.get(BLOCKED, 0) >= total:
        return BLOCKED
    if counts.get(CLOSED, 0) == total:
        return CLOSED
    reached = 0
    for rank in range(len(AT_RANK) - 1, -1, -1):
        reached += sum(number for kind, number in counts.items() if RANK.get(kind) == rank)
        if 2 * reached >= total:
            return AT_RANK[rank]
    return SILENT


def applicable(counts: Mapping[str, int]) -> int:
    """How many bodies a recommendation counts: all but those it does not concern."""
    return sum(number for kind, number in counts.items() if kind in RANK)


def is_late(late: int, total: int) -> bool:
    """Whether a recommendation is late in one word: half of its bodies or more are."""
    return total > 0 and 2 * late >= total


@dataclass(frozen=True)
class Headline:
    """The counts of the first sentence, in recommendations."""

    total: int
    verified: int
    late: int
    by_kind: Mapping[str, int]


def headline(recommendations: Iterable[tuple[str, bool]]) -> Headline:
    """Counts of recommendations from (one-word state, late); those that concern nobody any more are left out."""
    rows = [(kind, late) for kind, late in recommendations if kind != NA]
    by_kind = {kind: sum(1 for one, _ in rows if one == kind) for kind in (*KINDS, CLOSED)}
    return Headline(len(rows), by_kind[VERIFIED], sum(late for _, late in rows), by_kind)


def median_of(values: Iterable[int]) -> float:
    """The middle of the values: half lie at or above it, half at or below."""
    ordered = sorted(values)
    if not ordered:
        return 0
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
