"""Spreadsheets and CSV files that open right in Arabic and French, and in which no cell is ever a formula."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Literal
from urllib.parse import quote

import xlsxwriter

Cell = str | int | float | Decimal | bool | date | datetime | None
Kind = Literal["text", "number", "date", "moment", "percent", "code"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

_LONGEST = 32_767  # characters, the limit of one cell in Excel
_SIGNS = ("=", "+", "-", "@")
_PHONE = re.compile(r"\+\d[\d \u00a0\u202f]+")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMATS: dict[Kind, dict[str, Any]] = {
    "number": {"num_format": "#,##0.##"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "percent": {"num_format": "0%"},
    "code": {"reading_order": 1},
    "text": {"text_wrap": False},
}


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters, and what its cells hold.

    `code` is text that runs left to right in every language: phones, mail addresses, short codes.
    """

    title: str
    width: float = 18
    kind: Kind = "text"


def safe(text: str) -> str:
    """Make a text which no spreadsheet program takes for a formula.

    Blanks, tabs and invisible marks at the start go, for they hide a sign from a simple check but not from the
    program; a text that then begins with = + - @ (also full-width) gets an apostrophe. A phone number such as
    +212661234567 and a plain number such as -5 stay as they are.
    """
    clear = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    start = 0
    while start < len(clear) and (clear[start].isspace() or unicodedata.category(clear[start]) == "Cf"):
        start += 1
    clear = clear[start:]
    if unicodedata.normalize("NFKC", clear[:1]).startswith(_SIGNS) and not (
        _PHONE.fullmatch(clear) or _NUMBER.fullmatch(clear)
    ):
        return f"'{clear}"
    return clear


def xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, lang: str) -> bytes:
    """Write one sheet: right to left for Arabic, headings frozen and filterable, dates and numbers typed.

    Rows are written one by one and never kept, so that ten thousand take little memory. A text longer than a cell
    holds is cut and ends with an ellipsis.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True},
    )
    sheet = book.add_worksheet(_sheet_name(title))
    if lang == "ar":
        sheet.right_to_left()
    formats = [
        book.add_format({"valign": "top", "font_name": "Calibri", **_FORMATS[column.kind]}) for column in columns
    ]
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#0E4F3D",
            "font_color": "#FFFDF9",
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
        }
    )
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, 30)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, safe(column.title), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, last, at, value, formats[at])
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def csv_file(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, delimiter: str = ",") -> bytes:
    """Write a CSV file in UTF-8 with the mark that lets Excel read Arabic; dates as yyyy-mm-dd, same safe cells."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe(column.title) for column in columns])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def disposition(slug: str, title: str, extension: str) -> str:
    """Name a file to be saved: a Latin slug for every program, and the real title for those that read RFC 6266."""
    latin = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-") or "liqaa"
    real = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", "".join(c for c in title if unicodedata.category(c) != "Cf")).strip()
    name = f"{real or latin}.{extension}"
    return f"attachment; filename=\"{latin}.{extension}\"; filename*=UTF-8''{quote(name, safe='')}"


def _write(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = safe(value)
        sheet.write_string(row, column, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_datetime(row, column, value, style)


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _sheet_name(title: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\, no apostrophe at either end."""
    name = "".join(c for c in re.sub(r"[\[\]:*?/\\]+", " ", title) if unicodedata.category(c) not in {"Cf", "Cc"})
    return name[:31].strip().strip("'").strip() or "Liqaa"
