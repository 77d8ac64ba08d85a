"""From a file to sheets: safety first, then values and marks."""

import io
import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.participants.importing import marks_ods, marks_xlsx
from app.participants.importing.delimited import read_delimited
from app.participants.importing.safety import Format, check_area, format_of
from app.participants.importing.sheet import FileRefused, Marks, Range, Sheet


def read_workbook(source: str | Path | bytes, *, name: str = "") -> list[Sheet]:
    """Every sheet of an .xlsx, .xls, .ods, .csv or .tsv file, hidden ones too, as plain values with their marks.

    Writes nothing, runs no formula, follows no link. Raises FileRefused with `too_large_inside`, `not_a_spreadsheet`,
    `encrypted`, `forbidden_xml`, `empty` or `damaged`.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    if not name and not isinstance(source, bytes):
        name = Path(source).stem
    form = format_of(data)
    sheets = [read_delimited(data, name or "1")] if form == "text" else _workbook(data, form)
    if all(sheet.is_empty for sheet in sheets):
        raise FileRefused("empty")
    return sheets


def _marks(data: bytes, form: Format) -> dict[str, Marks]:
    if form == "xls":
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return marks_xlsx.sheet_marks(archive) if form == "xlsx" else marks_ods.sheet_marks(archive)
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise FileRefused("damaged") from error


def _workbook(data: bytes, form: Format) -> list[Sheet]:
    # The marks come first: they count the cells before the reader fills a rectangle in memory.
    marks = _marks(data, form)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(workbook, meta, marks.get(meta.name), form)
            for meta in workbook.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise FileRefused("encrypted") from error
    except FileRefused:
        raise
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused("encrypted" if "password" in str(error).lower() else "damaged") from error
    except BaseException as error:
        # The reader's own crash on a broken file arrives as a panic, which is no ordinary exception.
        if type(error).__name__ == "PanicException":
            raise FileRefused("damaged") from error
        raise


def _sheet(workbook: Any, meta: Any, marks: Marks | None, form: Format) -> Sheet:
    found = workbook.get_sheet_by_name(meta.name)
    check_area(found.total_height, found.total_width)
    sheet = Sheet(
        meta.name,
        found.to_python(skip_empty_area=False),
        hidden=meta.visible != SheetVisibleEnum.Visible,
        marks=marks or Marks(),
    )
    if form == "xls":
        sheet.marks.merged = [_range(each) for each in found.merged_cell_ranges or ()]
    return sheet


def _range(each: Any) -> Range:
    (first_row, first_column), (last_row, last_column) = each
    return first_row + 1, first_column + 1, last_row + 1, last_column + 1
