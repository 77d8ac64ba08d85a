"""Spreadsheets made for the tests: the meeting's workshops, workbooks of any shape, files that must be refused."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from app.participants.importing import Analysis, KnownWorkshop, Row, analyse, read_workbook
from tests.territory.known import matcher

DATA = Path(__file__).parents[2] / "data"
WORKSHOPS = [
    KnownWorkshop(
        "1",
        (
            "تطوير نظام تقييم أداء الجماعات المستهدفة وتحفيزها",
            "Développement d'un système d'évaluation et d'incitation de la performance des communes cibles",
        ),
    ),
    KnownWorkshop(
        "2",
        ("تعزيز التعاون بين الجماعات الترابية", "Promotion de la coopération entre collectivités territoriales"),
    ),
    KnownWorkshop("3", ("تقوية القدرات", "Renforcement des capacités")),
]


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], change: Callable[..., None] | None = None) -> bytes:
    """An .xlsx of these sheets; `change(book, sheets)` may dress it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = []
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        made.append(sheet)
    if change:
        change(book, *made)
    book.close()
    return out.getvalue()


def delimited(rows: Iterable[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def ods(content_rows: str, *, styles: str = "", name: str = "Feuille1") -> bytes:
    """A small .ods whose table holds these rows of XML."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{content_rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def ods_row(*values: str, style: str = "", attributes: str = "") -> str:
    cells = "".join(
        f'<table:table-cell {f"""table:style-name="{style}" """ if style else ""}office:value-type="string">'
        f"<text:p>{value}</text:p></table:table-cell>"
        if value
        else "<table:table-cell/>"
        for value in values
    )
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def rezip(data: bytes, replace: dict[str, bytes]) -> bytes:
    """The same archive with some entries replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replace:
                new.writestr(name, old.read(name))
        for name, content in replace.items():
            new.writestr(name, content)
    return out.getvalue()


def analysed(data: bytes | Path, **more: Any) -> Analysis:
    more.setdefault("year", 2022)
    return analyse(read_workbook(data), bodies=matcher(), workshops=WORKSHOPS, **more)


def rows_of(data: bytes | Path, **more: Any) -> list[Row]:
    return analysed(data, **more).rows


def flags(row: Row) -> set[str]:
    return {flag.code for flag in row.flags}
