"""Sums of commitments made by the database: a row for each recommendation or body, never one for each commitment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
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

    `original` is the first original date, `first_due` and `current` are the first and last current ones, `late_since`
    is the oldest of those gone by without a report.
    """

    counts: dict[str, int] = field(default_factory=dict)
    late: int = 0
    original: date | None = None
    first_due: date | None = None
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

    def add(self, row: Any, today: date) -> None:
        """Take in one group of the query: key, response, state, late, count, first original, dates, extensions."""
        _, response, state, late, count, original, first, last, extensions = row
        kind = derived.kind_of(response, state)
        self.counts[kind] = self.counts.get(kind, 0) + count
        if kind == derived.NA:
            return
        self.original = _first(self.original, original)
        self.first_due = _first(self.first_due, first)
        self.current = max(filter(None, (self.current, last)), default=None)
        self.extensions = max(self.extensions, extensions or 0)
        if late and kind not in derived.SETTLED:
            self.late += count
            self.late_since = _first(self.late_since, first)

    def reached(self, *kinds: str) -> bool:
        """Whether half of the bodies or more are in one of these states."""
        return self.total > 0 and 2 * sum(self.counts.get(kind, 0) for kind in kinds) >= self.total


def _first(left: date | None, right: date | None) -> date | None:
    return min(filter(None, (left, right)), default=None)


def under(body: Body) -> Select[Any]:
    """The ids of a body and of everything below it."""
    return select(Body.id).where(or_(Body.id == body.id, Body.lineage.startswith(f"{body.lineage}/", autoescape=True)))


def by_recommendation(
    meeting: Meeting, today: date, body: Body | None = None, only: str | None = None
) -> dict[str, Sums]:
    """Sums for each recommendation (or `only` one), of one body and those below it when given (one query)."""
    conditions: list[ColumnElement[bool]] = [Commitment.body_id.in_(under(body))] if body else []
    if only is not None:
        conditions.append(Commitment.recommendation_id == only)
    return _grouped(meeting, today, Commitment.recommendation_id, conditions)


def of_bodies(meeting: Meeting, today: date, bodies: Iterable[str]) -> dict[str, Sums]:
    """Sums for each of these bodies (one query)."""
    return _grouped(meeting, today, Commitment.body_id, [Commitment.body_id.in_(list(bodies))])


def _grouped(
    meeting: Meeting, today: date, key: InstrumentedAttribute[str], conditions: Sequence[ColumnElement[bool]]
) -> dict[str, Sums]:
    late = case((Commitment.current_due < today, 1), else_=0).label("late")
    each = (key, Commitment.response, Commitment.state, late)
    rows = db.session.execute(
        select(
            *each, func.count(), func.min(Commitment.original_due), func.min(Commitment.current_due),
            func.max(Commitment.current_due), func.max(Commitment.extensions),
        )
        .where(Commitment.meeting_id == meeting.id, *conditions)
        .group_by(*each)
    )  # fmt: skip
    found: dict[str, Sums] = {}
    for row in rows:
        found.setdefault(row[0], Sums()).add(row, today)
    return found


@dataclass(frozen=True)
class Share:
    """The commitments of one body in few figures."""

    total: int
    verified: int
    late: int


def shares_by_body(meeting: Meeting, today: date, recommendations: Iterable[str] | None = None) -> dict[str, Share]:
    """How many commitments apply to each body, are verified, are late (one query)."""
    chosen = [] if recommendations is None else [Commitment.recommendation_id.in_(list(recommendations))]
    late = case((Commitment.current_due < today, 1), else_=0)
    each = (Commitment.body_id, Commitment.response, Commitment.state)
    rows = db.session.execute(
        select(*each, func.count(), func.sum(late)).where(Commitment.meeting_id == meeting.id, *chosen).group_by(*each)
    )
    found: dict[str, list[int]] = {}
    for body, response, state, count, gone_by in rows:
        kind, own = derived.kind_of(response, state), found.setdefault(body, [0, 0, 0])
        if kind != derived.NA:
            own[0] += count
            own[1] += count if kind == derived.VERIFIED else 0
            own[2] += gone_by if kind not in derived.SETTLED else 0
    return {body: Share(*own) for body, own in found.items()}


def halves(
    meeting: Meeting, column: InstrumentedAttribute[Any], totals: Mapping[str, int], body: Body | None = None
) -> list[Any]:
    """For each of these recommendations the moment at which half of its bodies were there, by this column (one query).

    `totals` says how many bodies each counts. Those that are not there yet are left out.
    """
    wanted = {ident: (total + 1) // 2 for ident, total in totals.items()}
    conditions = [
        Commitment.meeting_id == meeting.id,
        Commitment.recommendation_id.in_(wanted),
        column.is_not(None),
        Commitment.response != Response.NOT_APPLICABLE,
        Commitment.state.not_in([Work.NO_LONGER_RELEVANT, Work.SUPERSEDED]),
    ]
    if body is not None:
        conditions.append(Commitment.body_id.in_(under(body)))
    each = Commitment.recommendation_id
    place = func.row_number().over(partition_by=each, order_by=column).label("place")
    ranked = select(each.label("recommendation"), column.label("moment"), place).where(*conditions).subquery()
    rows = db.session.execute(select(ranked).where(ranked.c.place.in_(sorted(set(wanted.values())))))
    return [moment for ident, moment, place in rows if wanted[ident] == place]
