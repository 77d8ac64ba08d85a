"""The public tracker: each adopted recommendation with its one-word state, and what the charts are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.followup import derived
from app.followup.models import Commitment
from app.followup.queries import sums
from app.followup.queries.commitments import ADOPTED
from app.followup.queries.sums import Sums
from app.kernel.clock import to_wall
from app.kernel.database import db
from app.kernel.text import fold
from app.meetings.models import Axis, Meeting
from app.recommendations.models import Addressee, FieldText, Recommendation
from app.territory.models import Body

# Late ones first; then what nobody moves, then what moves, then what is done.
NEED = (
    derived.BLOCKED, derived.SILENT, derived.NONE, derived.PLANNED, derived.PROGRESS, derived.CLOSED,
    derived.REPORTED, derived.VERIFIED, derived.NA,
)  # fmt: skip
TEXTS = [f"{field}.{lang}" for field in ("title", "body") for lang in ("ar", "fr", "en")]


@dataclass
class Line:
    """One recommendation of the tracker; `title_*` is the short title, else the text itself."""

    id: str
    number: int
    year: int
    axis_id: str | None
    to_communes: bool
    sums: Sums
    title_ar: str = ""
    title_fr: str = ""
    title_en: str = ""
    bodies: list[Body] = field(default_factory=list)
    opened: bool = True

    @property
    def ref(self) -> str:
        """The definitive number as people write it on the meeting's own pages: 2022/13."""
        return f"{self.year}/{self.number}"

    @cached_property
    def kind(self) -> str:
        """The one word; a recommendation that nobody is asked to do yet has not started."""
        return self.sums.kind if self.opened else derived.NONE

    @cached_property
    def late(self) -> bool:
        return self.sums.is_late

    def months_late(self, today: date) -> int:
        """Whole months since the oldest date that has gone by."""
        return derived.months_between(self.sums.late_since, today) if self.late and self.sums.late_since else 0

    def need(self) -> tuple[object, ...]:
        """The order of need: late before not late, blocked first, the longest late first, then the number."""
        since = self.sums.late_since or self.sums.current or date.max
        return (not self.late, self.kind != derived.BLOCKED if self.late else NEED.index(self.kind), since, self.number)


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, in words of the address; empty is all."""

    axis: int | None = None
    state: str = ""
    late: bool = False
    q: str = ""

    @property
    def narrows(self) -> bool:
        return self != Wanted()


def lines(meeting: Meeting, today: date, *, body: Body | None = None) -> list[Line]:
    """Every adopted recommendation with its sums, texts and lead bodies, by number (four queries)."""
    found = sums.by_recommendation(meeting, today, body)
    rows = db.session.execute(
        select(Recommendation.id, Recommendation.number, Recommendation.axis_id, Recommendation.addressee_group)
        .where(
            Recommendation.meeting_id == meeting.id,
            Recommendation.state.in_(ADOPTED),
            Recommendation.published_at.is_not(None),
        )
        .order_by(Recommendation.number)
    ).all()
    result = [
        Line(
            row[0],
            row[1] or 0,
            meeting.starts_on.year,
            row[2],
            bool(row[3]),
            found.get(row[0], Sums()),
            opened=row[0] in found,
        )
        for row in rows
        if row[0] in found or body is None
    ]
    give_texts(result)
    _give_bodies(result)
    return result


def give_texts(rows: Iterable[Line]) -> None:
    """Fill in the titles (one query)."""
    by_id = {row.id: row for row in rows}
    texts: dict[str, dict[str, str]] = {}
    for ident, name, text in db.session.execute(
        select(FieldText.recommendation_id, FieldText.field, FieldText.text).where(
            FieldText.recommendation_id.in_(by_id), FieldText.field.in_(TEXTS)
        )
    ):
        texts.setdefault(ident, {})[name] = text
    for ident, own in texts.items():
        for lang in ("ar", "fr", "en"):
            setattr(by_id[ident], f"title_{lang}", own.get(f"title.{lang}") or own.get(f"body.{lang}") or "")


def _give_bodies(rows: list[Line]) -> None:
    by_id = {row.id: row for row in rows}
    for ident, body in db.session.execute(
        select(Addressee.recommendation_id, Body)
        .join(Addressee.body)
        .where(Addressee.recommendation_id.in_(by_id), Addressee.role == "lead")
        .order_by(Addressee.position)
    ):
        by_id[ident].bodies.append(body)


def narrowed(rows: list[Line], wanted: Wanted, axes: list[Axis]) -> list[Line]:
    """The lines that meet every condition; `q` is searched folded in every language and in the number."""
    axis = next((one.id for one in axes if one.position == wanted.axis), None)
    asked = fold(wanted.q)
    return [
        row
        for row in rows
        if (wanted.axis is None or row.axis_id == axis)
        and (not wanted.state or row.kind == wanted.state)
        and (not wanted.late or row.late)
        and (not asked or asked in _numbers(row) or all(word in _text(row) for word in asked.split()))
    ]


def _text(row: Line) -> str:
    return fold(" ".join((row.title_ar, row.title_fr, row.title_en)))


def _numbers(row: Line) -> tuple[str, str]:
    return str(row.number), fold(row.ref)


def axes(meeting: Meeting) -> list[Axis]:
    """The programme's strategic axes in order (one query)."""
    chosen = select(Axis).where(Axis.programme_id == meeting.programme_id).order_by(Axis.position)
    return list(db.session.scalars(chosen))


