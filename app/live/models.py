"""Tickets: how a reader that cannot send a header (EventSource) shows what it may follow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.database import Base, Json


class StreamTicket(Base):
    """One admission to one stream: single use, for a minute; `kinds` are the beginnings of what it lets see."""

    __tablename__ = "stream_ticket"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    stream_id: Mapped[str] = mapped_column(String(60))
    kinds: Mapped[list[str]] = mapped_column(Json)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
