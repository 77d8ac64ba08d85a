"""The one table that marks a database as a demonstration's own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.database import Base


class DemoState(Base):
    """Which moment the demonstration shows, and when its clock was set; only a database it made has this row."""

    __tablename__ = "demo_state"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    moment: Mapped[str] = mapped_column(String(20))
    shows: Mapped[datetime]
    since: Mapped[datetime]
