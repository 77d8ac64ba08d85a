"""The lists people are checked in on: the half-days of the agenda, and each sitting of a workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.kernel.clock import Clock, to_wall
from app.kernel.database import db
from app.meetings.models import Meeting, Sitting
from app.workshops.queries.slots import slot_name

NOON = time(13)
"""What begins before one o'clock belongs to the morning."""


@dataclass(frozen=True)
class DoorList:
    """A list: `2022-03-25-am` for the entrance of a half-day, or the id of a workshop's sitting."""

    key: str
    day: date
    half: str
    starts: datetime
    ends: datetime
    sitting: Sitting | None = None

    @property
    def slot(self) -> str:
        """The slot whose seats count on this list; empty at an entrance."""
        return slot_name(self.sitting) if self.sitting is not None else ""

    @property
    def workshop_id(self) -> str | None:
        """The workshop whose door this is."""
        return self.sitting.workshop_id if self.sitting is not None else None


def half_of(moment: datetime) -> str:
    """`am` or `pm` of an hour on the wall."""
    return "am" if moment.time() < NOON else "pm"


def door_lists(meeting: Meeting) -> list[DoorList]:
    """Every list of the meeting in the order of the agenda: each half-day, then its workshop sittings."""
    sittings = db.session.scalars(
        select(Sitting).where(Sitting.meeting_id == meeting.id).order_by(Sitting.starts, Sitting.position, Sitting.id)
    ).all()
    halves: dict[str, list[Sitting]] = {}
    for sitting in sittings:
        halves.setdefault(f"{sitting.starts.date()}-{half_of(sitting.starts)}", []).append(sitting)
    found: list[DoorList] = []
    for key, lines in halves.items():
        first, last = lines[0].starts, max(line.ends for line in lines)
        found.append(DoorList(key, first.date(), half_of(first), first, last))
        found += [_of_sitting(line) for line in lines if line.workshop_id]
    return found


def half_days(lists: Sequence[DoorList]) -> list[DoorList]:
    """The entrances among the lists."""
    return [one for one in lists if one.sitting is None]


def _of_sitting(sitting: Sitting) -> DoorList:
    return DoorList(sitting.id, sitting.starts.date(), half_of(sitting.starts), sitting.starts, sitting.ends, sitting)


def find_list(meeting: Meeting, key: str) -> DoorList | None:
    """The list of this key, if the agenda has it."""
    return next((one for one in door_lists(meeting) if one.key == key), None)


def sitting_of(meeting: Meeting, key: str) -> Sitting | None:
    """The workshop sitting a key names; None for a half-day and for a sitting that is gone (no query for half-days)."""
    if len(key) != 36:
        return None
    return db.session.scalar(select(Sitting).where(Sitting.meeting_id == meeting.id, Sitting.id == key))


def list_now(lists: Sequence[DoorList], meeting: Meeting, clock: Clock) -> DoorList | None:
    """The entrance people come to now: the half-day going on or next to come, else the last one."""
    entrances = half_days(lists)
    now = to_wall(clock.now(), meeting.zone)
    # Doors open before the first sitting and close after the last.
    coming = [one for one in entrances if one.ends + timedelta(minutes=30) > now]
    return coming[0] if coming else (entrances[-1] if entrances else None)
