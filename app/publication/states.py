"""What an edition can be, and the documents that are made from it."""

from __future__ import annotations

from enum import StrEnum

from app.paper.sheets import CSV, XLSX
from app.paper.word import DOCX
from app.plenary.states import ADOPTING, OUTCOMES

__all__ = ["ADOPTED", "DECIDED", "DOCUMENTS", "LANGUAGES", "MANY", "MEDIA", "UNDECIDED", "EditionState"]


class EditionState(StrEnum):
    """`prepared` is a correction that waits for its second person; `published` never changes again."""

    PREPARED = "prepared"
    PUBLISHED = "published"


DECIDED = OUTCOMES
ADOPTED = frozenset(str(outcome) for outcome in ADOPTING)
# Texts on their way to the plenary when an edition is made: they are not in it.
UNDECIDED = ("retained", "read")
LANGUAGES = ("ar", "fr", "en")
MANY = "mul"
# In the order in which an edition's page lists them.
DOCUMENTS: tuple[tuple[str, str], ...] = (
    ("pdf", "ar"), ("pdf", "fr"), ("pdf", "en"), ("docx", "ar"), ("docx", "fr"), ("docx", "en"), ("xlsx", "ar"),
    ("xlsx", "fr"), ("xlsx", "en"), ("csv", MANY), ("json", MANY),
)  # fmt: skip
MEDIA = {
    "pdf": "application/pdf", "docx": DOCX, "xlsx": XLSX, "csv": CSV, "json": "application/json; charset=utf-8",
}  # fmt: skip