@dataclass
class Region:
    """A region, how many bodies in it have commitments, and what became of those."""

    body: Body
    members: int = 0
    total: int = 0
    verified: int = 0
    late: int = 0

    @property
    def share(self) -> float | None:
        """Verified out of all that apply; None where nobody has a commitment."""
        return self.verified / self.total if self.total else None


def regions(meeting: Meeting, today: date, recommendations: Iterable[str] | None = None) -> list[Region]:
    """The regions with the sums of the communes in them, by code (three queries)."""
    found = {one.id: Region(one) for one in db.session.scalars(select(Body).where(Body.kind == "region"))}
    each = sums.shares_by_body(meeting, today, recommendations)
    for ident, lineage in db.session.execute(select(Body.id, Body.lineage).where(Body.id.in_(each))):
        region = found.get(lineage.split("/")[0])
        if region is not None and each[ident].total:
            region.members += 1
            region.total += each[ident].total
            region.verified += each[ident].verified
            region.late += each[ident].late
    return sorted(found.values(), key=lambda one: one.body.code or "")


@dataclass(frozen=True)
class Course:
    """How many recommendations were due, reported and verified by which day, cumulated in order."""

    first: date
    last: date
    due: list[date]
    reported: list[date]
    verified: list[date]

    def late_from(self) -> date | None:
        """Since when, without a break, more were due than reported; None while they keep up."""
        days = sorted({*self.due, *self.reported})
        since: date | None = None
        for day in days:
            behind = sum(one <= day for one in self.due) > sum(one <= day for one in self.reported)
            since = (since or day) if behind else None
        return since


def course(meeting: Meeting, today: date, rows: Sequence[Line], body: Body | None = None) -> Course:
    """The course of these recommendations from the meeting's last day to today (three queries at most).

    A recommendation counts when half of its bodies are there; the database is asked for those alone.
    """
    alike = {row.id: row.sums.current for row in rows if row.sums.current == row.sums.first_due}
    apart = {row.id: row.sums.total for row in rows if row.id not in alike}
    reported = {row.id: row.sums.total for row in rows if row.sums.reached(derived.REPORTED, derived.VERIFIED)}
    verified = {row.id: row.sums.total for row in rows if row.sums.reached(derived.VERIFIED)}

    def days(moments: Iterable[date | None]) -> list[date]:
        walls = [to_wall(one, meeting.zone).date() if isinstance(one, datetime) else one for one in moments if one]
        return sorted(max(one, meeting.ends_on) for one in walls if one <= today)

    def asked(column: InstrumentedAttribute[Any], totals: dict[str, int]) -> list[date]:
        return sums.halves(meeting, column, totals, body) if totals else []

    return Course(
        meeting.ends_on,
        max(today, meeting.ends_on),
        days([*alike.values(), *asked(Commitment.current_due, apart)]),
        days(asked(Commitment.reported_at, reported)),
        days(asked(Commitment.verified_at, verified)),
    )


def last_change(meeting: Meeting) -> datetime | None:
    """When a commitment of the meeting last changed its state."""
    return db.session.scalar(select(func.max(Commitment.state_at)).where(Commitment.meeting_id == meeting.id))
