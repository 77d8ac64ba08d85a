"""The charts and commitments as files: CSV that opens right in Arabic, and the style of drawings that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from app.followup import derived, drawing, spoken
from app.followup.drawing import AxisRow
from app.followup.queries.tracker import Course, Region
from app.kernel.languages import t
from app.paper.sheets import CSV, Cell, Column, csv_file

__all__ = ["CSV", "chart_csv", "plain_csv", "svg_style"]

STYLES = Path(__file__).resolve().parent.parent / "static" / "css"


class Board(Protocol):
    """What a chart is made of."""

    @property
    def headline(self) -> derived.Headline: ...
    @property
    def axis_rows(self) -> list[AxisRow]: ...
    @property
    def regions(self) -> list[Region]: ...
    @property
    def course(self) -> Course: ...


def chart_csv(chart: str, board: Board) -> bytes:
    """The table under a chart: `states`, `axes`, `regions` or `time`."""
    columns, rows = {"states": _states, "axes": _axes, "regions": _regions, "time": _time}[chart](board)
    return csv_file(columns, rows)


Sheet = tuple[Sequence[Column], Iterable[Sequence[Cell]]]


def _words(keys: Iterable[str]) -> list[Column]:
    return [Column(t.plain(key)) for key in keys]


def _states(board: Board) -> Sheet:
    rows: list[list[Cell]] = [
        [t.plain(derived.word_of(kind)), number] for kind, number in drawing.parts(board.headline.by_kind)
    ]
    return _words(["followup.col.state", "followup.col.recommendations"]), rows


def _axes(board: Board) -> Sheet:
    columns = _words(
        ["followup.col.axis", *map(derived.word_of, drawing.ORDER), "followup.col.late", "followup.col.total"]
    )
    rows: list[list[Cell]] = [
        [spoken.axis_name(row), *(row.counts.get(kind, 0) for kind in drawing.ORDER), row.late, row.total]
        for row in board.axis_rows
    ]
    return columns, rows


def _regions(board: Board) -> Sheet:
    keys = ["followup.col.region", "followup.col.bodies", "work.verified_done", "followup.col.commitments"]
    rows: list[list[Cell]] = [[spoken.name_of(one.body), one.members, one.verified, one.total] for one in board.regions]
    return _words(keys), rows


def _time(board: Board) -> Sheet:
    columns = _words(["followup.col.day", "followup.col.due", "work.reported_done", "work.verified_done"])
    return columns, drawing.time_rows(board.course)


@cache
def svg_style() -> str:
    """The rules that marks and words of a chart need, for a drawing outside every page (light theme)."""
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8").split("@media")[0]
    colours = dict(re.findall(r"(--[\w-]+):\s*(#[0-9A-Fa-f]{3,8}|rgb\([^)]*\))", tokens))
    rules = re.sub(r"/\*.*?\*/", "", (STYLES / "charts.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    rules += re.sub(r"/\*.*?\*/", "", (STYLES / "tracker.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    kept = [rule for rule in re.findall(r"^\.[^{}@]+\{[^{}]*\}", rules, re.MULTILINE) if _draws(rule)]
    text = "\n".join(kept)
    text = re.sub(
        r"var\((--[\w-]+)(?:,[^)]*)?\)", lambda found: colours.get(found.group(1), _SIZES.get(found.group(1), "")), text
    )
    return f"svg {{ font-family: 'IBM Plex Sans Arabic', 'IBM Plex Sans', sans-serif; fill: #1F2B2E; }}\n{text}"


_SIZES = {"--t-2xs": "13px", "--t-xs": "14px", "--t-sm": "15px", "--w-bold": "600", "--w-medium": "500"}
_DRAWN = (".hatch", ".m-", ".stack-bar", ".tile", ".t-", ".grid-line", ".tick", ".axis", ".plot", ".l-")


def _draws(rule: str) -> bool:
    return rule.startswith(_DRAWN) and "inline-size" not in rule and "@" not in rule


def plain_csv(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A table for programs: the names of the fields as they are in the JSON, dates as yyyy-mm-dd."""
    return csv_file([Column(name) for name in fields], ([row[name] for name in fields] for row in rows))
