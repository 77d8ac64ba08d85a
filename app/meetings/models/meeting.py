"""One meeting: its texts, place, dates on the wall, phase, and what the law wants said at the form."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.clock import to_utc, to_wall
from app.kernel.database import Base, Json, Keyed
from app.meetings.models.programme import Programme
from app.territory.models import Body

Wall = DateTime(timezone=False)


class Meeting(Keyed, Base):
    """A meeting; every hour is a wall time in `zone`, `code` opens its numbers where meetings mix (AGA22).

    `lang` is the language it publishes in; `formulas` are the official formulas that its texts hold whole, unbroken.
    """

    __tablename__ = "meeting"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    code: Mapped[str] = mapped_column(String(12))
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30), default="communication")
    phase: Mapped[str] = mapped_column(String(12), default="draft")
    lang: Mapped[str] = mapped_column(String(3), default="ar")
    formulas: Mapped[list[str]] = mapped_column(Json, default=list)
    title_ar: Mapped[str] = mapped_column(String(300))
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    title_en: Mapped[str] = mapped_column(String(300), default="")
    short_ar: Mapped[str] = mapped_column(String(80), default="")
    short_fr: Mapped[str] = mapped_column(String(80), default="")
    short_en: Mapped[str] = mapped_column(String(80), default="")
    kicker_ar: Mapped[str] = mapped_column(String(400), default="")
    kicker_fr: Mapped[str] = mapped_column(String(400), default="")
    kicker_en: Mapped[str] = mapped_column(String(400), default="")
    lead_ar: Mapped[str] = mapped_column(Text, default="")
    lead_fr: Mapped[str] = mapped_column(Text, default="")
    lead_en: Mapped[str] = mapped_column(Text, default="")
    article_ar: Mapped[str] = mapped_column(Text, default="")
    article_fr: Mapped[str] = mapped_column(Text, default="")
    article_en: Mapped[str] = mapped_column(Text, default="")
    place_ar: Mapped[str] = mapped_column(String(120), default="")
    place_fr: Mapped[str] = mapped_column(String(120), default="")
    place_en: Mapped[str] = mapped_column(String(120), default="")
    venue_ar: Mapped[str] = mapped_column(String(200), default="")
    venue_fr: Mapped[str] = mapped_column(String(200), default="")
    venue_en: Mapped[str] = mapped_column(String(200), default="")
    access_ar: Mapped[str] = mapped_column(Text, default="")
    access_fr: Mapped[str] = mapped_column(Text, default="")
    access_en: Mapped[str] = mapped_column(Text, default="")
    map_url: Mapped[str] = mapped_column(String(500), default="")
    commune_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    organiser_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    host_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    zone: Mapped[str] = mapped_column(String(40), default="Africa/Casablanca")
    capacity: Mapped[int] = mapped_column(default=0)
    approval: Mapped[bool] = mapped_column(default=False)
    registration_opens: Mapped[datetime | None] = mapped_column(Wall)
    registration_closes: Mapped[datetime | None] = mapped_column(Wall)
    published_on: Mapped[date | None] = mapped_column(Date)
    channel_url: Mapped[str] = mapped_column(String(500), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    controller_ar: Mapped[str] = mapped_column(String(300), default="")
    controller_fr: Mapped[str] = mapped_column(String(300), default="")
    recipients_ar: Mapped[str] = mapped_column(String(400), default="")
    recipients_fr: Mapped[str] = mapped_column(String(400), default="")
    receipt_number: Mapped[str] = mapped_column(String(60), default="")
    receipt_on: Mapped[date | None] = mapped_column(Date)
    retention_months: Mapped[int] = mapped_column(default=12)
    phase_reason: Mapped[str] = mapped_column(Text, default="")
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    rehearsal: Mapped[bool] = mapped_column(default=False)
    programme: Mapped[Programme] = relationship()
    commune: Mapped[Body | None] = relationship(foreign_keys=[commune_id])
    organiser: Mapped[Body | None] = relationship(foreign_keys=[organiser_id])
    host: Mapped[Body | None] = relationship(foreign_keys=[host_id])

    def scope(self) -> dict[str, Any]:
        return {"meeting": self.id, "programme": self.programme_id}

    def boundary_passed(self, now: datetime) -> str:
        """The last hour that changed what the public page says by itself (part of its ETag)."""
        day = to_wall(now, self.zone)
        if self.starts_on <= day.date() <= self.ends_on:
            # The sitting that takes place is marked, to the five minutes.
            return day.replace(minute=day.minute // 5 * 5, second=0, microsecond=0).isoformat()
        walls = [wall for wall in (self.registration_opens, self.registration_closes) if wall is not None]
        return max((wall.isoformat() for wall in walls if to_utc(wall, self.zone) <= now), default="")


class Category(Keyed, Base):
    """A category of participants in a meeting; `position` is its default precedence."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(30))
    position: Mapped[int]
