"""The charts in words: titles that tell the finding, legends, labels of axes; plain for drawings, markup for pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from app.followup import derived, drawing
from app.followup.drawing import AxisRow, Place
from app.followup.queries.tracker import Course, Region
from app.kernel.languages import current_language, list_join, page_list_join, pick, t
from app.kernel.languages.formats import bdi, date_text, ltr, percent
from app.meetings.setup import latin_first
from app.territory.models import Body

Say = Callable[..., Any]


def name_of(thing: object, field: str = "name") -> str:
    """The name of a thing for a reader; in an English page a name in French letters comes before the Arabic one."""
    return latin_first(thing, field)


def body_title(body: Body) -> str:
    """The body with what it is: "commune of Aït Melloul"; a ministry by its name alone. Markup, for a page."""
    key = f"followup.title.{body.kind}"
    return t.page(key, name=name_of(body)) if t.exists(key) else bdi(name_of(body))


def axis_name(row: AxisRow) -> str:
    """The title of the axis, or the words for none."""
    return name_of(row.axis, "title") if row.axis else t.plain("followup.no_axis")


def month_of(day: date) -> str:
    """The month with its year."""
    return date_text(day, current_language(), "MMMM y")


def sentence(head: derived.Headline, *, page: bool) -> str:
    """The first sentence: how many adopted, verified, late."""
    say, join = (t.page, page_list_join) if page else (t.plain, list_join)
    return join(
        [
            say("tracker.adopted", count=head.total),
            say("tracker.verified", count=head.verified),
            say("tracker.late", count=head.late),
        ]
    )


def titles(
    furthest: AxisRow | None, halfway: list[Region], course: Course, late_from: date | None, *, page: bool
) -> dict[str, str]:
    """The finding of each chart as a sentence."""
    say: Say = t.page if page else t.plain
    axes = say("followup.axes.finding_none")
    if furthest is not None:
        axes = say("followup.axes.finding", axis=axis_name(furthest), count=furthest.verified, total=furthest.total)
    regions = say("followup.regions.finding_none")
    if halfway:
        names = [name_of(one.body) for one in halfway]
        key = "followup.regions.finding" if len(halfway) > 2 else "followup.regions.named"
        regions = say(key, **({"count": len(halfway)} if len(halfway) > 2 else {"regions": _joined(names, page)}))
    if late_from:
        time = say("followup.time.behind", month=month_of(late_from))
    else:
        time = say("followup.time.keeps" if course.due else "followup.time.nothing_due")
    return {"axes": axes, "regions": regions, "time": time}


def _joined(names: list[str], page: bool) -> str:
    return page_list_join(names) if page else list_join(names)


def scale_words() -> list[str]:
    """The legend of the map, from the least to the most."""
    lang, bounds = current_language(), drawing.SHARES
    between = [ltr(f"{round(low * 100)}–{percent(high - 0.01, lang)}") for low, high in pairwise(bounds)]
    return [
        t.page("followup.scale.below", share=percent(bounds[0], lang)), *between,
        t.page("followup.scale.from", share=percent(bounds[-1], lang)),
    ]  # fmt: skip


def tiles(placed: list[tuple[Place, Region]]) -> list[dict[str, Any]]:
    """The squares of the map as the drawing takes them."""
    return [_tile(place, region) for place, region in placed]


def _tile(place: Place, region: Region) -> dict[str, Any]:
    share, lang = region.share, current_language()
    note = t.plain("count.communes", count=region.members) if region.members else t.plain("followup.regions.void_short")
    return {
        "column": place.column, "row": place.row, "name": pick(place.names, "name", lang)[0],
        "short": pick(place.names, "short", lang)[0], "value": "–" if share is None else percent(share, lang),
        "note": note, "step": drawing.shade(share),
    }  # fmt: skip


def tiles_said(placed: list[tuple[Place, Region]]) -> str:
    """The map for the ear: each region with its share."""
    lang = current_language()
    said = [
        t.plain("followup.regions.said", region=name_of(region.body), share=percent(region.share, lang))
        for _, region in placed
        if region.share is not None
    ]
    return list_join(said) or t.plain("chart.no_data")


def series(course: Course) -> list[dict[str, Any]]:
    """The three lines with their labels at the end; labels that would meet are moved apart by the drawing's data."""
    lines = (("due", course.due), ("dec", course.reported), ("ver", course.verified))
    return [
        {
            "kind": kind,
            "points": drawing.points(days, course),
            "label": t.plain(f"followup.line.{kind}", count=len(days)),
        }
        for kind, days in lines
    ]


def tick_words(course: Course) -> list[tuple[float, str]]:
    """The months under the axis; the year stands at both ends."""
    marks = drawing.ticks(course)
    ends = {marks[0][0], marks[-1][0]}
    lang = current_language()
    between = "MMMM" if lang == "ar" else "MMM"  # Arabic months have no short form.
    return [(share, date_text(day, lang, "MMMM y" if share in ends else between)) for share, day in marks]


def time_cells(course: Course) -> list[list[Any]]:
    """The table under the time plot, the last thirty days on which a line rose."""
    lang = current_language()
    return [[date_text(day, lang), *counts] for day, *counts in drawing.time_rows(course)[-30:]]
