"""Tables of recommendations: texts by field with a revision each, append-only history, variants, operations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Id, Json, Keyed
from app.meetings.models import Axis, Workshop
from app.territory.models import Body


class Recommendation(Keyed, Base):
    """What a workshop proposes; the id is made by the client (UUIDv7).

    `serial` is the draft number within the workshop (B-7), `number` the definitive one, given on adoption and never to
    another. `addressee_group` is `target_communes` or empty; named addressees are rows of `Addressee`.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("workshop_id", "serial"),
        UniqueConstraint("meeting_id", "number"),
        Index("ix_recommendation_meeting_state", "meeting_id", "state"),
    )

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    serial: Mapped[int]
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="draft")
    origin: Mapped[str] = mapped_column(String(12), default="typed")
    authentic: Mapped[str] = mapped_column(String(3), default="ar")
    axis_id: Mapped[str | None] = mapped_column(ForeignKey("axis.id"))
    horizon: Mapped[date | None] = mapped_column(Date)
    priority: Mapped[str] = mapped_column(String(8), default="")
    indicator: Mapped[str] = mapped_column(String(300), default="")
    addressee_group: Mapped[str] = mapped_column(String(20), default="")
    out_of_scope: Mapped[bool] = mapped_column(default=False)
    flagged: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    review_reason: Mapped[str] = mapped_column(Text, default="")
    captured_by: Mapped[str] = mapped_column(String(160), default="")
    on_behalf_of: Mapped[str] = mapped_column(String(160), default="")
    number: Mapped[int | None]
    read_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("recommendation.id"))
    state_before_merge: Mapped[str] = mapped_column(String(20), default="")
    rev: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    folded: Mapped[str] = mapped_column(Text, default="")
    workshop: Mapped[Workshop] = relationship(lazy="joined")
    axis: Mapped[Axis | None] = relationship(lazy="joined")
    texts: Mapped[list[FieldText]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    addressees: Mapped[list[Addressee]] = relationship(
        order_by="Addressee.position", cascade="all, delete-orphan", lazy="selectin"
    )

    def text(self, field: str) -> str:
        """The text of `body.ar`, `title.fr`, `rationale.ar` and so on; empty when there is none."""
        return next((row.text for row in self.texts if row.field == field), "")

    @property
    def draft_code(self) -> str:
        """The number people say before adoption, such as B-7."""
        return f"{self.workshop.letter}-{self.serial}"

    def scope(self) -> dict[str, Any]:
        return {"workshop": self.workshop_id, "meeting": self.meeting_id}


class FieldText(Base):
    """The text in place of one field; `rev` is what an editor's `base_rev` is compared with."""

    __tablename__ = "recommendation_text"

    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[str] = mapped_column(String(30), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    rev: Mapped[int] = mapped_column(default=0)
    translation: Mapped[str] = mapped_column(String(12), default="")
    based_on: Mapped[int | None]


class Revision(Keyed, Base):
    """Every text a field ever had, append-only, with its author."""

    __tablename__ = "recommendation_revision"
    __table_args__ = (Index("ix_recommendation_revision_of", "recommendation_id", "field", "rev"),)

    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(30))
    rev: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[str | None] = mapped_column(Id)
    author: Mapped[str] = mapped_column(String(160))
    at: Mapped[datetime]
    op_id: Mapped[str | None] = mapped_column(Id)


class Variant(Keyed, Base):
    """A conflicting wording, kept until somebody resolves it; nothing is thrown away."""

    __tablename__ = "recommendation_variant"

    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text)
    base_rev: Mapped[int]
    author_id: Mapped[str | None] = mapped_column(Id)
    author: Mapped[str] = mapped_column(String(160))
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str] = mapped_column(String(12), default="")
    resolved_by: Mapped[str] = mapped_column(String(160), default="")


class Operation(Base):
    """An operation of a device: unique for ever, answered alike when it comes again, kept while it waits.

    `payload` is what the device sent, whole: a refused text stays readable to its author. `waits_for` is the id of
    what has to arrive first.
    """

    __tablename__ = "capture_operation"
    __table_args__ = (
        Index("ix_capture_operation_waiting", "waits_for"),
        Index("ix_capture_operation_author", "workshop_id", "author_id", "state"),
    )

    op_id: Mapped[str] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    recommendation_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(40), default="")
    waits_for: Mapped[str | None] = mapped_column(Id)
    device_id: Mapped[str] = mapped_column(String(60), default="")
    device_seq: Mapped[int] = mapped_column(default=0)
    client_time: Mapped[str] = mapped_column(String(40), default="")
    author_id: Mapped[str | None] = mapped_column(Id)
    author: Mapped[str] = mapped_column(String(160), default="")
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[int] = mapped_column(default=200)
    answer: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime]


class Addressee(Base):
    """A body a recommendation is addressed to, as lead or support."""

    __tablename__ = "addressee"

    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8), default="lead")
    position: Mapped[int] = mapped_column(default=0)
    body: Mapped[Body] = relationship(lazy="joined")


class Link(Keyed, Base):
    """How two recommendations hang together: merged_into, split_from, duplicate_of, supersedes, generalises."""

    __tablename__ = "recommendation_link"

    from_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"), index=True)
    to_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    kept: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]


class HandOver(Keyed, Base):
    """A workshop's list handed to the plenary: frozen with a version; reopening says who and why."""

    __tablename__ = "hand_over"

    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(160))
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str] = mapped_column(String(160), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
