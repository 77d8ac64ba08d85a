"""Where the heading of a sheet stands and what each column is; the first step of the wizard."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.kernel.text import clean, fold, looks_like_identity_number
from app.participants.importing.contacts import read_mails, read_phones
from app.participants.importing.headings import FIELDS, LONGEST, NAME_FIELDS, field_of, field_within
from app.participants.importing.sheet import Sheet, Value, column_letters, column_number
from app.participants.importing.titles import ADDRESS

SEARCHED = 60
"""Rows in which a heading is looked for."""
SAMPLED = 400

Mapping_ = Mapping[str, Mapping[str | int, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 1, the words over it, the field guessed, and three values of it to show."""

    number: int
    heading: str
    field: str
    samples: tuple[str, ...] = ()
    hidden: bool = False
    sure: bool = True

    @property
    def letters(self) -> str:
        return column_letters(self.number)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How one sheet is read: the last row of its heading (0 when it has none) and its columns.

    `chosen`: the user has mapped columns of it.
    """

    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    hidden: bool = False
    chosen: bool = False

    @property
    def is_list(self) -> bool:
        return any(column.field in ("name", "given", "family") for column in self.columns)


def guess_columns(sheets: Sequence[Sheet], mapping: Mapping_ | None = None) -> list[SheetPlan]:
    """What each sheet's columns seem to be, with three sample values each; `mapping` (sheet -> column -> field) wins.

    A column is given by its letters or its number. A hidden sheet or column is shown but read only when it is mapped;
    an identity number is never read, whatever the mapping says.
    """
    return [_plan(sheet, (mapping or {}).get(sheet.name, {})) for sheet in sheets]


def _plan(sheet: Sheet, mapping: Mapping[str | int, str]) -> SheetPlan:
    first, last = _heading_rows(sheet)
    columns = _columns(sheet, first, last) if last else []
    if mapping:
        columns = _mapped(sheet, columns, mapping)
    return SheetPlan(sheet.name, last, tuple(columns), sheet.hidden, bool(mapping))


def _heading_cells(sheet: Sheet, row: int) -> dict[int, tuple[str, int]]:
    found = {}
    for number in range(1, min(sheet.width, 200) + 1):
        value = sheet.value(row, number)
        if isinstance(value, str):
            field, sure = field_of(value)
            if field:
                found[number] = (field, sure)
    return found


def _filled(sheet: Sheet, row: int) -> list[Value]:
    values = sheet.values[row - 1] if row <= len(sheet.values) else []
    return [value for value in values if value not in (None, "") and not (isinstance(value, str) and not value.strip())]


def _heading_rows(sheet: Sheet) -> tuple[int, int]:
    """The first and last row of the heading; (0, 0) when no row names a person's column."""
    best, row_of_best = 0, 0
    for row in range(1, min(len(sheet.values), SEARCHED) + 1):
        cells = _heading_cells(sheet, row)
        score = len({field for field, _ in cells.values()})
        if score > best and _looks_like_heading(sheet, row, cells):
            best, row_of_best = score, row
    if not row_of_best:
        return 0, 0
    first = last = row_of_best
    while first > 1 and row_of_best - first < 2 and _continues(sheet, first - 1):
        first -= 1
    while last - row_of_best < 2 and _continues(sheet, last + 1):
        last += 1
    fields = {field for row in range(first, last + 1) for field, _ in _heading_cells(sheet, row).values()}
    named = fields & NAME_FIELDS
    alone = len(_filled(sheet, row_of_best)) == 1
    return (first, last) if named and (len(fields) > 1 or alone) else (0, 0)


