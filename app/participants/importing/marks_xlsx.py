"""The marks of an .xlsx workbook: hidden sheets, columns and rows, merged cells, struck-through cells, formulas.

The values are read elsewhere; this pass reads only what values do not say, as a stream, and counts cells first.
"""

import re
import zipfile

from app.participants.importing.safety import check_area, parse_xml, read_entry
from app.participants.importing.sheet import Cell, Marks, column_number

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def cell_of(reference: str) -> Cell | None:
    """The row and column of a reference such as B12; none when it is not one."""
    found = _REFERENCE.fullmatch(reference)
    return (int(found.group(2)), column_number(found.group(1))) if found else None


def sheet_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """The marks of every worksheet by its name."""
    paths = _sheet_paths(archive)
    names = set(archive.namelist())
    struck_styles = _struck_styles(archive) if "xl/styles.xml" in names else set()
    struck_texts = _struck_texts(archive) if "xl/sharedStrings.xml" in names else set()
    return {
        name: _SheetReading(struck_styles, struck_texts).read(read_entry(archive, path))
        for name, path in paths.items()
        if path in names
    }


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def workbook(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            sheets[attributes.get("name", "")] = attributes.get("id", "")

    def relations(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    names = set(archive.namelist())
    if "xl/workbook.xml" in names and "xl/_rels/workbook.xml.rels" in names:
        parse_xml(read_entry(archive, "xl/workbook.xml"), start=workbook)
        parse_xml(read_entry(archive, "xl/_rels/workbook.xml.rels"), start=relations)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1") not in ("0", "false")


def _struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the cell formats whose font is struck through."""
    path: list[str] = []
    fonts: list[bool] = []
    formats: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "font" and path[-1:] == ["fonts"]:
            fonts.append(False)
        elif name == "strike" and path[-1:] == ["font"] and fonts and "fonts" in path:
            fonts[-1] = _is_on(attributes)
        elif name == "xf" and path[-1:] == ["cellXfs"]:
            formats.append(int(attributes.get("fontId", "0") or 0))
        path.append(name)

    parse_xml(read_entry(archive, "xl/styles.xml"), start=start, end=lambda _: path.__delitem__(-1))
    return {number for number, font in enumerate(formats) if font < len(fonts) and fonts[font]}


def _struck_texts(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the shared texts whose every run is struck through."""
    path: list[str] = []
    runs: list[list[bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            runs.append([])
        elif name == "r" and path[-1:] == ["si"]:
            runs[-1].append(False)
        elif name == "strike" and path[-1:] == ["rPr"] and runs and runs[-1]:
            runs[-1][-1] = _is_on(attributes)
        path.append(name)

    parse_xml(read_entry(archive, "xl/sharedStrings.xml"), start=start, end=lambda _: path.__delitem__(-1))
    return {number for number, each in enumerate(runs) if each and all(each)}


class _SheetReading:
    """One worksheet, read as a stream."""

    def __init__(self, struck_styles: set[int], struck_texts: set[int]) -> None:
        self._struck_styles, self._struck_texts = struck_styles, struck_texts
        self._marks = Marks()
        self._row = 0
        self._cell: Cell = (0, 0)
        self._type = ""
        self._inside = ""
        self._text: list[str] = []

    def read(self, content: bytes) -> Marks:
        parse_xml(content, start=self._start, end=self._end, text=self._characters)
        check_area(self._marks.last_row, self._marks.last_column)
        return self._marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "f", "is"):
            self._inside, self._text = name, []
            self._filled()
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1) or 0)
            self._cell = (self._row, 0)
            if attributes.get("hidden") in ("1", "true"):
                self._marks.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 0) or 0), int(attributes.get("max", 0) or 0)
            self._marks.hidden_columns.update(range(first, min(last, first + 500) + 1))
        elif name == "mergeCell":
            first_cell, _, last_cell = attributes.get("ref", "").partition(":")
            first_, last_ = cell_of(first_cell), cell_of(last_cell)
            if first_ and last_:
                self._marks.merged.append((*first_, *last_))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = cell_of(attributes.get("r", "")) or (self._row, self._cell[1] + 1)
        self._type = attributes.get("t", "")
        if int(attributes.get("s", "0") or 0) in self._struck_styles:
            self._marks.struck.add(self._cell)

    def _filled(self) -> None:
        marks, (row, column) = self._marks, self._cell
        marks.cells += 1
        marks.last_row, marks.last_column = max(marks.last_row, row), max(marks.last_column, column)
        if marks.cells % 100_000 == 0:
            check_area(marks.last_row, marks.last_column)

    def _characters(self, text: str) -> None:
        if self._inside and (self._inside == "f" or (self._inside == "v" and self._type == "s")):
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name != self._inside:
            return
        text = "".join(self._text)
        if name == "f":
            self._marks.formulas[self._cell] = f"={text}"
        elif name == "v" and self._type == "s" and text.isdecimal() and int(text) in self._struck_texts:
            self._marks.struck.add(self._cell)
        self._inside = ""
