"""What the door knows: the list a phone keeps, who has come, and the last scans."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.attendance import codes, wording
from app.attendance.models import Attendance, Scan
from app.attendance.queries.lists import DoorList, sitting_of
from app.attendance.states import AT_THE_DOOR, Presence, Result
from app.kernel.clock import stamp
from app.kernel.database import db
from app.kernel.text import fold
from app.meetings.models import Meeting, Workshop
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat
from app.workshops.queries.slots import slot_name

EXPECTED = ("confirmed",)
OVERLAP = timedelta(seconds=5)
"""How far back an answer about changes reaches: what was being committed when the last one was given is told again."""


def door_list(meeting: Meeting, key: str) -> dict[str, Any]:
    """What a phone keeps of a list to decide without network: what the badge shows, and hashes (four queries).

    `version` changes with anything in it; lines stand in the order of their hashes, which says nothing.
    """
    sitting = sitting_of(meeting, key)
    salt = codes.salt_of(meeting.id, key)
    workshops = {row.id: row for row in db.session.scalars(select(Workshop).where(Workshop.meeting_id == meeting.id))}
    seats: dict[str, str] = {}
    for seat in db.session.scalars(
        select(WorkshopSeat).where(WorkshopSeat.meeting_id == meeting.id).order_by(WorkshopSeat.slot)
    ):
        if sitting is None:
            seats.setdefault(seat.participant_id, seat.workshop_id)
        elif seat.slot == slot_name(sitting):
            seats[seat.participant_id] = seat.workshop_id
    people = db.session.scalars(
        select(Participant).where(Participant.meeting_id == meeting.id, Participant.erased_at.is_(None))
    )
    entries = sorted((_line(one, salt, workshops.get(seats.get(one.id, ""))) for one in people), key=lambda e: e["t"])
    own = workshops.get(sitting.workshop_id or "") if sitting is not None else None
    whole = {"list": key, "workshop": wording.workshop_label(own) if own else "", "salt": salt, "entries": entries}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return whole | {"version": hashlib.sha256(text.encode()).hexdigest()[:16]}


def _line(person: Participant, salt: str, workshop: Workshop | None) -> dict[str, str]:
    return {
        "t": codes.salted(salt, codes.badge_text(person)),
        "c": codes.salted(salt, person.code),
        "name": wording.shown_name(person),
        "category": wording.category_word(person.category, person.address_form),
        "body": wording.body_name(person),
        "workshop": wording.workshop_label(workshop) if workshop is not None else "",
        "room": wording.room_name(workshop.room) if workshop is not None else "",
        "status": str(AT_THE_DOOR.get(person.status, Result.NOT_CONFIRMED)),
    }


@dataclass(frozen=True)
class Counters:
    """How many came to a list, of how many expected."""

    present: int
    expected: int


def counters(meeting: Meeting, key: str) -> Counters:
    """Present and expected on a list (two queries); a workshop expects who has a seat in it."""
    present = select(func.count()).where(
        Attendance.meeting_id == meeting.id, Attendance.list == key, Attendance.state == Presence.PRESENT
    )
    sitting = sitting_of(meeting, key)
    if sitting is not None and sitting.workshop_id:
        expected = select(func.count()).where(
            WorkshopSeat.workshop_id == sitting.workshop_id, WorkshopSeat.slot == slot_name(sitting)
        )
    else:
        expected = select(func.count()).where(Participant.meeting_id == meeting.id, Participant.status.in_(EXPECTED))
    return Counters(db.session.scalar(present) or 0, db.session.scalar(expected) or 0)


def by_gate(meeting: Meeting, key: str) -> list[tuple[str, int]]:
    """How many arrived at each gate of a list, the busiest first (one query)."""
    rows = db.session.execute(
        select(Attendance.gate, func.count())
        .where(Attendance.meeting_id == meeting.id, Attendance.list == key, Attendance.state == Presence.PRESENT)
        .group_by(Attendance.gate)
        .order_by(func.count().desc(), Attendance.gate)
    )
    return [(gate, number) for gate, number in rows]


def arrivals(meeting: Meeting, key: str, since: datetime | None) -> list[list[str]]:
    """Who arrived on a list after a moment, as lines of the door list: [ref, at, gate] (one query)."""
    wanted = (
        select(Participant, Attendance.at, Attendance.gate)
        .join(Attendance, Attendance.participant_id == Participant.id)
        .where(Attendance.meeting_id == meeting.id, Attendance.list == key, Attendance.state == Presence.PRESENT)
        .order_by(Attendance.changed_at)
    )
    if since is not None:
        wanted = wanted.where(Attendance.changed_at >= since - OVERLAP)
    salt = codes.salt_of(meeting.id, key)
    return [
        [codes.salted(salt, codes.badge_text(person)), stamp(at), gate]
        for person, at, gate in db.session.execute(wanted).unique()
    ]


@dataclass(frozen=True)
class ScanLine:
    """One of the last scans, for the page of the door."""

    scan_id: str
    name: str
    result: str
    at: datetime
    gate: str
    undone: bool


def last_scans(meeting: Meeting, key: str, *, limit: int = 8) -> list[ScanLine]:
    """The latest scans of a list as the server received them, newest first (one query)."""
    rows = db.session.execute(
        select(Scan, Participant)
        .outerjoin(Participant, Participant.id == Scan.participant_id)
        .where(Scan.meeting_id == meeting.id, Scan.list == key)
        .order_by(Scan.received_at.desc(), Scan.scan_id.desc())
        .limit(limit)
    ).unique()
    return [
        ScanLine(
            scan.scan_id, wording.shown_name(person) if person is not None else "", scan.result, scan.scanned_at,
            scan.gate, scan.undone_at is not None,
        )
        for scan, person in rows
    ]  # fmt: skip


def code_of(scan: Scan) -> str:
    """The code of whom a scan named, empty when it named nobody of this meeting."""
    person = db.session.get(Participant, scan.participant_id) if scan.participant_id else None
    return person.code if person is not None else ""


def find_scan(meeting: Meeting, scan_id: str) -> Scan | None:
    """A scan of this meeting."""
    found = db.session.get(Scan, scan_id)
    return found if found is not None and found.meeting_id == meeting.id else None


@dataclass(frozen=True)
class Found:
    """Somebody found by name at the desk: what the badge shows, and whether they are in."""

    participant: Participant
    arrived_at: datetime | None
    gate: str


def search(meeting: Meeting, key: str, words: str, *, limit: int = 10) -> list[Found]:
    """People whose names, code, body or end of phone hold every word typed, with their arrival (one query)."""
    typed = fold(words).split()
    if not typed:
        return []
    wanted = (
        select(Participant, Attendance)
        .outerjoin(
            Attendance,
            (Attendance.participant_id == Participant.id)
            & (Attendance.list == key)
            & (Attendance.state == Presence.PRESENT),
        )
        .where(Participant.meeting_id == meeting.id, Participant.erased_at.is_(None))
        .order_by(Participant.sort_ar, Participant.id)
        .limit(limit)
    )
    for word in typed:
        wanted = wanted.where(Participant.folded.contains(word, autoescape=True))
    return [
        Found(person, row.at if row is not None else None, row.gate if row is not None else "")
        for person, row in db.session.execute(wanted).unique()
    ]


def workshop_counts(meeting: Meeting, lists: list[DoorList]) -> dict[str, int]:
    """How many are present on each of these lists, by key (one query)."""
    rows = db.session.execute(
        select(Attendance.list, func.count())
        .where(
            Attendance.meeting_id == meeting.id,
            Attendance.list.in_([one.key for one in lists]),
            Attendance.state == Presence.PRESENT,
        )
        .group_by(Attendance.list)
    )
    return {row[0]: row[1] for row in rows}
