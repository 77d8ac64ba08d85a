"""Fields that several forms of this room use: a text in three languages, an hour, a list one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange, Optional

from app.kernel.forms import Line, Lines, Longest, Required
from app.kernel.languages import t
from app.kernel.text import clean, digits_western

LANGS = ("ar", "fr", "en")
_HOUR = re.compile(r"(\d{1,2})\s*[:h.,]\s*(\d{2})")


def label(key: str, lang: str) -> Any:
    """The name of a field kept in several languages, with its language."""
    return t.lazy("meetings.field_in", field=t.lazy(f"meetings.f.{key}"), language=t.lazy(f"lang.{lang}"))


def lines(key: str, lang: str, longest: int, *, needed: bool = False) -> Line:
    """One line in one language."""
    return Line(label(key, lang), [*([Required()] if needed else []), Longest(longest)])


def long_text(key: str, lang: str, longest: int = 20000) -> Lines:
    """Several lines in one language."""
    return Lines(label(key, lang), [Longest(longest)])


def number(key: str) -> IntegerField:
    """A whole number, not below zero; may stay empty."""
    return IntegerField(t.lazy(f"meetings.f.{key}"), [Optional(), NumberRange(min=0, message=t.lazy("error.number"))])


class Hour(StringField):  # type: ignore[misc]
    """An hour of the day as 09:05; digits of any script are taken."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour; what is none stays as it was typed, with a sentence."""
        super().process_formdata(valuelist)
        typed = digits_western(clean(self.data or ""))
        if not typed:
            self.data = None
            return
        found = _HOUR.fullmatch(typed)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError(t("error.hour", example="09:05"))
        self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        return self.data.strftime("%H:%M") if isinstance(self.data, time) else (self.data or "")


def read_rows(text: str | None) -> list[dict[str, str]]:
    """Short texts one a line, the languages between bars: Arabic | French | English."""
    rows = []
    for line in (text or "").split("\n"):
        parts = [clean(part) for part in line.split("|")]
        if parts[0]:
            rows.append({lang: part for lang, part in zip(LANGS, parts, strict=False) if part})
    return rows


def write_rows(rows: Iterable[Mapping[str, str]]) -> str:
    """The same the other way, for the field."""
    return "\n".join(" | ".join(row.get(lang, "") for lang in LANGS).rstrip(" |") for row in rows)


def titles(rows: Iterable[Any]) -> str:
    """Titles of axes or tracks as the field shows them."""
    return write_rows({lang: getattr(row, f"title_{lang}") for lang in LANGS} for row in rows)
