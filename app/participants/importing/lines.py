"""What each line of a sheet is: a person, a group's title, a total, a repeated heading, or nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.kernel.text import clean, fold
from app.participants.importing.columns import Column, SheetPlan, columns_from
from app.participants.importing.contacts import says_nothing
from app.participants.importing.sheet import Sheet, Value
from app.territory.matching import Matcher
from app.territory.spoken import TERRITORY_KINDS, named_kind

LineKind = Literal["person", "group", "total", "heading", "note", "empty"]

_TOTAL = re.compile(fold(
    r"^(?:ال)?(?:مجموع|إجمالي|عدد المشاركين|عدد الحاضرين)(?: العام| الجزئي)?\b|^(?:sous )?total\b|^grand total"
        r"|^somme\b|^effectif\b|^count\b"
))  # fmt: skip
_DITTO = frozenset({'"', "''", "//", "〃", "idem", "نفسه", "نفسها", "كذلك", "ditto", '" "', "«", "»", "-//-", '-"-'})
_FILLED_DOWN = frozenset(
    {"body", "body_code", "province", "region", "function", "category", "wish", "date", "honorific", "status"}
)
"""Fields whose value may stand once for several rows, merged or by a ditto mark; a contact and a name may not."""
_PLACE_ONLY = frozenset(
    {"body", "body_code", "province", "region", "category", "index", "ignored", "status", "honorific"}
)


@dataclass(slots=True)
class Line:
    """One line: its row, its kind, the values of its mapped columns, and the title of a group."""

    row: int
    kind: LineKind
    cells: dict[str, list[tuple[int, Value]]] = field(default_factory=dict)
    text: str = ""

    def values(self, name: str) -> list[Value]:
        return [value for _, value in self.cells.get(name, ())]

    def texts(self, name: str) -> list[str]:
        found = (_as_text(value) for value in self.values(name))
        return [text for text in found if text and not says_nothing(text)]

    def text_of(self, name: str) -> str:
        return " / ".join(dict.fromkeys(self.texts(name)))


def _as_text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else "" if value is None else str(value)


def _titles_before(lines: list[Line]) -> None:
    """The lines of one cell just above a heading are the title of what follows, not people."""
    for line in reversed(lines[-4:]):
        if line.kind == "person" and sum(map(len, line.cells.values())) == 1:
            line.kind, line.text = "group", next(iter(line.texts(next(iter(line.cells)))), "")
        elif line.kind not in ("empty", "group", "note"):
            return


class LineReader:
    """Reads the lines of one sheet below its heading."""

    def __init__(self, sheet: Sheet, plan: SheetPlan, bodies: Matcher) -> None:
        self._sheet, self._plan, self._bodies = sheet, plan, bodies
        self._use(plan.columns)
        self._down: dict[tuple[int, int], tuple[int, int]] = {}
        self._across: dict[int, int] = {}
        for r1, c1, r2, c2 in sheet.marks.merged:
            if c2 > c1 and r1 == r2:
                self._across[r1] = max(self._across.get(r1, 0), c2 - c1 + 1)
            for row in range(r1 + 1, min(r2, len(sheet.values)) + 1):
                self._down[row, c1] = (r1, c1)

    def _use(self, columns: Sequence[Column]) -> None:
        self._columns = {
            column.number: column.field
            for column in columns
            if column.field and (not column.hidden or column.field == "identity")
        }
        self._headings = {
            column.number: {column.heading, *column.heading.split(" / ")} for column in columns if column.heading
        }
        self._above: dict[int, Value] = {}

    def lines(self) -> list[Line]:
        """Every line in order; a second heading further down begins another list with its own columns."""
        found: list[Line] = []
        for row in range(self._plan.heading_row + 1, len(self._sheet.values) + 1):
            line = self._line(row)
            if line.kind == "person" and not self._plan.chosen and (columns := columns_from(self._sheet, row)):
                self._use(columns)
                line = Line(row, "heading")
            if line.kind == "heading":
                _titles_before(found)
            found.append(line)
        return found

    def _line(self, row: int) -> Line:
        own = {
            n: v for n in range(1, len(self._sheet.values[row - 1]) + 1) if (v := self._sheet.value(row, n)) is not None
        }
        if not own:
            return Line(row, "empty")
        kind, text = self._kind(row, own)
        if kind != "person":
            return Line(row, kind, text=text)
        line = Line(row, "person")
        for number, name in self._columns.items():
            value = self._value(row, number, name, own)
            if value is not None:
                line.cells.setdefault(name, []).append((number, value))
        if not set(line.cells) - _PLACE_ONLY - {"identity"}:
            line.kind = "empty"
        return line

    def _value(self, row: int, number: int, name: str, own: Mapping[int, Value]) -> Value:
        value = own.get(number)
        if name in _FILLED_DOWN:
            if isinstance(value, str) and fold(value).strip() in _DITTO:
                value = self._above.get(number)
            elif value is None and (row, number) in self._down:
                value = self._sheet.value(*self._down[row, number])
            self._above[number] = value
        return value

    def _kind(self, row: int, own: Mapping[int, Value]) -> tuple[LineKind, str]:
        texts = {n: clean(v) for n, v in own.items() if isinstance(v, str) and not says_nothing(v)}
        first = next(iter(texts.values()), "")
        contacts = any(self._columns.get(n) in ("phone", "mail") for n in texts)
        if _TOTAL.search(fold(first)) and not contacts:
            return "total", first
        read = {n: v for n, v in own.items() if self._columns.get(n, "ignored") not in ("index", "ignored", "identity")}
        if self._repeats_heading(texts):
            return "heading", first
        wide = self._across.get(row, 0)
        if len(texts) == 1 and not contacts:
            number = next(iter(texts))
            if wide >= 3 and wide * 2 >= len(self._columns):
                return "group", first
            if self._columns.get(number) in ("name", "given", "family"):
                return ("group", first) if len(own) <= 2 and self._names_a_place(first) else ("person", "")
            if not (set(read) & self._person_columns()):
                return ("group" if self._bodies.match(first).body else "note"), first
        if not read:
            return "empty", ""
        return "person", ""

    def _person_columns(self) -> set[int]:
        return {
            n for n, name in self._columns.items() if name not in ("index", "ignored", "body", "province", "region")
        }

    def _repeats_heading(self, texts: Mapping[int, str]) -> bool:
        same = sum(text in self._headings.get(number, ()) for number, text in texts.items())
        return same >= 2 and same * 5 >= len(texts) * 3

    def _names_a_place(self, text: str) -> bool:
        kinds, _ = named_kind(text)
        return kinds != TERRITORY_KINDS and self._bodies.match(text).kind in ("exact", "alias", "ambiguous")
