"""What the words over a column mean, in Arabic, French and English."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from app.kernel.text import clean, digits_western, fold

FIELDS = (
    "name", "given", "family", "honorific", "category", "function", "body", "body_code", "province", "region", "phone",
    "mail", "wish", "date", "status", "notes", "represented_by", "identity", "index", "ignored",
)  # fmt: skip
"""What a column may be; `identity` is recognised in order to be left out, `index` and `ignored` are not read."""
NAME_FIELDS = frozenset({"name", "given", "family", "first_or_name", "last_or_name", "last_or_honorific"})
_NEVER_WITHIN = NAME_FIELDS | {"date", "date_plain", "index", "status", "category"}

_WORD = re.compile(r"[^\W_]+")
_PIECES = re.compile(r"[\n/|()\[\]:*،,؛;–—]+|\s-\s")
LONGEST = 90
"""A longer text is no heading."""


def _norm(text: str) -> str:
    words = _WORD.findall(fold(re.sub(r"['’ʼ°º]", " ", digits_western(text))))
    return " ".join(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], list[tuple[str, str]]]:
    exact: dict[str, str] = {}
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for words in row["words"].split("|"):
                exact.setdefault(_norm(words), row["field"])
    phrases = sorted(((p, f) for p, f in exact.items() if len(p) > 1), key=lambda each: -len(each[0]))
    return exact, phrases


@lru_cache(maxsize=4096)
def field_of(heading: str) -> tuple[str, int]:
    """The field a heading means and how sure that is: 3 its very words, 2 one of its parts, 1 words inside it, 0 none.

    An identity number is recognised in any part of the heading, so that it is never taken in.
    """
    heading = clean(digits_western(heading).replace("\n", " / ")) if "\n" in heading else clean(heading)
    if not heading or len(heading) > LONGEST:
        return "", 0
    exact, phrases = _table()
    if field := exact.get(_norm(heading)):
        return field, 3
    found: list[str] = []
    for piece in _PIECES.split(heading):
        if field := exact.get(_norm(re.sub(r"\d+", "", piece))):
            found.append(field)
    if "identity" in found:
        return "identity", 2
    plain = [field for field in found if field != "index"] or found
    if plain:
        return _surest(plain), 2
    normal = f" {_norm(heading)} "
    dated = normal.startswith((" تاريخ ", " date "))
    for phrase, field in phrases:
        if f" {phrase} " in normal and len(phrase.split()) * 2 >= len(normal.split()):
            # «تاريخ تأكيد الحضور» is the day of it, not the answer.
            return "date_plain" if dated and field != "ignored" else field, 1
    return "", 0


def field_within(heading: str) -> str:
    """The field a question over a column asks for: "Quel atelier souhaitez-vous suivre ?". Never a name or a date.

    Only for a row already known as the heading: in any other row a word proves nothing.
    """
    if field_of(heading)[0] or len(heading) > 2 * LONGEST:
        return field_of(heading)[0]
    normal = f" {_norm(heading)} "
    for phrase, field in _table()[1]:
        if len(phrase) > 3 and f" {phrase} " in normal and field not in _NEVER_WITHIN:
            return field
    return ""


def _surest(fields: list[str]) -> str:
    """Of several parts the one that leaves no doubt: «الاسم / Nom et prénom» is a whole name."""
    doubtful = {"first_or_name", "last_or_name", "last_or_honorific", "date_plain", "region"}
    return next((field for field in fields if field not in doubtful), fields[0])
