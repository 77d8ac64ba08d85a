import csv
import re
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from app.paper.sheets import Column, csv_file, disposition, safe, xlsx

wall = datetime.fromisoformat

COLUMNS = [
    Column("الاسم الكامل", 30), Column("الهاتف", 16, "code"), Column("العدد", 8, "number"), Column("الأجل", 12, "date"),
    Column("تاريخ", 18, "moment"),
]  # fmt: skip
ROWS = [
    ["محمد عبد الله", "+212661234567", 3, date(2022, 3, 25), wall("2022-03-25T09:30")],
    ['=HYPERLINK("http://x")', "06 61 23 45 67", 2.5, None, None],
]
DANGEROUS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u200f=1",
    "\u202b@x",
    "＝1",
    "＋1+1",
    "\ufeff=1",
    "\x00=1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_a_program_would_run_is_disarmed(text: str) -> None:
    assert safe(text).startswith("'")
    assert safe(text)[1] in "=+-@＝＋"


@pytest.mark.parametrize("text", ["+212661234567", "+212 6 61 23 45 67", "-5", "-2,5", "محمد", "a=b", "٪", ""])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_workbook_is_read_back_with_types_and_without_formulas(lang: str) -> None:
    made = xlsx("لائحة [المشاركين]: 2022/03 وهذا عنوان طويل جدا", COLUMNS, ROWS, lang=lang)
    sheet = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()
    assert sheet[0] == [column.title for column in COLUMNS]
    assert sheet[1] == ["محمد عبد الله", "+212661234567", 3.0, date(2022, 3, 25), wall("2022-03-25T09:30")]
    assert sheet[2][:3] == ['\'=HYPERLINK("http://x")', "06 61 23 45 67", 2.5]
    inside = zipfile.ZipFile(BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside
    assert "<f " not in inside
    assert ('rightToLeft="1"' in inside) is (lang == "ar")
    assert "<autoFilter " in inside
    assert 'state="frozen"' in inside


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    made = xlsx("x", [Column("a")], [["م" * 40_000]], lang="ar")
    cell = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()[1][0]
    assert len(cell) == 32_767
    assert cell.endswith("…")


def test_empty_list_still_has_its_headings() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(xlsx("x", COLUMNS, [], lang="ar"))).get_sheet_by_index(0).to_python()
    assert sheet == [[column.title for column in COLUMNS]]


def test_csv_opens_in_excel_and_is_disarmed() -> None:
    made = csv_file(COLUMNS, ROWS)
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["محمد عبد الله", "+212661234567", "3", "2022-03-25", "2022-03-25 09:30"]
    assert rows[2][0].startswith("'=")
    assert made.endswith(b"\r\n")


def test_file_is_named_for_old_and_new_programs() -> None:
    named = disposition("Agadir 2022", "لائحة/المشاركين\u202e", "csv")
    assert named.startswith("attachment; filename=\"agadir-2022.csv\"; filename*=UTF-8''")
    assert re.fullmatch(r"[\x20-\x7e]+", named)
    assert "%E2%80%AE" not in named
    assert "%2F" not in named
