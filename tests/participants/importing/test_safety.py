"""Files that must be refused whole, by code, before anything of them is believed."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.participants.importing import REFUSALS, FileRefused
from app.participants.importing import safety as limits
from tests.participants.importing.sheets import analysed, ods, rezip, workbook

GOOD = workbook(("L", [["Nom complet", "Commune"], ["Hassan AMRANI", "Tiznit"]]))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        analysed(data)
    assert refusal.value.code in REFUSALS
    return refusal.value.code


def tried(data: bytes) -> str:
    """The code of the refusal, or nothing; any other exception is the test's failure."""
    try:
        analysed(data)
    except FileRefused as refusal:
        return refusal.code
    return ""


def sheet_xml(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'.encode()


def bomb() -> bytes:
    return rezip(GOOD, {"xl/worksheets/sheet1.xml": sheet_xml(" " * 60_000_000)})


def lying_size() -> bytes:
    """An archive whose directory declares 100 bytes for an entry of 200 megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/media.bin", b"0" * 200_000_000)
    data = bytearray(out.getvalue())
    size = struct.pack("<I", 200_000_000)
    for at in (data.rfind(size), data.find(size)):
        if at >= 0:
            data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def dtd(content: bytes) -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return head + content.split(b"?>", 1)[1]


def _entry(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return archive.read(name)


REFUSED = {
    "bomb": (bomb, {"too_large_inside"}),
    "lying size": (lying_size, {"damaged", "too_large_inside"}),
    "many entries": (lambda: rezip(GOOD, {f"x/{n}.txt": b"" for n in range(2_500)}), {"too_large_inside"}),
    "far cell": (
        lambda: rezip(GOOD, {"xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'
                             '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}),
        {"too_large_inside"},
    ),
    "document type in a sheet": (
        lambda: rezip(GOOD, {"xl/worksheets/sheet1.xml": dtd(_entry("xl/worksheets/sheet1.xml"))}), {"forbidden_xml"},
    ),
    "document type in UTF-16": (
        lambda: rezip(GOOD, {"xl/sharedStrings.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")}),
        {"forbidden_xml"},
    ),
    "document type in relations": (
        lambda: rezip(GOOD, {"xl/_rels/workbook.xml.rels": dtd(_entry("xl/_rels/workbook.xml.rels"))}), {"forbidden_xml"},
    ),
    "document type in an open document": (
        lambda: rezip(ods(""), {"content.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), {"forbidden_xml"},
    ),
    "PDF": (lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", {"not_a_spreadsheet"}),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, {"not_a_spreadsheet"}),
    "web page": (lambda: b"<html><table><tr><td>Nom</td></tr></table></html>", {"not_a_spreadsheet"}),
    "word document": (lambda: rezip(GOOD, {}).replace(b"xl/", b"wd/"), {"not_a_spreadsheet", "damaged"}),
    "any archive": (lambda: rezip(_zip({"a.txt": b"x"}), {}), {"not_a_spreadsheet"}),
    "old text document": (lambda: OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), {"not_a_spreadsheet"}),
    "protected workbook": (lambda: OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), {"encrypted"}),
    "protected open document": (
        lambda: rezip(ods(""), {"META-INF/manifest.xml": b"<m><encryption-data/></m>"}), {"encrypted"},
    ),
    "nothing": (lambda: b"", {"empty"}),
    "white space": (lambda: b"\xef\xbb\xbf \r\n\t\r\n", {"empty"}),
    "empty workbook": (lambda: workbook(("L", [])), {"empty"}),
    "heading alone": (lambda: workbook(("L", [["Nom complet", "Commune", "Tél"]])), {"empty"}),
    "no heading": (
        lambda: workbook(("L", [["Hassan AMRANI", "Président", "Tiznit", "0600000101"], ["Salma RIFI", "Élue", "Agadir", "0600000102"]])),
        {"no_header"},
    ),
    "no heading in text": (lambda: b"Hassan AMRANI;Tiznit;0600000101\nSalma RIFI;Agadir;0600000102\n", {"no_header"}),
    "cut short": (lambda: GOOD[: len(GOOD) // 2], {"damaged"}),
    "broken part": (lambda: rezip(GOOD, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}), {"damaged"}),
    "cut old workbook": (lambda: (Path(__file__).parents[2] / "data/participants-old-format.xls").read_bytes()[:3000], {"damaged", "not_a_spreadsheet"}),
}  # fmt: skip


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_by_code(name: str) -> None:
    make, codes = REFUSED[name]
    assert refused(make()) in codes


def test_file_over_the_limit_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE", 100)
    assert refused(GOOD) == "too_large_inside"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert tried(data) in ("", *REFUSALS)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_any_broken_byte_of_a_workbook_is_read_or_refused(at: int, change: int) -> None:
    data = bytearray(GOOD)
    data[at] ^= change
    assert tried(bytes(data)) in ("", *REFUSALS)
