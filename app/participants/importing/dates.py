"""The day a cell means, in every shape people and spreadsheets give it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.kernel.text import clean, digits_western, fold
from app.participants.importing.sheet import Value

_MONTHS = (
    "يناير كانون_الثاني janvier january jan janv",
    "فبراير شباط fevrier february feb fevr fev",
    "مارس آذار mars march mar",
    "أبريل ابريل نيسان إبريل avril april apr avr",
    "ماي مايو أيار mai may",
    "يونيو يونيه حزيران juin june jun",
    "يوليوز يوليو يوليه تموز juillet july jul juil",
    "غشت أغسطس آب aout august aug",
    "شتنبر سبتمبر أيلول septembre september sept sep",
    "أكتوبر تشرين_الأول octobre october oct",
    "نونبر نوفمبر تشرين_الثاني novembre november nov",
    "دجنبر ديسمبر كانون_الأول decembre december dec",
)
_MONTH = {fold(name.replace("_", " ")): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH_WORD = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_HIJRI_MONTHS = "محرم صفر ربيع جمادى رجب شعبان رمضان شوال القعدة الحجة هجرية"
_HIJRI = re.compile("|".join(fold(month) for month in _HIJRI_MONTHS.split()))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2}) ?[-/.\\ ] ?(\d{1,2}) ?[-/.\\ ] ?(\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2}) ?[/.-] ?(\d{1,2})(?![\d/.-])")
_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:er|eme|st|nd|rd|th)?[ .,]*(?:de )?({_MONTH_WORD})\b[ .,]*(\d{{4}}|\d{{2}}\b)?"
)
_WORDS_US = re.compile(rf"\b({_MONTH_WORD})[ .]+(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}})")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_SERIALS = range(36_526, 73_051)
"""Serial numbers of spreadsheets from 1 January 2000 to 31 December 2099."""
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class DateRead:
    """The day read, with the code of a flag or none; `first` and `second` are the two readings of an ambiguous date."""

    day: date | None = None
    flag: str = ""
    first: date | None = None
    second: date | None = None


NO_DATE = DateRead()
_UNREADABLE = DateRead(flag="date_invalid")


def _day(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(day: date | None) -> DateRead:
    return DateRead(day) if day else _UNREADABLE


def read_date(value: Value, *, year: int | None = None, day_first: bool | None = None) -> DateRead:
    """The calendar day of a value: a date, a serial number, or words in Arabic, French or English.

    Day before month, as in Morocco. A date such as 03/18/2022 is read the other way and flagged `date_us_order`; one
    that reads both ways is `date_ambiguous` and gives no day unless `day_first` says that the column is day first.
    `year` completes a date without one. Flags `date_invalid` and `date_hijri` give no day.
    """
    if value is None or isinstance(value, (bool, timedelta)):
        return NO_DATE
    if isinstance(value, datetime):
        return DateRead(value.date())
    if isinstance(value, date):
        return DateRead(value)
    if isinstance(value, (int, float)):
        return _serial(value)
    if not isinstance(value, str):
        return NO_DATE
    text = clean(digits_western(value))
    if not re.search(r"\d", text):
        return NO_DATE if len(fold(text).strip(" .-/?")) < 2 else _UNREADABLE
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _serial(float(text.replace(",", ".")))
    return _from_text(fold_dates(text), year, day_first)


def fold_dates(text: str) -> str:
    """Folded for its words, but with the dashes that part the numbers."""
    return fold(re.sub(r"(?<=\d)\s*[-‐‑‒–—]\s*(?=\d)", "/", text))


def _serial(number: float) -> DateRead:
    if not abs(number) < 1e9:
        return _UNREADABLE
    if int(number) in _SERIALS:
        return DateRead(_EPOCH + timedelta(days=int(number)))
    if number == int(number) and (found := _COMPACT.fullmatch(str(int(number)))):
        return _read(_day(*map(int, found.groups())))
    return _UNREADABLE


def _from_text(text: str, year: int | None, day_first: bool | None) -> DateRead:
    if _HIJRI.search(text):
        return DateRead(flag="date_hijri")
    if found := _WORDS.search(text):
        days, month, written = found.groups()
        if written or year:
            return _read(_day(int(written or year or 0), _MONTH[month], int(days)))
        return _UNREADABLE
    if found := _WORDS_US.search(text):
        return _read(_day(int(found.group(3)), _MONTH[found.group(1)], int(found.group(2))))
    if found := _ISO.search(text):
        return _read(_day(*map(int, found.groups())))
    if found := _NUMBERS.search(text):
        return _two_numbers(int(found.group(1)), int(found.group(2)), int(found.group(3)), day_first)
    if found := _COMPACT.fullmatch(text):
        return _read(_day(*map(int, found.groups())))
    if year and (found := _DAY_MONTH.search(text)):
        return _two_numbers(int(found.group(1)), int(found.group(2)), year, day_first)
    return _UNREADABLE


def _two_numbers(one: int, two: int, year: int, day_first: bool | None) -> DateRead:
    usual, american = _day(year, two, one), _day(year, one, two)
    if usual and american and usual != american:
        if day_first:
            return DateRead(usual)
        return DateRead(None, "date_ambiguous", usual, american)
    if usual:
        return DateRead(usual)
    return DateRead(american, "date_us_order") if american else _UNREADABLE


def column_is_day_first(values: list[Value]) -> bool:
    """Whether the dates of a column that read only one way are all day first, and there is one: then all are."""
    usual = american = 0
    for value in values:
        if isinstance(value, str) and (found := _NUMBERS.search(fold_dates(clean(digits_western(value))))):
            one, two = int(found.group(1)), int(found.group(2))
            usual += one > 12 >= two
            american += two > 12 >= one
    return usual > 0 and american == 0
