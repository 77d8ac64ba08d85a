"""Sums of commitments made by the database: a row for each recommendation or body, never one for each commitment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.followup import derived
from app.followup.models import Commitment
from app.followup.states import Response, Work
from app.kernel.database import db
from app.meetings.models import Meeting
from app.territory.models import Body


@dataclass
class Sums:
    """The commitments of one recommendation or body: how many of each kind, how many late, and their dates.

    `original` is the first original date, `current` the last current one, `late_since` the oldest date gone by.
    """

    counts: dict[str, int] = field(default_factory=dict)
    late: int = 0
    original: date | None = None
    current: date | None = None
    late_since: date | None = None
    extensions: int = 0

    @property
    def total(self) -> int:
        """How many apply: all but those that do not concern their body."""
        return derived.applicable(self.counts)

    @property
    def kind(self) -> str:
        """The median state."""
        return derived.median_kind(self.counts)

    @property
    def is_late(self) -> bool:
        """Whether half or more are late."""
        return derived.is_late(self.late, self.total)

    def add(self, row: Any) -> None:
        """Take in one group of the query: key, kind, late, count, original, first and last current, extensions."""
        _, kind, late, count, original, first, last, extensions = row
        self.counts[kind] = self.counts.get(kind, 0) + count
        if kind == derived.NA:
            return
        self.original = _first(self.original, original)
        self.current = max(filter(None, (self.current, last)), default=None)
        self.extensions = max(self.extensions, extensions or 0)
        if late:
            self.late += count
            self.late_since = _first(self.late_since, first)


def _first(left: date | None, right: date | None) -> date | None:
    return min(filter(None, (left, right)), default=None)


def kind_column() -> ColumnElement[str]:
    """`derived.kind_of` as SQL (a test compares the two for every pair)."""
    by_work = case({str(work): kind for work, kind in derived.KIND_OF_WORK.items()}, value=Commitment.state)
    return case(
        (Commitment.response == Response.NOT_APPLICABLE, derived.NA),
        (Commitment.state.in_([Work.NO_LONGER_RELEVANT, Work.SUPERSEDED]), derived.NA),
        (Commitment.state == Work.CLOSED_NOT_DONE, derived.CLOSED),
        (Commitment.response == Response.AWAITING, derived.SILENT),
        else_=by_work,
    )


def late_column(today: date) -> ColumnElement[int]:
    """`derived.overdue` as SQL: 1 or 0."""
    return case((kind_column().not_in(derived.SETTLED) & (Commitment.current_due < today), 1), else_=0)


def under(body: Body) -> Select[Any]:
    """The ids of a body and of everything below it."""
    return select(Body.id).where(or_(Body.id == body.id, Body.lineage.startswith(f"{body.lineage}/", autoescape=True)))


def by_recommendation(meeting: Meeting, today: date, body: Body | None = None) -> dict[str, Sums]:
    """Sums for each recommendation of the meeting, of one body and those below it when given (one query)."""
    return _grouped(meeting, today, Commitment.recommendation_id, [Commitment.body_id.in_(under(body))] if body else [])


def by_body(meeting: Meeting, today: date, recommendations: Iterable[str] | None = None) -> dict[str, Sums]:
    """Sums for each body of the meeting, of some recommendations when given (one query)."""
    chosen = [] if recommendations is None else [Commitment.recommendation_id.in_(list(recommendations))]
    return _grouped(meeting, today, Commitment.body_id, chosen)


def _grouped(
    meeting: Meeting, today: date, key: InstrumentedAttribute[str], conditions: Sequence[ColumnElement[bool]]
) -> dict[str, Sums]:
    kind, late = kind_column().label("kind"), late_column(today).label("late")
    rows = db.session.execute(
        select(
            key, kind, late, func.count(), func.min(Commitment.original_due), func.min(Commitment.current_due),
            func.max(Commitment.current_due), func.max(Commitment.extensions),
        )
        .where(Commitment.meeting_id == meeting.id, *conditions)
        .group_by(key, kind, late)
    )  # fmt: skip
    found: dict[str, Sums] = {}
    for row in rows:
        found.setdefault(row[0], Sums()).add(row)
    return found


def halves(
    meeting: Meeting, column: InstrumentedAttribute[Any], recommendations: Iterable[str] | None = None,
    body: Body | None = None,
) -> list[date | datetime]:  # fmt: skip
    """For each recommendation the moment at which half of its bodies were there, by this column (one query).

    Recommendations that are not there yet are left out; bodies not concerned do not count.
    """
    conditions = [Commitment.meeting_id == meeting.id, kind_column() != derived.NA]
    if recommendations is not None:
        conditions.append(Commitment.recommendation_id.in_(list(recommendations)))
    if body is not None:
        conditions.append(Commitment.body_id.in_(under(body)))
    each = Commitment.recommendation_id
    # Nulls come last on one engine and first on the other: say which.
    order = [column.is_(None), column]
    ranked = (
        select(
            column.label("moment"),
            func.row_number().over(partition_by=each, order_by=order).label("place"),
            func.count().over(partition_by=each).label("total"),
        )
        .where(*conditions)
        .subquery()
    )
    half = (ranked.c.place * 2 >= ranked.c.total) & ((ranked.c.place - 1) * 2 < ranked.c.total)
    return list(db.session.scalars(select(ranked.c.moment).where(half, ranked.c.moment.is_not(None))))
