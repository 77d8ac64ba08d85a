"""Word documents which open right in Arabic: real styles, directions written on every paragraph and run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.paper.shapes import Report as ReportData

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = ["DOCX", "report"]


def report(data: ReportData, *, lang: str, made: datetime | None = None) -> bytes:
    """Make the report of an edition as .docx, as `edition.report` promises it."""
    # The library reads a hundred schemas as it is imported; a server that starts does not wait for it.
    from app.paper.word import edition  # noqa: PLC0415

    return edition.report(data, lang=lang, made=made)