def _looks_like_heading(sheet: Sheet, row: int, cells: Mapping[int, tuple[str, int]]) -> bool:
    filled = _filled(sheet, row)
    if not filled or any(not isinstance(value, str) or len(value) > LONGEST or "@" in value for value in filled):
        return False
    return len(cells) * 2 >= len(filled) and any(sure >= 2 for _, sure in cells.values())


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether a neighbouring row belongs to the heading: short words only, most of them headings or merged groups."""
    if not 1 <= row <= len(sheet.values):
        return False
    filled = _filled(sheet, row)
    if not filled or any(not isinstance(v, str) or len(v) > LONGEST or re.search(r"@|\d{3}", v) for v in filled):
        return False
    cells = {n: found for n, found in _heading_cells(sheet, row).items() if found[1] >= 2}
    groups = sum(r1 == row and c2 > c1 for r1, c1, _, c2 in sheet.marks.merged)
    if len(filled) == 1:
        return False
    return len(cells) * 5 >= len(filled) * 3 or (groups > 1 and len(cells) >= 1)


def columns_from(sheet: Sheet, row: int) -> list[Column]:
    """The columns of another list that begins below this row of the same sheet; empty when the row is no heading."""
    values = _filled(sheet, row)
    if len(values) < 2 or any(not isinstance(v, str) or len(v) > LONGEST or re.search(r"[\d@]", v) for v in values):
        return []
    cells = _heading_cells(sheet, row)
    sure = {field for field, certainty in cells.values() if certainty >= 2}
    if len(sure) < 2 or not sure & NAME_FIELDS or len(cells) * 5 < len(values) * 3:
        return []
    return _columns(sheet, row, row)


def _columns(sheet: Sheet, first: int, last: int) -> list[Column]:
    groups = _group_words(sheet, first, last)
    columns = []
    for number in range(1, min(sheet.width, 200) + 1):
        texts = [str(v) for row in range(first, last + 1) if isinstance(v := sheet.value(row, number), str)]
        field, sure = _best_field(texts, groups.get(number, ""))
        own = [text.strip() for text in texts if text != groups.get(number)]
        heading = clean(" / ".join(own) or groups.get(number, ""))
        hidden = number in sheet.marks.hidden_columns
        columns.append(Column(number, heading, field, _samples(sheet, last, number), hidden, sure >= 2))
    return _settled(sheet, last, columns)


def _group_words(sheet: Sheet, first: int, last: int) -> dict[int, str]:
    """The words of a merged heading over several columns, for each of them; its own column keeps them as its own."""
    words: dict[int, str] = {}
    for r1, c1, r2, c2 in sheet.marks.merged:
        value = sheet.value(r1, c1)
        if first <= r1 <= last and c2 > c1 and r2 < last and isinstance(value, str):
            words.update(dict.fromkeys(range(c1, c2 + 1), value))
    return words


def _best_field(texts: list[str], group: str) -> tuple[str, int]:
    """The field of the words nearest the values; a group over several speaks only where they say nothing."""
    own = [text for text in texts if text != group]
    if any(field_of(text)[0] == "identity" for text in [*own, group]):
        return "identity", 3
    found = [field_of(text) for text in reversed(own)]
    best = max(found, key=lambda each: each[1], default=("", 0))
    if not best[1] and group:
        best = max((field_of(f"{group} {own[-1]}") if own else best, field_of(group)), key=lambda each: each[1])
    if best[1] or not own:
        return best
    return next(((field, 1) for text in reversed(own) if (field := field_within(text))), best)


def _samples(sheet: Sheet, heading_row: int, number: int) -> tuple[str, ...]:
    samples: list[str] = []
    for row in range(heading_row + 1, min(len(sheet.values), heading_row + SAMPLED) + 1):
        value = sheet.value(row, number)
        if value is not None:
            shown = clean(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))
            if shown and shown not in samples:
                samples.append(shown[:60])
        if len(samples) == 3:
            break
    return tuple(samples)


def _values(sheet: Sheet, heading_row: int, number: int) -> list[Value]:
    rows = range(heading_row + 1, min(len(sheet.values), heading_row + SAMPLED) + 1)
    return [value for row in rows if (value := sheet.value(row, number)) is not None]


def _settled(sheet: Sheet, heading_row: int, columns: list[Column]) -> list[Column]:
    """Doubts decided by the other columns, and columns without a known heading by what stands in them."""
    fields = {column.field for column in columns if not column.hidden}
    family = bool(fields & {"family", "last_or_name", "last_or_honorific"})
    given = "given" in fields or ("first_or_name" in fields and bool(fields & {"family", "last_or_honorific"}))
    choice = {
        "first_or_name": "given" if family and "last_or_name" not in fields and "given" not in fields else "name",
        "last_or_name": "family" if given else "name",
        "last_or_honorific": "family",
        "date_plain": "ignored" if "date" in fields else "date",
    }
    settled = []
    for column in columns:
        field = choice.get(column.field, column.field)
        values = _values(sheet, heading_row, column.number)
        if column.field == "last_or_honorific" and _mostly(values, _is_address):
            field = "honorific"
        if field in ("", "index", "ignored", "notes"):
            field = _by_content(values, fields) or field
        settled.append(replace(column, field=field, sure=column.sure and bool(column.field)))
    return _only_one_identity_leak(settled)


def _only_one_identity_leak(columns: list[Column]) -> list[Column]:
    # Samples are shown on a page: those of an identity number are not.
    return [replace(column, samples=()) if column.field == "identity" else column for column in columns]


def _is_address(value: Value) -> bool:
    return isinstance(value, str) and all(fold(word).replace(".", "") in ADDRESS for word in value.split())


def _mostly(values: Sequence[Value], test: "object", least: float = 0.6) -> bool:
    assert callable(test)
    return len(values) > 0 and sum(bool(test(value)) for value in values) >= least * len(values)


def _by_content(values: list[Value], fields: set[str]) -> str:
    texts = [value for value in values if isinstance(value, str)][:60]
    if texts and _mostly(texts, lambda text: looks_like_identity_number(text) and len(text) <= 12):
        return "identity"
    if "mail" not in fields and texts and _mostly(texts, lambda text: bool(read_mails(text).values)):
        return "mail"
    if "phone" not in fields and values and _mostly(values[:60], lambda value: bool(read_phones(value).values)):
        return "phone"
    return ""


def _mapped(sheet: Sheet, columns: list[Column], mapping: Mapping[str | int, str]) -> list[Column]:
    """The columns with the user's own choice; all others stay as guessed, but for a field chosen elsewhere."""
    wanted = {(key if isinstance(key, int) else column_number(key)): field for key, field in mapping.items()}
    known = {column.number: column for column in columns}
    for number in wanted:
        known.setdefault(number, Column(number, "", "", _samples(sheet, 0, number)))
    single = {f for f, n in Counter(wanted.values()).items() if n and f in ("name", "date", "body_code", "status")}
    result = []
    for number, column in sorted(known.items()):
        if number in wanted:
            field = wanted[number] if wanted[number] in FIELDS else "ignored"
            field = "identity" if column.field == "identity" else field
            result.append(replace(column, field=field, hidden=False, sure=True))
        else:
            result.append(replace(column, field="ignored") if column.field in single else column)
    return result
