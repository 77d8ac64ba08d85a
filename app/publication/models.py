"""Tables of the publication: editions with their snapshot, the hash of each text, the documents made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.kernel.database import Base, Id, Json, Keyed


class Edition(Keyed, Base):
    """A frozen publication: `snapshot` is the whole content, `sha256` the hash of its canonical JSON (RFC 8785).

    While a correction waits for its second person (`prepared`) it has no snapshot yet: `changes` holds the new wording
    of its texts ({"texts": {recommendation id: {"body.ar": text}}, "by": [ids of those who prepared it]}).
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), default="published")
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    erratum: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    prepared_at: Mapped[datetime | None]
    prepared_by: Mapped[str] = mapped_column(String(160), default="")
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(Id)
    approved_by: Mapped[str | None] = mapped_column(Id)


class EditionText(Base):
    """One text of an edition and its hash, by which a quoted text can be checked."""

    __tablename__ = "edition_text"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(String(3), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class EditionFile(Base):
    """A document made from an edition (pdf, docx, xlsx, csv, json) in one language, made once and kept.

    `lang` is `mul` for files that hold every language.
    """

    __tablename__ = "edition_file"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    lang: Mapped[str] = mapped_column(String(3), primary_key=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
