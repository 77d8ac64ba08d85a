"""What the charts of the tracker are drawn from: rows, tiles and points, without words and without a request."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import ceil
from pathlib import Path

from app.followup import derived
from app.followup.derived import KINDS, Headline
from app.followup.queries.tracker import Course, Line, Region
from app.meetings.models import Axis

ORDER = (*KINDS, derived.CLOSED)
SHARES = (0.25, 0.35, 0.45)
TILES = Path(__file__).parent / "data" / "tiles.csv"
TICKS = 5


def parts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts as a bar shows them, the furthest first, without the empty ones."""
    return [(kind, counts[kind]) for kind in ORDER if counts.get(kind)]


def headline(lines: Iterable[Line]) -> Headline:
    """The counts of the first sentence."""
    return derived.headline((line.kind, line.late) for line in lines)


@dataclass
class AxisRow:
    """An axis (None: without one) with its recommendations by one-word state."""

    axis: Axis | None
    counts: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def verified(self) -> int:
        return self.counts.get(derived.VERIFIED, 0)

    def need(self) -> tuple[float, int]:
        """Where most is late, blocked or silent comes first."""
        stuck = self.counts.get(derived.BLOCKED, 0) + self.counts.get(derived.SILENT, 0)
        return (-(self.late + stuck) / self.total, self.axis.position if self.axis else 99)


def axis_rows(lines: Iterable[Line], axes: Sequence[Axis]) -> list[AxisRow]:
    """The axes that have recommendations, the one most in need first."""
    rows = {one.id: AxisRow(one) for one in axes}
    other = AxisRow(None)
    for line in lines:
        row = rows.get(line.axis_id or "", other)
        if line.kind != derived.NA:
            row.counts[line.kind] = row.counts.get(line.kind, 0) + 1
            row.late += line.late
    return sorted((row for row in [*rows.values(), other] if row.total), key=AxisRow.need)


def furthest(rows: Sequence[AxisRow]) -> AxisRow | None:
    """The axis with the greatest share verified; None while nothing is."""
    best = max(rows, key=lambda row: (row.verified / row.total, row.verified), default=None)
    return best if best is not None and best.verified and best.axis is not None else None


@dataclass(frozen=True)
class Place:
    """Where a region stands on the map of equal squares, and its short names."""

    column: int
    row: int
    names: Mapping[str, str]


@cache
def places() -> dict[str, Place]:
    """The squares by the region's code; a country whose regions are not in the file has no map, only its table."""
    with TILES.open(encoding="utf-8") as file:
        return {row["code"]: Place(int(row["column"]), int(row["row"]), row) for row in csv.DictReader(file)}


def placed(regions: Iterable[Region]) -> list[tuple[Place, Region]]:
    """The regions that have a square."""
    known = places()
    return [(known[one.body.code], one) for one in regions if one.body.code in known]


def shade(share: float | None) -> int:
    """The step of a share on the map: 1 to 4, 0 without data."""
    return 0 if share is None else 1 + sum(share >= bound for bound in SHARES)


def halfway(regions: Iterable[Region]) -> list[Region]:
    """The regions in which half of the commitments or more are verified."""
    return [one for one in regions if one.share is not None and one.share >= 0.5]


def points(days: Sequence[date], course: Course) -> list[tuple[float, int]]:
    """A cumulated line: (share of the span, how many), a step at each day that has one."""
    span = max((course.last - course.first).days, 1)
    found: dict[float, int] = {0.0: 0}
    for number, day in enumerate(days, 1):
        found[round((day - course.first).days / span, 4)] = number
    found[1.0] = len(days)
    return sorted(found.items())


def ticks(course: Course) -> list[tuple[float, date]]:
    """A few days of the axis, the first and the last among them."""
    span = (course.last - course.first).days
    if span < TICKS:
        return [(0.0, course.first), (1.0, course.last)]
    shares = [step / (TICKS - 1) for step in range(TICKS)]
    return [(share, date.fromordinal(course.first.toordinal() + round(span * share))) for share in shares]


def top(course: Course) -> int:
    """The value at the top of the axis: the next five above the highest point."""
    return max(5, ceil(max(map(len, (course.due, course.reported, course.verified))) / 5) * 5)


def present(lines: Iterable[Line]) -> set[str]:
    """The states that occur."""
    return {line.kind for line in lines}


def time_rows(course: Course) -> list[tuple[date, int, int, int]]:
    """A row for each day on which a line rises: the day, due, reported, verified until then."""
    days = sorted({course.first, course.last, *course.due, *course.reported, *course.verified})
    return [(day, *(_until(series, day) for series in (course.due, course.reported, course.verified))) for day in days]  # type: ignore[misc]


def _until(days: Sequence[date], day: date) -> int:
    return bisect_right(days, day)
