"""The matrix of commitments: bodies in rows by region, recommendations in columns, one mark a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.followup import derived
from app.followup.models import Commitment
from app.followup.queries import sums
from app.followup.queries.sums import Share
from app.followup.queries.tracker import Line, lines
from app.kernel.database import db
from app.meetings.models import Meeting
from app.territory.models import Body

COLUMNS = 24


@dataclass(frozen=True)
class Cell:
    """One commitment in the matrix."""

    id: str
    response: str
    state: str
    current_due: date | None
    original_due: date | None
    kind: str
    late: bool

    @property
    def word(self) -> str:
        """The key of its state's words."""
        return derived.word_of_commitment(self.response, self.state)


@dataclass
class Row:
    """A body with its cells by recommendation and its sum over all of them."""

    body: Body
    share: Share
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Matrix:
    """One page of columns with every row that is asked for; `groups` are the rows by region, in the order of names."""

    columns: list[Line]
    all_columns: list[Line]
    groups: list[tuple[Body | None, list[Row]]]
    counts: dict[str, int]
    late: int
    page: int
    pages: int
    bodies: int

    @property
    def shown(self) -> int:
        return sum(len(rows) for _, rows in self.groups)


@dataclass(frozen=True)
class MatrixFilter:
    """What the reader asked for: a region or body, an axis, only silent bodies, only late ones, a page of columns."""

    body: str = ""
    axis: int | None = None
    silent: bool = False
    late: bool = False
    page: int = 1


def read(meeting: Meeting, today: date, wanted: MatrixFilter, axis_id: str | None, body: Body | None) -> Matrix:
    """The matrix for these conditions (a fixed number of queries)."""
    shared = [one for one in lines(meeting, today) if one.opened and (wanted.axis is None or one.axis_id == axis_id)]
    shared.sort(key=lambda one: (not one.to_communes, one.number))
    last = max(1, -(-len(shared) // COLUMNS))
    page = min(max(1, wanted.page), last)
    columns = shared[(page - 1) * COLUMNS : page * COLUMNS]
    shares = sums.shares_by_body(meeting, today, [one.id for one in shared])
    found = {one.id: Row(one, shares[one.id]) for one in _bodies(shares, body)}
    _give_cells(meeting, today, found, [one.id for one in columns])
    kept = [row for row in found.values() if _asked(row, wanted)]
    counts: dict[str, int] = {}
    for cell in (cell for row in kept for cell in row.cells.values()):
        counts[cell.kind] = counts.get(cell.kind, 0) + 1
    late = sum(cell.late for row in kept for cell in row.cells.values())
    return Matrix(columns, shared, _grouped(kept), counts, late, page, last, len(shares))


def _bodies(ids: Iterable[str], body: Body | None) -> Sequence[Body]:
    chosen = select(Body).where(Body.id.in_(list(ids)))
    if body is not None:
        chosen = chosen.where(Body.id.in_(sums.under(body)))
    return db.session.scalars(chosen.order_by(Body.sort_ar, Body.id)).all()


def _give_cells(meeting: Meeting, today: date, rows: dict[str, Row], recommendations: list[str]) -> None:
    found = db.session.execute(
        select(
            Commitment.body_id, Commitment.recommendation_id, Commitment.id, Commitment.response, Commitment.state,
            Commitment.current_due, Commitment.original_due,
        ).where(
            Commitment.meeting_id == meeting.id, Commitment.recommendation_id.in_(recommendations),
            Commitment.body_id.in_(rows),
        )
    )  # fmt: skip
    for body, recommendation, ident, response, state, due, original in found:
        kind = derived.kind_of(response, state)
        late = kind not in derived.SETTLED and due is not None and due < today
        rows[body].cells[recommendation] = Cell(ident, response, state, due, original, kind, late)


def _asked(row: Row, wanted: MatrixFilter) -> bool:
    cells = row.cells.values()
    if wanted.silent and not any(cell.kind == derived.SILENT for cell in cells):
        return False
    return not wanted.late or any(cell.late for cell in cells)


def _grouped(rows: list[Row]) -> list[tuple[Body | None, list[Row]]]:
    roots = {row.body.lineage_ids[0] for row in rows}
    chosen = select(Body).where(Body.id.in_(roots), Body.kind == "region").order_by(Body.sort_ar)
    regions = list(db.session.scalars(chosen))
    groups: list[tuple[Body | None, list[Row]]] = [
        (region, [row for row in rows if row.body.lineage_ids[0] == region.id]) for region in regions
    ]
    known = {region.id for region in regions}
    rest = [row for row in rows if row.body.lineage_ids[0] not in known]
    return groups + ([(None, rest)] if rest else [])
