"""What a meeting shows and leaves behind: documents in the organiser's order, and quotations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Keyed
from app.kernel.files import StoredFile


class Document(Keyed, Base):
    """A file, link or text of a meeting; a telegram is sealed once and never edited after.

    `visibility`: public, participants or organisers. `kind` as in 02-domain. `lang` is the language of the content.
    """

    __tablename__ = "document"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    title_ar: Mapped[str] = mapped_column(String(300))
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    title_en: Mapped[str] = mapped_column(String(300), default="")
    lang: Mapped[str] = mapped_column(String(3), default="ar")
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    url: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    signatory: Mapped[str] = mapped_column(String(300), default="")
    addressee: Mapped[str] = mapped_column(String(300), default="")
    occasion: Mapped[str] = mapped_column(String(300), default="")
    day: Mapped[date | None] = mapped_column(Date)
    sitting_id: Mapped[str | None] = mapped_column(ForeignKey("sitting.id", ondelete="SET NULL"))
    visibility: Mapped[str] = mapped_column(String(12), default="public")
    published_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    file: Mapped[StoredFile | None] = relationship(lazy="joined")

    def scope(self) -> dict[str, Any]:
        return {"meeting": self.meeting_id}


class Quote(Keyed, Base):
    """Words of a person, quoted as they were said."""

    __tablename__ = "quote"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    text_ar: Mapped[str] = mapped_column(Text)
    text_fr: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    person_ar: Mapped[str] = mapped_column(String(300))
    person_fr: Mapped[str] = mapped_column(String(300), default="")
    person_en: Mapped[str] = mapped_column(String(300), default="")
    sitting_id: Mapped[str | None] = mapped_column(ForeignKey("sitting.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(default=0)
