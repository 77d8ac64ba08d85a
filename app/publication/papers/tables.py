"""The recommendations of an edition as a spreadsheet in one language, and as one CSV file for programs."""

from __future__ import annotations

from collections.abc import Iterator

from app.kernel.languages import t
from app.paper.sheets import Cell, Column, Kind, csv_file, xlsx
from app.publication.papers.report import addressees
from app.publication.snapshot.reading import Published, Snapshot, said
from app.publication.states import LANGUAGES

# Names of columns that programs rely on: they never change with the language.
FIELDS = (
    "number", "reference", "draft", "workshop", "track", "axis", "outcome", "decided_at", "mode", "authentic",
    "text_ar", "text_fr", "text_en", "translation_ar", "translation_fr", "translation_en", "addressees",
    "addressee_group", "horizon", "priority", "indicator", "sha256",
)  # fmt: skip


def table(items: list[Published]) -> bytes:
    """The recommendations as CSV: one line each, every language, codes instead of words."""
    return csv_file([Column(name) for name in FIELDS], (_line(one) for one in items))


def _line(item: Published) -> list[Cell]:
    data = item.data
    texts = data["texts"]
    return [
        item.number, data["reference"], data["draft"], data["workshop"], data["track"], data["axis"], item.outcome,
        item.decision["at"] if item.decision else "", item.decision["mode"] if item.decision else "", item.authentic,
        *(texts.get(lang, {}).get("body", "") for lang in LANGUAGES),
        *(texts.get(lang, {}).get("translation", "") for lang in LANGUAGES),
        " ".join(one["code"] or "" for one in data["addressees"]), data["addressee_group"], item.horizon,
        data["priority"], data["indicator"], texts.get(item.authentic, {}).get("sha256", ""),
    ]  # fmt: skip


def sheet(snapshot: Snapshot, lang: str) -> bytes:
    """The recommendations as a spreadsheet in the language of its reader."""
    headings: tuple[tuple[str, float, Kind], ...] = (
        ("publication.column.number", 11, "code"), ("publication.column.text", 70, "text"),
        ("publication.column.language", 14, "text"), ("publication.column.outcome", 22, "text"),
        ("meetings.track", 32, "text"), ("publication.column.axis", 32, "text"),
        ("publication.column.addressee", 34, "text"), ("publication.column.due", 14, "date"),
        ("publication.column.indicator", 30, "text"), ("publication.column.hash", 20, "code"),
    )  # fmt: skip
    columns = [Column(t.plain(key, lang=lang), width, kind) for key, width, kind in headings]
    return xlsx(said(snapshot.meeting["short"], lang)[0] or "Liqaa", columns, _rows(snapshot, lang), lang=lang)


def _rows(snapshot: Snapshot, lang: str) -> Iterator[list[Cell]]:
    for item in snapshot.recommendations:
        text, shown = item.shown(lang)
        track, axis = snapshot.tracks.get(item.data["track"]), item.axis
        yield [
            item.code, text, t.plain(f"lang.{shown}", lang=lang), t.plain(f"text.{item.outcome}", lang=lang),
            said(track["title"], lang)[0] if track else "", said(axis["title"], lang)[0] if axis else "",
            _bare(addressees(item, lang)), item.horizon, item.data["indicator"],
            item.data["texts"].get(shown, {}).get("sha256", ""),
        ]  # fmt: skip


def _bare(text: str) -> str:
    """Without isolates, which a cell shows as boxes in some programs."""
    return text.replace("\u2068", "").replace("\u2069", "")
