"""Attendance as a spreadsheet: one row a person in the order of precedence, one column a list."""

from __future__ import annotations

from app.attendance import wording
from app.attendance.papers import code_shown
from app.attendance.queries.overview import Matrix
from app.kernel.languages import t
from app.paper.sheets import Cell, Column, xlsx


def spreadsheet(found: Matrix, title: str, *, lang: str) -> bytes:
    """The sheet; a cell is empty while nothing is known."""
    columns = [
        Column(t.plain("paper.column.order"), 8, "number"), Column(t.plain("attendance.code"), 14, "code"),
        Column(t.plain("paper.column.name"), 32), Column(t.plain("form.category.label"), 26),
        Column(t.plain("attendance.body"), 28), *(Column(wording.list_title(one), 30) for one in found.lists),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            number, code_shown(one.code), wording.shown_name(one),
            wording.category_word(one.category, one.address_form), wording.body_name(one),
            *(_word(found.states.get((one.id, lst.key))) for lst in found.lists),
        ]
        for number, one in enumerate(found.people, 1)
    ]  # fmt: skip
    return xlsx(title, columns, rows, lang=lang)


def _word(state: str | None) -> str:
    return t.plain(f"attendance.{state}") if state else ""
