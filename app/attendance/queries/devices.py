"""The phones lent to the door of a meeting, and what they last said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Device
from app.attendance.models import DoorDevice
from app.kernel.clock import Clock
from app.kernel.database import db
from app.meetings.models import Meeting

SCANNER = "scanner"
SILENT = timedelta(minutes=5)
"""How long a phone may say nothing before somebody should look after it."""


@dataclass(frozen=True)
class Phone:
    """A phone at the door, as its page shows it."""

    id: str
    gate: str
    paired: bool
    seen_at: datetime | None
    waiting: int
    leaving: bool
    silent: bool
    expires_at: datetime


def phones(meeting: Meeting, clock: Clock) -> list[Phone]:
    """The phones that may speak for the meeting now, by gate (one query)."""
    now = clock.real_now()
    rows = db.session.execute(
        select(Device, DoorDevice)
        .outerjoin(DoorDevice, DoorDevice.device_id == Device.id)
        .where(
            Device.kind == SCANNER, Device.scope_id == meeting.id, Device.revoked_at.is_(None), Device.expires_at > now
        )
        .order_by(Device.label, Device.id)
    )
    return [_phone(device, row, now) for device, row in rows]


def _phone(device: Device, row: DoorDevice | None, now: datetime) -> Phone:
    seen = row.seen_at if row is not None else None
    paired = row is not None and row.paired_at is not None
    return Phone(
        id=device.id, gate=device.label, paired=paired, seen_at=seen, waiting=row.waiting if row is not None else 0,
        leaving=row is not None and row.leave_asked_at is not None,
        silent=paired and (seen is None or now - seen > SILENT), expires_at=device.expires_at,
    )  # fmt: skip


@dataclass(frozen=True)
class Lent:
    """A phone an address names."""

    device: Device


def find_phone(meeting: Meeting, ident: str) -> Lent | None:
    """A phone lent to this meeting's door."""
    found = db.session.get(Device, ident)
    return Lent(found) if found is not None and (found.kind, found.scope_id) == (SCANNER, meeting.id) else None
