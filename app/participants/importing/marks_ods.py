"""The marks of an .ods workbook: hidden columns and rows, merged cells, struck-through cells, formulas."""

import zipfile

from app.participants.importing.safety import check_area, parse_xml, read_entry
from app.participants.importing.sheet import Marks


def sheet_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """The marks of every table of the document by its name."""
    reading = _Reading()
    parse_xml(read_entry(archive, "content.xml"), start=reading.start, end=reading.end, text=reading.characters)
    return reading.tables


class _Reading:
    """The content of the document, read as a stream; repeated empty rows and cells cost nothing."""

    def __init__(self) -> None:
        self.tables: dict[str, Marks] = {}
        self._marks: Marks | None = None
        self._row = self._column = self._column_definition = 0
        self._row_repeat = self._cell_repeat = 1
        self._row_attributes: dict[str, str] = {}
        self._cell_attributes: dict[str, str] = {}
        self._cell_has_text = False
        self._row_filled = False
        self._in_cell = False
        self._style = ""
        self._struck_styles: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "text-properties":
            if attributes.get("text-line-through-style", "none") != "none" and self._style:
                self._struck_styles.add(self._style)
        elif name == "table":
            self._marks = self.tables.setdefault(attributes.get("name", ""), Marks())
            self._row = self._column_definition = 0
        elif self._marks is not None:
            self._start_inside(self._marks, name, attributes)

    def _start_inside(self, marks: Marks, name: str, attributes: dict[str, str]) -> None:
        if name == "table-column":
            repeat = _number(attributes, "number-columns-repeated")
            if attributes.get("visibility") in ("collapse", "filter"):
                first = self._column_definition + 1
                marks.hidden_columns.update(range(first, min(first + repeat, first + 500)))
            self._column_definition += repeat
        elif name == "table-row":
            self._row += 1
            self._column = 0
            self._row_repeat = _number(attributes, "number-rows-repeated")
            self._row_attributes, self._row_filled = attributes, False
        elif name in ("table-cell", "covered-table-cell"):
            self._column += 1
            self._cell_repeat = _number(attributes, "number-columns-repeated")
            self._cell_attributes, self._in_cell = attributes, True
            self._cell_has_text = "value-type" in attributes or "formula" in attributes

    def characters(self, text: str) -> None:
        if self._in_cell and text.strip():
            self._cell_has_text = True

    def end(self, name: str) -> None:
        marks = self._marks
        if marks is None:
            return
        if name in ("table-cell", "covered-table-cell"):
            self._in_cell = False
            self._finish_cell(marks)
            self._column += self._cell_repeat - 1
        elif name == "table-row":
            self._finish_row(marks)
        elif name == "table":
            check_area(marks.last_row, marks.last_column)
            self._marks = None

    def _finish_cell(self, marks: Marks) -> None:
        attributes, cell = self._cell_attributes, (self._row, self._column)
        if self._cell_has_text:
            self._row_filled = True
            marks.last_column = max(marks.last_column, self._column + self._cell_repeat - 1)
            marks.cells += 1
        if attributes.get("formula"):
            marks.formulas[cell] = "=" + attributes["formula"].removeprefix("of:").removeprefix("=")
        if attributes.get("style-name") in self._struck_styles and self._cell_has_text:
            marks.struck.add(cell)
        rows, columns = _number(attributes, "number-rows-spanned"), _number(attributes, "number-columns-spanned")
        if rows * columns > 1:
            marks.merged.append((*cell, cell[0] + rows - 1, cell[1] + columns - 1))

    def _finish_row(self, marks: Marks) -> None:
        if self._row_filled:
            marks.last_row = max(marks.last_row, self._row + self._row_repeat - 1)
            check_area(marks.last_row, marks.last_column)
            if self._row_attributes.get("visibility") in ("collapse", "filter"):
                marks.hidden_rows.update(range(self._row, self._row + self._row_repeat))
        self._row += self._row_repeat - 1


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() else 1
