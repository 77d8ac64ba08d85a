"""Working days: Monday to Friday without the days off; knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

CONFIRMED, ESTIMATED = "confirmed", "estimated"
SATURDAY = 5


@dataclass(frozen=True)
class WorkingDay:
    """A date reached by counting working days; `provisional` when a day off not yet confirmed could move it."""

    day: date
    provisional: bool


def working_day_after(start: date, count: int, off: Mapping[date, str]) -> WorkingDay:
    """The `count`-th working day after `start`, which itself is not counted.

    `off` gives the status of each day off. An estimated day on or before the result, or the day just after it, makes
    the result provisional: the feast may turn out a day earlier or later. With `count` 0 the first working day on or
    after `start` is meant.
    """
    day, left = start, count
    if count == 0:
        day -= timedelta(days=1)
        left = 1
    first = day + timedelta(days=1)
    while left:
        day += timedelta(days=1)
        if is_working_day(day, off):
            left -= 1
    near = day + timedelta(days=1)
    shaky = any(status == ESTIMATED and first - timedelta(days=1) <= one <= near for one, status in off.items())
    return WorkingDay(day, shaky)


def is_working_day(day: date, off: Mapping[date, str]) -> bool:
    """Whether people are at their desks: neither Saturday, Sunday nor a day off."""
    return day.weekday() < SATURDAY and day not in off
