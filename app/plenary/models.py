"""Tables of the plenary: the queue, what is on the wall, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.database import Base, Id, Json, Keyed


class QueueItem(Base):
    """A retained recommendation in the order of reading."""

    __tablename__ = "plenary_queue"

    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]


class Stage(Base):
    """What the wall shows now; `rev` moves with every change, `last_number` is the last definitive number given.

    `amendment` holds the wording under discussion by language ({"ar": text}), shown struck and added on the wall.
    """

    __tablename__ = "plenary_stage"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    recommendation_id: Mapped[str | None] = mapped_column(ForeignKey("recommendation.id", ondelete="SET NULL"))
    amendment: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    blank: Mapped[bool] = mapped_column(default=False)
    timer_ends: Mapped[datetime | None]
    rev: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    link_version: Mapped[int] = mapped_column(default=1)


class Decision(Keyed, Base):
    """What the plenary did with a recommendation; undone ones stay, marked. `number` is kept for the same one only."""

    __tablename__ = "decision"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"), index=True)
    sitting_id: Mapped[str | None] = mapped_column(ForeignKey("sitting.id", ondelete="SET NULL"))
    outcome: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(12))
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstentions: Mapped[int | None]
    texts_before: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    texts_after: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int | None]
    read_by: Mapped[str] = mapped_column(String(160), default="")
    read_at: Mapped[datetime | None]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Id)
    undone_at: Mapped[datetime | None]
