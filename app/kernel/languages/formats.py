"""How numbers, dates and foreign runs of letters look in a language; knows no catalogue and no request.

Babel gives the names of months and days and the separators of numbers; it is only ever handed wall times, so the tz
library it brings along never touches an hour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from html import unescape
from typing import Any

import phonenumbers
from babel import Locale, dates, numbers
from markupsafe import Markup, escape

from app.kernel.clock import to_wall


@dataclass(frozen=True)
class Language:
    """A language of the product: its own name, long and short, its direction, and the locale that formats for it."""

    code: str
    name: str
    short: str
    direction: str
    locale: Locale

    @property
    def attributes(self) -> Markup:
        """The attributes of an element in this language."""
        return Markup('lang="{}" dir="{}"').format(self.code, self.direction)


# Moroccan month names and Western digits in Arabic come from ar_MA; Tifinagh runs left to right.
LANGUAGES = {
    "ar": Language("ar", "العربية", "ع", "rtl", Locale.parse("ar_MA")),
    "fr": Language("fr", "Français", "Fr", "ltr", Locale.parse("fr_MA")),
    "en": Language("en", "English", "En", "ltr", Locale.parse("en")),
    "zgh": Language("zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ⵣ", "ltr", Locale.parse("zgh")),
}
DEFAULT_LANGUAGE = "ar"

DEFAULT_ZONE = "Africa/Casablanca"
DAY = "d MMMM y"
WEEKDAY = "EEEE d MMMM y"

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

# Put together, not formatted: a page of a list isolates some thousand values.
_BDI, _LTR, _END = Markup("<bdi>"), Markup('<bdi dir="ltr">'), Markup("</bdi>")
_INNER_BDI = re.compile(r"<bdi[^>]*>((?:(?!<bdi).)*?)</bdi>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MARKS = re.compile("[\u061c\u200e\u200f]")
_LETTER_OF_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# Digits with something between them: a phone, a law, a range, an hour, a share of a total.
_FIGURES = re.compile(r"[+(]?\d[\d\s()+,.:/–-]*\d\)?|\+?\d+[\s\u00a0\u202f]?%|[\d.,]+[\s\u00a0\u202f]?%")
_PLAIN_NUMBER = re.compile(r"\d+([.,\u00a0\u202f]\d{3})*(,\d+)?")
# One word of ASCII with a digit or a joint in it: a code, an address, a file name.
_TOKEN = re.compile(r"(?=\S*[\d@/._#])[!-~]*[A-Za-z@/._#-][!-~]*")


def wall_time(value: date, zone: str | None = None) -> date:
    """The value as a clock on the wall shows it: an aware moment is carried to `zone` (Morocco unless told)."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return to_wall(value, zone or DEFAULT_ZONE)
    return value


@lru_cache(maxsize=4096, typed=True)
def number(value: float | Decimal, lang: str) -> str:
    """The number in the digits and separators of the language: 1.234,5 in Arabic of Morocco."""
    return _MARKS.sub("", numbers.format_decimal(value, locale=LANGUAGES[lang].locale))


def percent(ratio: float | Decimal, lang: str) -> str:
    """A ratio (0.45) as a whole percentage.

    Neither 0 nor 100 is shown before it is true: what is not all is at most 99%, what is not nothing at least 1%.
    """
    whole = round(ratio * 100)
    if 0 < ratio < 1:
        whole = min(max(whole, 1), 99)
    return f"{number(whole, lang)}{NARROW_NO_BREAK if lang == 'fr' else ''}%"


@lru_cache(maxsize=4096, typed=True)
def date_text(value: date, lang: str, pattern: str = DAY, *, zone: str | None = None) -> str:
    """The day as `pattern` (of CLDR) says; French writes the first of a month 1er."""
    text = _MARKS.sub("", dates.format_date(wall_time(value, zone), pattern, locale=LANGUAGES[lang].locale))
    return re.sub(r"(?<!\d)1(?= [^\W\d])", "1er", text, count=1) if lang == "fr" else text


def time_text(value: time | datetime, *, zone: str | None = None) -> str:
    """The hour on the 24-hour clock, 09:30, the same in every language."""
    if isinstance(value, datetime):
        value = wall_time(value, zone)  # type: ignore[assignment]
    return value.strftime("%H:%M")


def phone_text(value: str) -> str:
    """A stored number (+212661234567) as people here write it, 06 61 23 45 67; a foreign one with its country code."""
    compact = re.sub(r"[\s().-]", "", value)
    if re.fullmatch(r"\+212\d{9}", compact):
        national = "0" + compact[4:]
        return " ".join(national[start : start + 2] for start in range(0, 10, 2))
    try:
        parsed = phonenumbers.parse(compact)
    except phonenumbers.NumberParseException:
        return value
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def has_arabic(text: str) -> bool:
    """Whether a letter of a script that runs right to left is in the text."""
    return bool(_LETTER_OF_RTL.search(text))


def runs_ltr(text: str) -> bool:
    """Whether the text is a code, an address, a phone, a percentage or a range, which run left to right everywhere."""
    text = text.strip()
    if not text or has_arabic(text) or _PLAIN_NUMBER.fullmatch(text):
        return False
    return bool(_FIGURES.fullmatch(text) or _TOKEN.fullmatch(text))


def isolate(text: str) -> str:
    """The text between U+2068 and U+2069, for mails, calendars, papers and titles, where no markup is possible."""
    if not text or (text.startswith(FIRST_STRONG_ISOLATE) and text.find(POP_ISOLATE) == len(text) - 1):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def bdi(value: Any) -> Markup:
    """The value isolated for a page; codes, phones and the like left to right. Isolated already: as it is."""
    if hasattr(value, "__html__"):
        html = escape(value)
        return html if html.startswith("<bdi") else _BDI + html + _END
    text = "" if value is None else str(value)
    return ltr(text) if runs_ltr(text) else _BDI + text + _END


def ltr(value: Any) -> Markup:
    """The value isolated and running left to right: phones, codes, percentages, law numbers, file names."""
    return _LTR + escape("" if value is None else value) + _END


def without_markup(value: Any) -> str:
    """What a value says in plain text; what stood in `<bdi>` stands between U+2068 and U+2069."""
    if not hasattr(value, "__html__"):
        return "" if value is None else str(value)
    html = str(escape(value))
    while _INNER_BDI.search(html):
        html = _INNER_BDI.sub(lambda found: isolate(found.group(1)), html)
    return unescape(_TAG.sub("", html))


def pick(thing: Any, field: str, lang: str) -> tuple[str, str]:
    """The text of a field kept in several languages and the language it is in.

    `title` is read from `title_fr`, or else from Arabic, French, English, Amazigh; nothing anywhere is `("", lang)`.
    """
    for code in dict.fromkeys([lang, *LANGUAGES]):
        name = f"{field}_{code}"
        text = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
        if text:
            return str(text), code
    return "", lang


def passage(thing: Any, field: str, lang: str) -> Markup:
    """The picked text isolated for a page; in another language than the page's it says so."""
    text, code = pick(thing, field, lang)
    return (_BDI if code == lang else Markup("<bdi {}>").format(LANGUAGES[code].attributes)) + text + _END
