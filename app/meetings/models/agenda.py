"""The agenda: rooms, workshops, sittings and who speaks in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Id, Keyed
from app.meetings.models.meeting import Meeting
from app.meetings.models.programme import Track

Wall = DateTime(timezone=False)


class Room(Keyed, Base):
    """A room of the venue."""

    __tablename__ = "room"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    name_ar: Mapped[str] = mapped_column(String(120))
    name_fr: Mapped[str] = mapped_column(String(120), default="")
    name_en: Mapped[str] = mapped_column(String(120), default="")
    places: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)


class Workshop(Keyed, Base):
    """The parallel room of one track, over one or more sittings; `letter` opens its draft numbers (B-7)."""

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    track_id: Mapped[str] = mapped_column(ForeignKey("track.id"))
    code: Mapped[str] = mapped_column(String(20))
    letter: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    title_ar: Mapped[str] = mapped_column(String(300))
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    title_en: Mapped[str] = mapped_column(String(300), default="")
    places: Mapped[int] = mapped_column(default=0)
    least: Mapped[int] = mapped_column(default=0)
    room_id: Mapped[str | None] = mapped_column(ForeignKey("room.id"))
    room: Mapped[Room | None] = relationship(lazy="joined")
    track: Mapped[Track] = relationship(lazy="joined")
    officers: Mapped[list[WorkshopOfficer]] = relationship(
        order_by="WorkshopOfficer.position", cascade="all, delete-orphan"
    )

    def scope(self) -> dict[str, Any]:
        return {"workshop": self.id, "meeting": self.meeting_id}


class WorkshopOfficer(Keyed, Base):
    """A coordinator or rapporteur of a workshop, as printed; the account, if any, holds the role itself."""

    __tablename__ = "workshop_officer"

    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str] = mapped_column(String(160))
    name_fr: Mapped[str] = mapped_column(String(160), default="")
    post_ar: Mapped[str] = mapped_column(String(300), default="")
    post_fr: Mapped[str] = mapped_column(String(300), default="")
    post_en: Mapped[str] = mapped_column(String(300), default="")
    account_id: Mapped[str | None] = mapped_column(Id)
    position: Mapped[int] = mapped_column(default=0)


class Sitting(Keyed, Base):
    """One line of the agenda; `starts` and `ends` are wall times, sittings of one `slot` run in parallel.

    `by` names who takes part when no speaker does (the partners, the coordinators).
    """

    __tablename__ = "sitting"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    starts: Mapped[datetime] = mapped_column(Wall)
    ends: Mapped[datetime] = mapped_column(Wall)
    title_ar: Mapped[str] = mapped_column(String(400))
    title_fr: Mapped[str] = mapped_column(String(400), default="")
    title_en: Mapped[str] = mapped_column(String(400), default="")
    note_ar: Mapped[str] = mapped_column(Text, default="")
    note_fr: Mapped[str] = mapped_column(Text, default="")
    note_en: Mapped[str] = mapped_column(Text, default="")
    room_id: Mapped[str | None] = mapped_column(ForeignKey("room.id"))
    workshop_id: Mapped[str | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    slot: Mapped[str] = mapped_column(String(20), default="")
    by_ar: Mapped[str] = mapped_column(String(300), default="")
    by_fr: Mapped[str] = mapped_column(String(300), default="")
    by_en: Mapped[str] = mapped_column(String(300), default="")
    live: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    room: Mapped[Room | None] = relationship(lazy="joined")
    workshop: Mapped[Workshop | None] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()
    speakers: Mapped[list[Speaker]] = relationship(
        order_by="Speaker.position", cascade="all, delete-orphan", lazy="selectin"
    )

    def scope(self) -> dict[str, Any]:
        return {"meeting": self.meeting_id}


class Speaker(Keyed, Base):
    """Who speaks in a sitting; rank and post are two fields (one man is Wali and Director General)."""

    __tablename__ = "speaker"

    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"), index=True)
    honorific_ar: Mapped[str] = mapped_column(String(40), default="")
    honorific_fr: Mapped[str] = mapped_column(String(40), default="")
    name_ar: Mapped[str] = mapped_column(String(160))
    name_fr: Mapped[str] = mapped_column(String(160), default="")
    rank_ar: Mapped[str] = mapped_column(String(160), default="")
    rank_fr: Mapped[str] = mapped_column(String(160), default="")
    post_ar: Mapped[str] = mapped_column(String(300), default="")
    post_fr: Mapped[str] = mapped_column(String(300), default="")
    unit_ar: Mapped[str] = mapped_column(String(300), default="")
    unit_fr: Mapped[str] = mapped_column(String(300), default="")
    honorific_en: Mapped[str] = mapped_column(String(40), default="")
    rank_en: Mapped[str] = mapped_column(String(160), default="")
    post_en: Mapped[str] = mapped_column(String(300), default="")
    unit_en: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
