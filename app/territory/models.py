"""Tables of the territory; codes are the HCP's for communes, names are never keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Keyed


class Body(Keyed, Base):
    """A region, prefecture, province, commune, directorate, division, ministry, partner or other body; a tree.

    `lineage` lists the ids from the root to the body itself, joined by `/`; `folded` is the search shadow of all names.
    """

    __tablename__ = "body"
    __table_args__ = (Index("ix_body_kind_sort", "kind", "sort_ar"),)

    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"), index=True)
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    name_zgh: Mapped[str] = mapped_column(String(200), default="")
    lineage: Mapped[str] = mapped_column(String(400), default="")
    folded: Mapped[str] = mapped_column(String(800), default="")
    sort_ar: Mapped[str] = mapped_column(String(400), default="")
    sort_fr: Mapped[str] = mapped_column(String(400), default="")
    population: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(80), default="")
    active: Mapped[bool] = mapped_column(default=True)
    parent: Mapped[Body | None] = relationship(remote_side="Body.id")

    @property
    def lineage_ids(self) -> list[str]:
        return self.lineage.split("/") if self.lineage else [self.id]

    def scope(self) -> dict[str, Any]:
        """A grant on a body reaches everything below it."""
        return {"body": self.lineage_ids}


class BodyAlias(Keyed, Base):
    """Another name of a body, as people write it."""

    __tablename__ = "body_alias"

    body_id: Mapped[str] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), index=True)
    lang: Mapped[str] = mapped_column(String(3))
    text: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200), index=True)


class DayOff(Base):
    """A day without work; Islamic days are estimated until somebody confirms them."""

    __tablename__ = "day_off"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name_ar: Mapped[str] = mapped_column(String(120))
    name_fr: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(120), default="")
