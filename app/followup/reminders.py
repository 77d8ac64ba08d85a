"""When somebody is reminded of what (07-protocols section 8): pure rules of days, without a database.

One digest a person: weekly, daily in the last seven days before a due date; what is late for more than thirty days
comes once a month. Seven days late the bodies above hear of it, thirty days late the programme unit does. A report or
an approved extension in the period stops it; with nothing to say there is no mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SOON, LAST_DAYS, TELL_ABOVE, TELL_UNIT = 30, 7, 7, 30
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
# Hours of the place in which mail may leave; they fit the shorter days of Ramadan too (09:00 to 15:00).
OPENS, CLOSES = 9, 15
OWN, ABOVE, UNIT = "own", "above", "unit"


@dataclass(frozen=True)
class Item:
    """One open commitment as a reminder sees it."""

    id: str
    due: date | None
    awaiting: bool
    heard_at: datetime | None  # The last report or approved extension.

    def days_late(self, today: date) -> int:
        return (today - self.due).days if self.due is not None else -10_000

    def rests(self, today: date, now: datetime) -> bool:
        """Whether the period has a report or an approved extension already."""
        period = MONTH if self.days_late(today) > TELL_UNIT else WEEK
        return self.heard_at is not None and now - self.heard_at < period


def open_now(wall: datetime, working_day: bool) -> bool:
    """Whether people are at work at this hour on the wall."""
    return working_day and OPENS <= wall.hour < CLOSES


def week_of(day: date) -> str:
    """The name of a week: 2023-W13."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def concerns(item: Item, reach: str, today: date) -> bool:
    """Whether the item is for this reader: own bodies at once, bodies above after seven days, the unit after thirty."""
    late = item.days_late(today)
    if reach == OWN:
        return item.awaiting or late >= -SOON
    return late >= (TELL_ABOVE if reach == ABOVE else TELL_UNIT)


def chosen(
    items: Iterable[tuple[Item, str]], today: date, now: datetime, *, weekday: int = 0
) -> tuple[str, list[Item]]:
    """The period (its name, empty for none) and the items of today's digest.

    The weekly one comes on the chosen day or, when nobody works on it, on the next working day of the week; the same
    name twice means the same digest, which leaves once.
    """
    heard = [item for item, reach in items if concerns(item, reach, today) and not item.rests(today, now)]
    if today.weekday() >= weekday:
        week_starts = today - timedelta(days=today.weekday() - weekday)
        once_a_month = week_starts.day <= LAST_DAYS
        weekly = [item for item in heard if once_a_month or item.days_late(today) <= TELL_UNIT]
        if weekly and today.weekday() == weekday:
            return week_of(today), weekly
    pressing = [item for item in heard if item.due is not None and -LAST_DAYS <= item.days_late(today) <= 0]
    if pressing:
        return today.isoformat(), pressing
    if today.weekday() > weekday and weekly:
        return week_of(today), weekly
    return "", []
