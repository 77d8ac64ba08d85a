"""The public tracker: one sentence first, then the charts, then what is most in need; and each chart as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, render_template, request

from app.followup import derived, drawing, exports, queries, spoken
from app.followup.drawing import AxisRow
from app.followup.queries.tracker import Course, Line, Region
from app.followup.views import pages
from app.followup.views.filters import TrackerFilter
from app.kernel.access import access
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound
from app.kernel.files import attachment

if TYPE_CHECKING:
    from app.meetings.loaders import Axis, Meeting
    from app.territory.loaders import Body

SHOWN = 12
CHARTS = ("states", "axes", "regions", "time")


@dataclass(frozen=True)
class Board:
    """Everything the tracker shows, once; the page, its charts and its files read from it."""

    meeting: Meeting
    today: date
    chosen: TrackerFilter
    axes: list[Axis]
    body: Body | None
    lines: list[Line]
    axis_rows: list[AxisRow]
    regions: list[Region]
    course: Course

    @property
    def headline(self) -> derived.Headline:
        return drawing.headline(self.lines)


def read_board(meeting: Meeting) -> Board:
    """The board for the conditions in the address (a fixed number of queries)."""
    chosen = TrackerFilter.read(request.args)
    today = current_clock().today(meeting.zone)
    axes = queries.tracker.axes(meeting)
    body = queries.body_of_code(chosen.body) if chosen.body else None
    lines = queries.tracker.lines(meeting, today, body=body)
    lines = queries.tracker.narrowed(lines, chosen.wanted, axes)
    ids = [line.id for line in lines] if chosen.wanted.narrows else None
    return Board(
        meeting, today, chosen, axes, body, sorted(lines, key=Line.need), drawing.axis_rows(lines, axes),
        queries.tracker.regions(meeting, today, ids), queries.tracker.course(meeting, today, lines, body),
    )  # fmt: skip


@pages.get("/meetings/<slug>/tracker")
@access("followup.public", cached_by="meeting")
def tracker(meeting: Meeting) -> str:
    """What became of the recommendations, for everybody."""
    board = read_board(meeting)
    return render_template(
        "followup/tracker.html", meeting=meeting, board=board, chosen=board.chosen,
        shown=board.lines if board.chosen.whole else board.lines[:SHOWN],
        changed=queries.tracker.last_change(meeting), **charts_of(board, page=True),
    )  # fmt: skip


def charts_of(board: Board, *, page: bool) -> dict[str, Any]:
    """What the templates of the charts need; sentences as markup for a page, plain for a drawing."""
    head, placed, late_from = board.headline, drawing.placed(board.regions), board.course.late_from()
    titles = spoken.titles(
        drawing.furthest(board.axis_rows), drawing.halfway(board.regions), board.course, late_from, page=page
    )
    titles["states"] = spoken.sentence(head, page=page) if head.total else ""
    return {"head": head, "placed": placed, "titles": titles, "drawing": drawing, "derived": derived, "spoken": spoken}


@pages.get("/meetings/<slug>/tracker/<chart>.csv")
@access("followup.public", cached_by="meeting")
def chart_csv(meeting: Meeting, chart: str) -> Response:
    """The table of one chart as a file that opens right in Arabic."""
    if chart not in CHARTS:
        raise NotFound
    return attachment(exports.chart_csv(chart, read_board(meeting)), exports.CSV, f"{meeting.slug}-{chart}.csv")


@pages.get("/meetings/<slug>/tracker/<chart>.svg")
@access("followup.public", cached_by="meeting")
def chart_svg(meeting: Meeting, chart: str) -> Response:
    """One chart as a drawing that stands alone: title, marks, source and date in it."""
    if chart not in CHARTS:
        raise NotFound
    board = read_board(meeting)
    drawn = render_template(
        f"followup/svg/{chart}.svg", meeting=meeting, board=board, style=exports.svg_style(),
        **charts_of(board, page=False),
    )  # fmt: skip
    return attachment(drawn.encode(), "image/svg+xml", f"{meeting.slug}-{chart}.svg")
