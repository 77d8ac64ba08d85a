"""A scan taken back: the fact stays and says so; the presence goes to the next scan that proves it, or goes."""

from __future__ import annotations

from sqlalchemy import select

from app.attendance.models import Attendance, Scan
from app.attendance.states import Move, Result
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.meetings.models import Meeting


def undo(*, meeting: Meeting, scan: Scan, actor: Actor, clock: Clock) -> bool:
    """Take a scan back; whether anybody's presence changed. Twice is once. Journal: attendance.undone."""
    require(actor, "attendance.check_in", meeting)
    if scan.undone_at is not None:
        return False
    scan.undone_at = clock.real_now()
    changed = _undo_exit(scan, clock) if scan.type == Move.EXIT else _undo_entry(scan, clock)
    if changed:
        journal.record(
            "attendance.undone", ("participant", scan.participant_id), actor=actor, clock=clock, meeting=meeting,
            fields=("attendance",), values={"list": scan.list, "gate": scan.gate},
        )  # fmt: skip
    return changed


def _row(scan: Scan) -> Attendance | None:
    return db.session.scalar(
        select(Attendance).where(Attendance.participant_id == scan.participant_id, Attendance.list == scan.list)
    )


def _undo_exit(scan: Scan, clock: Clock) -> bool:
    row = _row(scan)
    if row is None or row.left_at != scan.scanned_at:
        return False
    row.left_at, row.changed_at = None, clock.real_now()
    return True


def _undo_entry(scan: Scan, clock: Clock) -> bool:
    row = _row(scan)
    if row is None or row.scan_id != scan.scan_id:
        return False
    other = db.session.scalar(
        select(Scan)
        .where(
            Scan.participant_id == scan.participant_id, Scan.list == scan.list, Scan.type == Move.ENTRY,
            Scan.undone_at.is_(None), Scan.result.in_((Result.OK, Result.ALREADY)), Scan.scan_id != scan.scan_id,
        )
        .order_by(Scan.received_at, Scan.scan_id)
        .limit(1)
    )  # fmt: skip
    if other is None:
        db.session.delete(row)
    else:
        row.scan_id, row.at, row.gate, row.changed_at = other.scan_id, other.scanned_at, other.gate, clock.real_now()
    return True
