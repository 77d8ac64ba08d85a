"""Days, hours, sizes and lists as a sentence says them, with no dash and nothing said twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from markupsafe import Markup

from app.kernel.clock import current_clock
from app.kernel.languages import formats
from app.kernel.languages.formats import bdi, isolate
from app.kernel.languages.words import composed, current_language, direction, sentence_for, spoken_in, t


def format_date(value: date, *, lang: str | None = None, weekday: bool = False, zone: str | None = None) -> str:
    """25 مارس 2022; with the weekday when a person must come. A moment (aware) is shown in `zone`, else in Morocco."""
    pattern = formats.WEEKDAY if weekday else formats.DAY
    return formats.date_text(value, lang or current_language(), pattern, zone=zone)


def format_datetime(value: datetime, *, lang: str | None = None, zone: str | None = None) -> str:
    """The day and the hour as a sentence says them: يوم 25 مارس 2022 على الساعة 09:00."""
    spoken = spoken_in("date.at", lang)
    day = format_date(value, lang=spoken, zone=zone)
    return composed("date.at", spoken, date=day, time=formats.time_text(value, zone=zone))


def date_range(first: date, last: date | None = None, *, lang: str | None = None, weekday: bool = False) -> str:
    """The days of a meeting in words: يومي 25 و26 مارس 2022, with no dash and nothing said twice."""
    start, end = _day_of(first), _day_of(last or first)
    key = "date.one_day" if start == end else "date.two_days" if end - start == timedelta(days=1) else "date.day_span"
    spoken = spoken_in(key, lang)
    closing = format_date(end, lang=spoken, weekday=weekday)
    if start == end:
        return composed(key, spoken, date=closing)
    pattern = "EEEE d" if weekday else "d"
    if start.year != end.year:
        pattern += " MMMM y"
    elif start.month != end.month:
        pattern += " MMMM"
    opening = formats.date_text(start, spoken, pattern)
    return composed(key, spoken, first=opening, **{"second" if key == "date.two_days" else "last": closing})


def time_range(start: time | datetime, end: time | datetime, *, lang: str | None = None) -> str:
    """من 09:00 إلى 10:30."""
    hours = {"start": formats.time_text(start), "end": formats.time_text(end)}
    return composed("date.from_to", spoken_in("date.from_to", lang), **hours)


def ago(moment: datetime, *, now: datetime | None = None, lang: str | None = None, zone: str | None = None) -> str:
    """How long ago in minutes, hours, then days on the wall; after thirty days the date itself."""
    now = now or current_clock().now()
    minutes = max(0, int((now - moment).total_seconds() // 60))
    days = (_day_of(formats.wall_time(now, zone)) - _day_of(formats.wall_time(moment, zone))).days
    if minutes < 60:
        return _counted("date.minutes_ago", minutes, lang)
    if minutes < 24 * 60 and days < 2:
        return _counted("date.hours_ago", minutes // 60, lang)
    if days == 1:
        return t.plain("date.yesterday", lang=lang)
    return _counted("date.days_ago", days, lang) if days <= 30 else format_date(moment, lang=lang, zone=zone)


def file_size(size: int, *, lang: str | None = None) -> str:
    """The size of a file in bytes, as people read it: 1,2 ميغابايت. Decimal units, one digit below ten."""
    amount, unit = size / 1000, "kilobytes"
    for larger in ("megabytes", "gigabytes"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    shown = round(amount, 1) if amount < 9.95 and unit != "kilobytes" else max(1, round(amount))
    key = f"format.size.{unit}"
    return composed(key, spoken_in(key, lang), size=shown)


def months(count: int, *, lang: str | None = None) -> str:
    """A length of time in whole months; whole years are said in years."""
    if count and count % 12 == 0:
        return _counted("format.years", count // 12, lang)
    return _counted("format.months", count, lang)


def _counted(key: str, count: int, lang: str | None) -> str:
    return composed(key, spoken_in(key, lang), count=count)


def list_join(items: Iterable[Any], *, lang: str | None = None) -> str:
    """The items as a list in a sentence (أ، ب، وج), each isolated, as plain text."""
    return _joined([isolate(formats.without_markup(item)) for item in items], lang)


def page_list_join(items: Iterable[Any], *, lang: str | None = None) -> Markup:
    """The items as a list in a sentence, each in `<bdi>`, for a template."""
    return Markup("") + _joined([bdi(item) for item in items], lang)


def _joined(parts: Sequence[str], lang: str | None) -> str:
    if len(parts) < 2:
        return parts[0] if parts else ""
    sentence, spoken = sentence_for("list.join", lang or current_language(), None)
    empty = parts[0][:0]  # Markup when the parts are, so that joining escapes nothing twice.
    comma = empty + ("، " if direction(spoken) == "rtl" else ", ")
    return (empty + sentence) % {"first": comma.join(parts[:-1]), "last": parts[-1]}


def _day_of(value: date) -> date:
    value = formats.wall_time(value)
    return value.date() if isinstance(value, datetime) else value
