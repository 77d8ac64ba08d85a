"""Tables of participants: a person's place in one meeting, and how it came about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Id, Json, Keyed
from app.meetings.models.agenda import Workshop
from app.meetings.models.meeting import Meeting, Wall
from app.territory.models import Body


class Invitation(Keyed, Base):
    """N seats by category for a body, or one person; the focal point's link is derived from id and `link_version`."""

    __tablename__ = "invitation"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="body")
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    seats: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    person: Mapped[str] = mapped_column(String(160), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(3), default="ar")
    code: Mapped[str] = mapped_column(String(12), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    answer_before: Mapped[datetime | None] = mapped_column(Wall)
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    body: Mapped[Body | None] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()

    def scope(self) -> dict[str, Any]:
        return {"invitation": self.id, "meeting": self.meeting_id}


class Seats(Base):
    """The places of a meeting: every taking is a conditional UPDATE of this one row, alike on both engines.

    `capacity` 0 means that the meeting counts no places; `queued` numbers the waiting list and never goes back.
    """

    __tablename__ = "seats"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    queued: Mapped[int] = mapped_column(default=0)


class Participant(Keyed, Base):
    """A person's place in one meeting. A delegate is a participant of their own, linked to the titular.

    `identity_key` makes one person one place (folded name and mail or phone), and is empty once cancelled; `folded`
    and `skeleton` are the search and duplicate shadows, `waiting_rank` the order of the waiting list.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("meeting_id", "identity_key", name="uq_participant_once"),
        Index("ix_participant_list", "meeting_id", "status", "sort_ar"),
    )

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    name_ar: Mapped[str] = mapped_column(String(160), default="")
    name_latin: Mapped[str] = mapped_column(String(160), default="")
    name_zgh: Mapped[str] = mapped_column(String(160), default="")
    honorific: Mapped[str] = mapped_column(String(60), default="")
    address_form: Mapped[str | None] = mapped_column(String(1))
    rank: Mapped[str] = mapped_column(String(160), default="")
    post: Mapped[str] = mapped_column(String(300), default="")
    category: Mapped[str] = mapped_column(String(30))
    precedence: Mapped[int | None]
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"), index=True)
    body_text: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(20), default="")
    other_phones: Mapped[list[str]] = mapped_column(Json, default=list)
    language: Mapped[str] = mapped_column(String(3), default="ar")
    needs: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(20), index=True)
    source: Mapped[str] = mapped_column(String(12), default="form")
    invitation_id: Mapped[str | None] = mapped_column(ForeignKey("invitation.id", ondelete="SET NULL"), index=True)
    import_id: Mapped[str | None] = mapped_column(Id, index=True)
    titular_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    holds_seat: Mapped[bool] = mapped_column(default=False)
    waiting_rank: Mapped[int | None]
    identity_key: Mapped[str | None] = mapped_column(String(64))
    folded: Mapped[str] = mapped_column(String(900), default="")
    skeleton: Mapped[str] = mapped_column(String(200), default="")
    sort_ar: Mapped[str] = mapped_column(String(400), default="")
    sort_fr: Mapped[str] = mapped_column(String(400), default="")
    image_consent: Mapped[bool] = mapped_column(default=False)
    privacy_version: Mapped[str] = mapped_column(String(20), default="")
    consented_at: Mapped[datetime | None]
    registered_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")
    erased_at: Mapped[datetime | None]
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    body: Mapped[Body | None] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()
    titular: Mapped[Participant | None] = relationship(remote_side="Participant.id")
    wishes: Mapped[list[Wish]] = relationship(order_by="Wish.rank", cascade="all, delete-orphan", lazy="selectin")

    def scope(self) -> dict[str, Any]:
        return {"participant": self.id, "meeting": self.meeting_id}

    @property
    def name(self) -> str:
        """The name as the person gave it, Arabic first."""
        return self.name_ar or self.name_latin or self.name_zgh


class Wish(Base):
    """A workshop somebody would like, best first (rank 1)."""

    __tablename__ = "wish"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    workshop: Mapped[Workshop] = relationship()


class ImportBatch(Keyed, Base):
    """One import: what the file said, what was made of it, and whether it was undone."""

    __tablename__ = "import_batch"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(12))
    mapping: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    rows: Mapped[list[Any]] = mapped_column(Json, default=list)
    summary: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    progress: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime]
    committed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ReservedSeat(Keyed, Base):
    """A seat held for a role that has no name yet."""

    __tablename__ = "reserved_seat"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    category: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(200))
    honorific: Mapped[str] = mapped_column(String(60), default="")
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    import_id: Mapped[str | None] = mapped_column(Id)


class SavedView(Keyed, Base):
    """A filter of the list somebody kept under a name."""

    __tablename__ = "saved_view"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(Id)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(500))


class KeptApart(Keyed, Base):
    """Two people of whom somebody said that they are two; `first_id` is the smaller of the ids."""

    __tablename__ = "kept_apart"
    __table_args__ = (UniqueConstraint("first_id", "second_id", name="uq_kept_apart_once"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    first_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    second_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
