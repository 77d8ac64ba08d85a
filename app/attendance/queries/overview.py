"""Attendance by half-day and workshop: present, represented, excused, absent, for each person and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.attendance.models import Attendance
from app.attendance.queries.badges import in_precedence
from app.attendance.queries.lists import DoorList
from app.attendance.states import Presence
from app.kernel.clock import Clock, to_wall
from app.kernel.database import db
from app.kernel.text import fold
from app.meetings.models import Meeting
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat

# Who is on the attendance sheet: who has a place, and who gave it to a delegate.
LISTED = ("confirmed", "represented")


@dataclass(frozen=True)
class Line:
    """One person on one list; `state` is None while nothing is known and the list is not over."""

    participant: Participant
    state: Presence | None
    at: datetime | None
    gate: str
    by_hand: bool
    delegate: Participant | None = None


@dataclass(frozen=True)
class Sheet:
    """A list with everybody on it, in the order of precedence."""

    list: DoorList
    lines: Sequence[Line]

    def counts(self) -> Counter[Presence | None]:
        """How many are in each state."""
        return Counter(line.state for line in self.lines)


def delegates_of(people: Sequence[Participant]) -> dict[str, Participant]:
    """Who comes for whom: {titular: delegate}; pure."""
    return {one.titular_id: one for one in people if one.titular_id is not None}


def sheet(meeting: Meeting, chosen: DoorList, clock: Clock) -> Sheet:
    """The attendance of one list (five queries)."""
    people = on_list(meeting, chosen)
    rows = {
        row.participant_id: row
        for row in db.session.scalars(
            select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.list == chosen.key)
        )
    }
    over = to_wall(clock.now(), meeting.zone) >= chosen.ends
    delegates = delegates_of(people)
    return Sheet(chosen, [_line(one, rows, delegates.get(one.id), over=over) for one in people])


def on_list(meeting: Meeting, chosen: DoorList | None) -> list[Participant]:
    """Who is expected on a list: everybody at an entrance, who has a seat at the door of a workshop."""
    people = in_precedence(meeting, statuses=LISTED)
    if chosen is None or chosen.workshop_id is None:
        return people
    seated = set(
        db.session.scalars(
            select(WorkshopSeat.participant_id).where(
                WorkshopSeat.workshop_id == chosen.workshop_id, WorkshopSeat.slot == chosen.slot
            )
        )
    )
    came = set(db.session.scalars(select(Attendance.participant_id).where(Attendance.list == chosen.key)))
    return [one for one in people if one.id in seated | came]


def _line(one: Participant, rows: Mapping[str, Attendance], delegate: Participant | None, *, over: bool) -> Line:
    row = rows.get(one.id)
    if row is not None:
        return Line(one, Presence(row.state), row.at, row.gate, row.noted_by is not None, delegate)
    came = rows.get(delegate.id) if delegate is not None else None
    if came is not None and came.state == Presence.PRESENT:
        return Line(one, Presence.REPRESENTED, came.at, came.gate, by_hand=False, delegate=delegate)
    return Line(one, Presence.ABSENT if over else None, None, "", by_hand=False, delegate=delegate)


def narrowed(lines: Sequence[Line], *, words: str, state: str) -> list[Line]:
    """The lines of a search and a state; `unknown` is the state of those of whom nothing is known."""
    typed = fold(words).split()
    return [
        line for line in lines
        if all(word in line.participant.folded for word in typed)
        and (not state or (state == "unknown" and line.state is None) or line.state == state)
    ]  # fmt: skip


def present_somewhere(meeting: Meeting) -> list[Participant]:
    """Everybody who was there at least once, in the order of precedence: who may have a certificate."""
    seen = set(
        db.session.scalars(
            select(Attendance.participant_id).where(
                Attendance.meeting_id == meeting.id, Attendance.state == Presence.PRESENT
            )
        )
    )
    return [one for one in in_precedence(meeting, statuses=LISTED) if one.id in seen]


@dataclass(frozen=True)
class Matrix:
    """Everybody on every half-day, for the export."""

    lists: Sequence[DoorList]
    people: Sequence[Participant]
    states: Mapping[tuple[str, str], str]


def matrix(meeting: Meeting, lists: Sequence[DoorList], clock: Clock) -> Matrix:
    """What is known of everybody on these lists (three queries)."""
    people = in_precedence(meeting, statuses=LISTED)
    delegates = delegates_of(people)
    rows: dict[str, dict[str, Attendance]] = {}
    for row in db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)):
        rows.setdefault(row.list, {})[row.participant_id] = row
    states: dict[tuple[str, str], str] = {}
    now = to_wall(clock.now(), meeting.zone)
    for one in lists:
        for person in people:
            line = _line(person, rows.get(one.key, {}), delegates.get(person.id), over=now >= one.ends)
            if line.state is not None:
                states[(person.id, one.key)] = line.state
    return Matrix(lists, people, states)
