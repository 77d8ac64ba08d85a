"""Making one document of an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.kernel.languages import t
from app.paper import word
from app.paper.pdf import render
from app.publication.canonical import canonical
from app.publication.papers import tables
from app.publication.papers.report import data_title, edition_line, report
from app.publication.snapshot.reading import Snapshot
from app.publication.states import DOCUMENTS


def make(snapshot: Snapshot, kind: str, lang: str, *, url: str) -> bytes:
    """The document of this kind and language; slow for PDF (a child process). Raises LookupError for another kind."""
    if kind not in {known for known, _lang in DOCUMENTS}:
        raise LookupError(kind)
    return MAKERS[kind](snapshot, lang, url)


def title(snapshot: Snapshot, lang: str) -> str:
    """What a document is called in its properties and as a file."""
    shown = lang if lang != "mul" else snapshot.meeting["lang"]
    parts = (t.plain("paper.report", lang=shown), data_title(snapshot, shown), edition_line(snapshot, shown))
    return " · ".join(parts)


def _made(snapshot: Snapshot) -> datetime | None:
    at = snapshot.edition["published_at"]
    return datetime.fromisoformat(at) if at else None


def _pdf(snapshot: Snapshot, lang: str, url: str) -> bytes:
    return render("report", report(snapshot, lang, url), lang=lang, title=title(snapshot, lang), made=_made(snapshot))


def _docx(snapshot: Snapshot, lang: str, url: str) -> bytes:
    return word.report(report(snapshot, lang, url), lang=lang, made=_made(snapshot))


MAKERS: Mapping[str, Callable[[Snapshot, str, str], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": lambda snapshot, lang, _url: tables.sheet(snapshot, lang),
    "csv": lambda snapshot, _lang, _url: tables.table(snapshot.recommendations),
    "json": lambda snapshot, _lang, _url: canonical(snapshot.data),
}
