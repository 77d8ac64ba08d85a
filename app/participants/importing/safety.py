"""What is looked at before any spreadsheet is parsed: what the bytes are, how large they unpack, what XML hides.

Nothing here trusts a file name or a declared size.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Literal
from xml.parsers import expat

from app.participants.importing.sheet import FileRefused

Format = Literal["xlsx", "ods", "xls", "text"]

MAX_FILE = 25 * 2**20
MAX_ENTRIES = 2_000
MAX_ENTRY = 128 * 2**20
MAX_UNPACKED = 256 * 2**20
MAX_RATIO = 250
"""Highest compression of an entry larger than a mebibyte; honest sheets stay below a hundred."""
MAX_ROWS = 60_000
MAX_COLUMNS = 400
MAX_AREA = 6_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = re.compile(rb"%PDF|\x89PNG|GIF8|\xff\xd8\xff|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\x7fELF|MZ|RIFF|\{\\rtf|ID3")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|svg|script|body|head)", re.IGNORECASE)


class _Seen(Exception):
    """Stops the parser at the first element; nothing went wrong."""


def format_of(data: bytes) -> Format:
    """What the bytes are; raises FileRefused with `empty`, `not_a_spreadsheet`, `encrypted` or `too_large_inside`."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("empty")
    if len(data) > MAX_FILE:
        raise FileRefused("too_large_inside")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_format(data)
    if data.startswith(_OLE):
        return _ole_format(data)
    if _NOT_TEXT.match(data) or _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise FileRefused("not_a_spreadsheet")
    return "text"


def _ole_format(data: bytes) -> Format:
    # The names of the streams stand in the directory as UTF-16; a protected .xlsx is a container of one of these.
    names = {name: name.encode("utf-16-le") in data for name in ("EncryptedPackage", "Workbook", "Book")}
    if names["EncryptedPackage"]:
        raise FileRefused("encrypted")
    if not (names["Workbook"] or names["Book"]):
        raise FileRefused("not_a_spreadsheet")
    return "xls"


def _zip_format(data: bytes) -> Format:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FileRefused("damaged") from error
    with archive:
        _check_sizes(entries)
        names = {entry.filename for entry in entries}
        found: Format | None = None
        if "xl/workbook.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("xl/") for n in names)):
            found = "xlsx"
        elif "content.xml" in names and _is_ods(archive, names):
            found = "ods"
        if found is None or "xl/workbook.bin" in names:
            raise FileRefused("not_a_spreadsheet")
        if any(entry.flag_bits & 1 for entry in entries):
            raise FileRefused("encrypted")
        _check_entries(archive, entries)
    return found


def _is_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    kind = read_entry(archive, "mimetype") if "mimetype" in names else b""
    manifest = read_entry(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise FileRefused("encrypted")
    return b"opendocument.spreadsheet" in kind or b"opendocument.spreadsheet" in manifest


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FileRefused("too_large_inside")
    for entry in entries:
        if entry.file_size > MAX_ENTRY:
            raise FileRefused("too_large_inside")
        if entry.file_size > 2**20 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise FileRefused("too_large_inside")


def _check_entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Every entry is unpacked and counted, because a declared size may lie; every XML part is searched for a DTD."""
    total = 0
    for entry in entries:
        content = read_entry(archive, entry.filename)
        total += len(content)
        if total > MAX_UNPACKED:
            raise FileRefused("too_large_inside")
        if entry.filename.lower().endswith((".xml", ".rels")) and content.strip():
            refuse_document_type(content)


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """The unpacked bytes of one entry, never more than MAX_ENTRY; refuses `damaged` or `too_large_inside`."""
    try:
        with archive.open(name) as stream:
            content = stream.read(MAX_ENTRY + 1)
    except KeyError as error:
        raise FileRefused("damaged") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileRefused("damaged") from error
    if len(content) > MAX_ENTRY:
        raise FileRefused("too_large_inside")
    return content


def _forbid(*_: Any) -> Any:
    raise FileRefused("forbidden_xml")


def refuse_document_type(content: bytes) -> None:
    """Refuses `forbidden_xml` when a document type stands before the root element: it could define entities."""

    def first_element(*_: Any) -> None:
        raise _Seen

    try:
        parse_xml(content, start=first_element)
    except _Seen:
        return


def parse_xml(
    content: bytes,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Streams XML through three handlers, with document types, entities and external references forbidden.

    Names come without their namespace, as `localname`. Refuses `forbidden_xml` or `damaged`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _forbid
    parser.EntityDeclHandler = _forbid
    parser.ExternalEntityRefHandler = _forbid
    parser.UnparsedEntityDeclHandler = _forbid
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    )
    if end is not None:
        close = end
        parser.EndElementHandler = lambda name: close(name.rpartition(" ")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise FileRefused("damaged") from error


def check_area(rows: int, columns: int) -> None:
    """Refuses `too_large_inside` when a sheet spans more than a list of people can: the reader fills the rectangle."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_AREA:
        raise FileRefused("too_large_inside")
