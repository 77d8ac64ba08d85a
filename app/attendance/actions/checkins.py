"""Check-ins: a scan is a fact with its own time, answered alike for ever; the first one in is the arrival."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.attendance import codes, wording
from app.attendance.actions.book import Book, Person
from app.attendance.models import Attendance, Scan
from app.attendance.rules import admits, judge
from app.attendance.states import Move, Presence, Result
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock, stamp
from app.kernel.database import db, new_id, once
from app.meetings.models import Meeting


class First(NamedTuple):
    """An arrival as an answer tells it."""

    at: datetime
    gate: str


@dataclass(frozen=True)
class ScanIn:
    """A scan as it is reported: by `token` (the badge), `code` (typed) or `ref` (a line of the door list)."""

    scan_id: str
    list: str
    scanned_at: datetime
    device_id: str = ""
    device_seq: int = 0
    token: str = ""
    code: str = ""
    ref: str = ""
    type: str = Move.ENTRY
    forced: bool = False
    gate: str = ""


def check_in(*, meeting: Meeting, scans: Iterable[ScanIn], actor: Actor, clock: Clock) -> list[dict[str, Any]]:
    """Take a batch of scans in its order and answer each (07-protocols section 5).

    Idempotent by `scan_id`: a repeat gets the stored answer and does nothing. Nothing is refused, for a scan that
    happened without network is a fact: it is stored with its own time, and what it comes to is its answer. Whoever
    comes in twice, at two phones, is counted once: the scan that the server has first is the arrival.
    Journal: attendance.checked_in and attendance.left, for the person.
    """
    require(actor, "attendance.check_in", meeting)
    scans = list(scans)
    book = Book(meeting, scans)
    own = actor.label if actor.kind == "device" else ""
    return [_take(book, scan, own or scan.gate, actor, clock) for scan in scans]


def _take(book: Book, scan: ScanIn, gate: str, actor: Actor, clock: Clock) -> dict[str, Any]:
    if (stored := book.stored.get(scan.scan_id)) is not None:
        return stored
    person = book.person(scan)
    result, answer = _decide(book, scan, person, gate, actor, clock)
    row = {
        "scan_id": scan.scan_id, "meeting_id": book.meeting.id, "list": scan.list, "gate": gate[:60],
        "participant_id": person.id if person is not None and person.meeting_id == book.meeting.id else None,
        "device_id": scan.device_id, "device_seq": scan.device_seq, "type": scan.type, "forced": scan.forced,
        "scanned_at": scan.scanned_at, "received_at": clock.real_now(), "result": result, "answer": answer,
    }  # fmt: skip
    if once(Scan, row, "scan_id") is None:
        # The same scan was told twice at once, and the other telling was faster: its answer stands.
        twin = db.session.scalars(select(Scan.answer).where(Scan.scan_id == scan.scan_id)).one()
        return dict(twin)
    book.stored[scan.scan_id] = answer
    return answer


def _decide(
    book: Book, scan: ScanIn, person: Person | None, gate: str, actor: Actor, clock: Clock
) -> tuple[Result, dict[str, Any]]:
    if person is None:
        return Result.UNKNOWN, _answer(scan, Result.UNKNOWN, None, None)
    here = person.meeting_id == book.meeting.id
    seat = book.seat_here(scan.list, person.id)
    result = judge(status=person.status, here=here, seat=seat, list_workshop=book.workshop_of(scan.list))
    if not here:
        return result, _answer(scan, result, None, None) | {"meeting": book.meeting_name(person.meeting_id)}
    first: First | None = None
    if scan.type == Move.EXIT:
        first = _leave(book, scan, person, actor, clock)
    elif admits(result, forced=scan.forced):
        result, first = _arrive(book, scan, person, gate, actor, clock)
    else:
        seen = arrival(person.id, scan.list)
        first = First(seen.at, seen.gate) if seen is not None else None
    answer = _answer(scan, result, first, book.shown(scan.list, person))
    if result == Result.REPRESENTED and (delegate := book.delegate_of(person)) is not None:
        answer["delegate"] = wording.shown_name(delegate)
    if result == Result.CANCELLED and person.ended_at is not None:
        answer["since"] = stamp(person.ended_at)
    return result, answer


def _answer(scan: ScanIn, result: Result, first: First | None, person: dict[str, str] | None) -> dict[str, Any]:
    seen = {"at": stamp(first.at), "gate": first.gate} if first is not None else None
    return {"scan_id": scan.scan_id, "result": str(result), "first": seen, "person": person}


def arrival(participant_id: str, key: str) -> Attendance | None:
    """The presence of somebody on a list, when they were seen there."""
    row = db.session.scalar(
        select(Attendance).where(Attendance.participant_id == participant_id, Attendance.list == key)
    )
    return row if row is not None and row.state == Presence.PRESENT else None


def _arrive(book: Book, scan: ScanIn, person: Person, gate: str, actor: Actor, clock: Clock) -> tuple[Result, First]:
    """The arrival, unless there is one: then that one stands; who had gone out is in again."""
    now = clock.real_now()
    values = {
        "id": new_id(), "meeting_id": book.meeting.id, "participant_id": person.id, "list": scan.list,
        "state": Presence.PRESENT, "at": scan.scanned_at, "gate": gate[:60], "scan_id": scan.scan_id, "changed_at": now,
    }  # fmt: skip
    first = First(scan.scanned_at, gate[:60])
    if once(Attendance, values, "id", unique=("participant_id", "list")) is None:
        row = db.session.scalars(
            select(Attendance).where(Attendance.participant_id == person.id, Attendance.list == scan.list)
        ).one()
        if row.state == Presence.PRESENT and row.left_at is None:
            return Result.ALREADY, First(row.at, row.gate)
        if row.state != Presence.PRESENT:
            row.at, row.gate, row.scan_id, row.state = scan.scanned_at, gate[:60], scan.scan_id, Presence.PRESENT
        row.left_at, row.changed_at = None, now
        first = First(row.at, row.gate)
    values = {"list": scan.list, "gate": gate, "at": stamp(scan.scanned_at), "forced": scan.forced}
    journal.record(
        "attendance.checked_in", ("participant", person.id), actor=actor, clock=clock, meeting=book.meeting,
        fields=("attendance",), values=values,
    )  # fmt: skip
    return Result.OK, first


def _leave(book: Book, scan: ScanIn, person: Person, actor: Actor, clock: Clock) -> First | None:
    """Somebody goes out: the presence keeps the hour, and stays a presence."""
    row = arrival(person.id, scan.list)
    if row is not None and row.left_at is None:
        row.left_at, row.changed_at = scan.scanned_at, clock.real_now()
        journal.record(
            "attendance.left", ("participant", person.id), actor=actor, clock=clock, meeting=book.meeting,
            fields=("attendance",), values={"list": scan.list, "at": stamp(scan.scanned_at)},
        )  # fmt: skip
    return First(row.at, row.gate) if row is not None else None


def by_hand(*, list_key: str, code: str, gate: str, forced: bool, device_id: str, clock: Clock) -> ScanIn:
    """A scan made by typing a code on the page of the door."""
    return ScanIn(
        scan_id=new_id(), list=list_key, scanned_at=clock.now(), device_id=device_id, code=codes.typed(code),
        forced=forced, gate=gate,
    )  # fmt: skip
