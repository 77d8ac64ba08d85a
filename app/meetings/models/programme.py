"""The programme that meetings serve: ordered axes, tracks, partners and target communes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Json, Keyed
from app.territory.models import Body


class Programme(Keyed, Base):
    """What meetings serve; lists of short texts are [{"ar", "fr", "en"}] in their order.

    `track_words` are the words by which its sources call the tracks (sub-project, sub-programme): one thing, several
    labels. `membership_note` says where the list of target communes comes from. `announced_communes` is the number
    the programme announces; the number counted comes from the memberships.
    """

    __tablename__ = "programme"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    acronym: Mapped[str] = mapped_column(String(20), default="")
    name_ar: Mapped[str] = mapped_column(String(300))
    name_fr: Mapped[str] = mapped_column(String(300), default="")
    name_en: Mapped[str] = mapped_column(String(300), default="")
    launch_year: Mapped[int | None]
    years: Mapped[int | None]
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    announced_communes: Mapped[int | None]
    objectives: Mapped[list[Any]] = mapped_column(Json, default=list)
    capacity_fields: Mapped[list[Any]] = mapped_column(Json, default=list)
    beneficiaries: Mapped[list[Any]] = mapped_column(Json, default=list)
    phases: Mapped[list[Any]] = mapped_column(Json, default=list)
    criteria_ar: Mapped[str] = mapped_column(Text, default="")
    criteria_fr: Mapped[str] = mapped_column(Text, default="")
    criteria_en: Mapped[str] = mapped_column(Text, default="")
    extension_ar: Mapped[str] = mapped_column(Text, default="")
    extension_fr: Mapped[str] = mapped_column(Text, default="")
    extension_en: Mapped[str] = mapped_column(Text, default="")
    coordinator_ar: Mapped[str] = mapped_column(String(300), default="")
    coordinator_fr: Mapped[str] = mapped_column(String(300), default="")
    owner: Mapped[Body | None] = relationship()
    coordinator_en: Mapped[str] = mapped_column(String(300), default="")
    track_words: Mapped[list[Any]] = mapped_column(Json, default=list)
    membership_note_ar: Mapped[str] = mapped_column(Text, default="")
    membership_note_fr: Mapped[str] = mapped_column(Text, default="")
    membership_note_en: Mapped[str] = mapped_column(Text, default="")
    axes: Mapped[list[Axis]] = relationship(order_by="Axis.position", cascade="all, delete-orphan")
    tracks: Mapped[list[Track]] = relationship(order_by="Track.position", cascade="all, delete-orphan")
    partners: Mapped[list[ProgrammePartner]] = relationship(
        order_by="ProgrammePartner.position", cascade="all, delete-orphan"
    )

    def scope(self) -> dict[str, Any]:
        return {"programme": self.id}


class ProgrammePartner(Keyed, Base):
    """A partner of the programme, in its order."""

    __tablename__ = "programme_partner"

    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"))
    position: Mapped[int]
    body: Mapped[Body] = relationship(lazy="joined")


class Axis(Keyed, Base):
    """One of the ordered strategic axes; a recommendation may point to one."""

    __tablename__ = "axis"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    title_ar: Mapped[str] = mapped_column(String(300))
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    title_en: Mapped[str] = mapped_column(String(300), default="")


class Track(Keyed, Base):
    """One of the programme's themes (sub-programmes); each has a workshop in a meeting."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    title_ar: Mapped[str] = mapped_column(String(300))
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    title_en: Mapped[str] = mapped_column(String(300), default="")


class Membership(Keyed, Base):
    """A commune among the programme's targets, from a date and in a cohort; the target set can grow."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("programme_id", "body_id"),)

    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), index=True)
    joined_on: Mapped[date | None] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    cohort: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[Body] = relationship()
