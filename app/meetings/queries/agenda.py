"""The agenda as people read it: days, hours, and parallel sittings under one hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.kernel.database import db
from app.meetings.models import Meeting, Room, Sitting, Workshop


@dataclass(frozen=True)
class Slot:
    """One line of a day: a sitting, or several workshops in parallel."""

    starts: datetime
    ends: datetime
    sittings: list[Sitting]

    @property
    def parallel(self) -> bool:
        """Whether this hour holds workshops side by side (one alone after a filter still counts)."""
        return bool(self.sittings[0].workshop_id)


@dataclass(frozen=True)
class Day:
    """A day of the meeting, counted from one, with its lines in order."""

    number: int
    day: date
    slots: list[Slot]


def sittings(meeting: Meeting) -> list[Sitting]:
    """The agenda in its order, with rooms, workshops, tracks and speakers (two queries)."""
    return list(
        db.session.scalars(
            select(Sitting).where(Sitting.meeting_id == meeting.id)
            .order_by(Sitting.starts, Sitting.position, Sitting.ends, Sitting.id)
        )
    )  # fmt: skip


def find_sitting(meeting: Meeting, ident: str) -> Sitting | None:
    """The sitting of this meeting with this id."""
    return db.session.scalar(select(Sitting).where(Sitting.meeting_id == meeting.id, Sitting.id == ident))


def rooms(meeting: Meeting) -> list[Room]:
    """The rooms of the venue in the organiser's order."""
    return list(db.session.scalars(select(Room).where(Room.meeting_id == meeting.id).order_by(Room.position, Room.id)))


def find_room(meeting: Meeting, ident: str) -> Room | None:
    """The room of this meeting with this id."""
    return db.session.scalar(select(Room).where(Room.meeting_id == meeting.id, Room.id == ident))


def workshops(meeting: Meeting) -> list[Workshop]:
    """The workshops in their order, with track, room and officers (two queries)."""
    return list(
        db.session.scalars(
            select(Workshop).where(Workshop.meeting_id == meeting.id).options(selectinload(Workshop.officers))
            .order_by(Workshop.position, Workshop.code)
        )
    )  # fmt: skip


def find_workshop(meeting: Meeting, code: str) -> Workshop | None:
    """The workshop of this meeting with this code."""
    return db.session.scalar(
        select(Workshop)
        .where(Workshop.meeting_id == meeting.id, Workshop.code == code)
        .options(selectinload(Workshop.officers))
    )


def workshop_sittings(workshop: Workshop) -> list[Sitting]:
    """The sittings of one workshop, in their order."""
    return list(db.session.scalars(select(Sitting).where(Sitting.workshop_id == workshop.id).order_by(Sitting.starts)))


def days(
    lines: Iterable[Sitting], first: date, *, day: date | None = None, workshop: str = "", room: str = ""
) -> list[Day]:  # fmt: skip
    """The lines as days, workshops of one hour side by side; narrowed to a day, a workshop's code or a room's id.

    A workshop's filter keeps the sittings that are for everybody; pure, no query.
    """
    kept = [
        line for line in lines
        if (day is None or line.starts.date() == day)
        and (not workshop or line.workshop is None or line.workshop.code == workshop)
        and (not room or line.room_id == room)
    ]  # fmt: skip
    found = []
    for on, of_day in groupby(kept, key=lambda line: line.starts.date()):
        found.append(Day((on - first).days + 1, on, _slots(list(of_day))))
    return found


def _slots(lines: list[Sitting]) -> list[Slot]:
    slots: list[Slot] = []
    for line in lines:
        last = slots[-1] if slots else None
        if last and line.workshop_id and last.parallel and (last.starts, last.ends) == (line.starts, line.ends):
            last.sittings.append(line)
        else:
            slots.append(Slot(line.starts, line.ends, [line]))
    return slots


def neighbours(lines: list[Sitting], sitting: Sitting) -> list[Sitting]:
    """The other sittings of the same workshop, for its page."""
    return [line for line in lines if line.workshop_id == sitting.workshop_id and line.id != sitting.id]
