"""Tables of the door: every scan is a fact; attendance is what follows from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.database import Base, Id, Json


class Scan(Base):
    """One scan as a device reported it, with its own time; a repeat of `scan_id` gets the stored answer."""

    __tablename__ = "scan"
    __table_args__ = (Index("ix_scan_meeting_list", "meeting_id", "list"),)

    scan_id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    list: Mapped[str] = mapped_column(String(60))
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    device_id: Mapped[str] = mapped_column(String(60))
    device_seq: Mapped[int] = mapped_column(default=0)
    gate: Mapped[str] = mapped_column(String(60), default="")
    type: Mapped[str] = mapped_column(String(8), default="entry")
    forced: Mapped[bool] = mapped_column(default=False)
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(20))
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
    undone_at: Mapped[datetime | None]


class Attendance(Base):
    """Presence of a participant on one list (a half-day or a workshop sitting); the first scan wins.

    `at` is when it happened by the device that saw it, `changed_at` the real moment the server learnt of it;
    `scan_id` is empty where a hand wrote it.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("participant_id", "list", name="uq_attendance_once"),
        Index("ix_attendance_meeting_list", "meeting_id", "list"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    list: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    gate: Mapped[str] = mapped_column(String(60), default="")
    left_at: Mapped[datetime | None]
    noted_by: Mapped[str | None] = mapped_column(Id)
    scan_id: Mapped[str | None] = mapped_column(Id)
    changed_at: Mapped[datetime]


class DoorDevice(Base):
    """A phone at the door, beside its row in accounts: what it last said, and whether it was asked to leave."""

    __tablename__ = "door_device"

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    paired_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    waiting: Mapped[int] = mapped_column(default=0)
    leave_asked_at: Mapped[datetime | None]


class BadgePrint(Base):
    """The badge of a participant as it was printed last; `mark` changes with anything the badge shows."""

    __tablename__ = "badge_print"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    mark: Mapped[str] = mapped_column(String(32))
    printed_at: Mapped[datetime]
