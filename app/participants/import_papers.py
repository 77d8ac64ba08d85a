"""What an import hands out: the remarks of a row in words, the rows to be mended, the empty template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.kernel.languages import t
from app.paper import sheets
from app.participants.importing import FLAGS

# The columns of our template, each under a heading that the importer knows in the three languages.
COLUMNS = (
    "name_ar",
    "name_latin",
    "honorific",
    "category",
    "role",
    "body",
    "phone",
    "email",
    "wishes",
    "date",
    "notes",
)


def remark(said: Mapping[str, Any]) -> str:
    """A remark on a row, as a sentence with its cure."""
    return t.plain(f"import.flag.{said['code']}", **dict(said["params"]))


def to_check(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The remarks of a row that a person should look at."""
    return [one for one in row["remarks"] if FLAGS[one["code"]] == "check"]


def to_mend(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The remarks of a row that somebody must mend; for a rejected row, every remark."""
    mend = [one for one in row["remarks"] if FLAGS[one["code"]] == "mend"]
    return mend or list(row["remarks"])


def bad_rows(rows: Iterable[Mapping[str, Any]], lang: str) -> bytes:
    """The rows to be mended, in the template's columns with sheet, row and reason before them."""
    columns = [sheets.Column(t.plain(f"participants.import.{name}"), 14) for name in ("sheet", "row")]
    columns.append(sheets.Column(t.plain("participants.import.reason"), 60))
    columns += [sheets.Column(_heading(name, lang), 22) for name in COLUMNS]
    lines = []
    for row in rows:
        if row["bad"]:
            mend = to_mend(row)
            typed = {one["field"]: one["value"] for one in mend}
            lines.append([row["sheet"], row["row"], " ".join(remark(one) for one in mend), *_cells(row, typed)])
    return sheets.xlsx(t.plain("participants.import.bad_rows"), columns, lines, lang=lang)


def _cells(row: Mapping[str, Any], typed: Mapping[str, str]) -> list[sheets.Cell]:
    """What the row says, and where nothing could be read, what was typed."""
    return [
        row["name_ar"] or ("" if row["name_latin"] else typed.get("name", "")), row["name_latin"], row["honorific"],
        row["category"], row["role"], row["body_code"] or typed.get("body", ""),
        ", ".join(row["phones"]) or typed.get("phone", ""), row["email"] or typed.get("email", ""),
        ", ".join(row["wishes"]) or typed.get("wishes", ""), row["registered_on"] or typed.get("registered_on", ""), "",
    ]  # fmt: skip


def template(lang: str) -> bytes:
    """An empty list whose headings the importer knows by themselves."""
    columns = [sheets.Column(_heading(name, lang), 24) for name in COLUMNS]
    return sheets.xlsx(t.plain("nav.participants", lang=lang), columns, [], lang=lang)


def _heading(name: str, lang: str) -> str:
    return t.plain(f"participants.template.{name}", lang=lang)
