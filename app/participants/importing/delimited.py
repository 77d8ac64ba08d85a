"""Text files of rows: which encoding, which delimiter, which values."""

import csv
import io
import re

from app.participants.importing.safety import check_area
from app.participants.importing.sheet import FileRefused, Sheet, Value

_ARABIC_RUN = re.compile(r"[\u0621-\u064a]{3,}")
_DELIMITERS = (";", ",", "\t", "|")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")


def read_delimited(data: bytes, name: str) -> Sheet:
    """The rows of a CSV or TSV file: UTF-8, UTF-16, windows-1256 or windows-1252; `;`, `,`, tab or `|` between values.

    Refuses `not_a_spreadsheet` for text without rows and columns, `damaged` for broken quoting.
    """
    text = decode(data)
    delimiter, text = _declared(text)
    if delimiter is None:
        delimiter = _guess(text)
    rows: list[list[Value]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(list(row))
            if len(rows) % 10_000 == 0:
                check_area(len(rows), max(map(len, rows[-10:])))
    except csv.Error as error:
        raise FileRefused("damaged") from error
    check_area(len(rows), max(map(len, rows), default=0))
    return Sheet(name, rows)


def decode(data: bytes) -> str:
    """The text of the bytes; refuses `not_a_spreadsheet` when they are no text in any encoding we know."""
    text = _unicode(data)
    if text is None:
        arabic = data.decode("cp1256")
        latin = data.decode("cp1252", errors="replace")
        # Both tables share the French small letters; only Arabic text makes whole Arabic words.
        text = arabic if len(_ARABIC_RUN.findall(arabic)) >= 2 else latin
    if len(_CONTROLS.findall(text[:20_000])) > 2 or "\ufffd" * 3 in text:
        raise FileRefused("not_a_spreadsheet")
    return text


def _unicode(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").removeprefix("\ufeff")
    head = data[:2000]
    if head.count(0) > len(head) // 5:
        order = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return data.decode(order, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _declared(text: str) -> tuple[str | None, str]:
    first, _, rest = text.partition("\n")
    declared = first.strip()
    if declared.lower().startswith("sep=") and len(declared) == 5:
        return declared[4], rest
    return None, text


def _guess(text: str) -> str:
    """The delimiter that cuts most lines into the same number of values, at least two."""
    lines = [line for line in text.splitlines()[:200] if line.strip()][:60]
    best, chosen = 0.0, ""
    for delimiter in _DELIMITERS:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = [count for count in counts if count > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = sum(min(count, usual) == usual for count in counts) / len(counts) + min(usual, 8) / 100
            if score > best:
                best, chosen = score, delimiter
    if not chosen:
        if any(len(line) > 200 for line in lines):
            raise FileRefused("not_a_spreadsheet")
        return ","
    return chosen
