"""Word documents which open right in Arabic: real styles, directions written on every paragraph and run."""

from app.paper.word.report import DOCX, report

__all__ = ["DOCX", "report"]
