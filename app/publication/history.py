"""The way of a recommendation, step by step: workshop, plenary, publication, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.kernel.clock import to_wall
from app.plenary.diff import Piece, word_diff
from app.publication.models import Edition, EditionText
from app.publication.snapshot.reading import Published, Snapshot


@dataclass(frozen=True)
class Change:
    """What a wording became, word by word, in one language."""

    lang: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Step:
    """One step; `kind` is captured, decided, published or corrected, `values` what its sentence needs."""

    kind: str
    on: date
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


def steps(item: Published, wordings: Iterable[tuple[Edition, EditionText]], zone: str) -> list[Step]:
    """Every step in its order; the wordings are those of each edition, oldest first."""
    found = [Step("captured", item.captured_on, {"merged": item.data["merged"]})]
    if item.decision and item.decided_at:
        changes = _amended(item.data["before"], _first_texts(item, wordings))
        found.append(Step("decided", to_wall(item.decided_at, zone).date(), dict(item.decision), changes))
    return found + _editions(wordings, zone)


def _amended(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """What the plenary changed; `before` holds only what it did change."""
    return [Change(lang, word_diff(text, after.get(lang, ""))) for lang, text in before.items()]


def _first_texts(item: Published, wordings: Iterable[tuple[Edition, EditionText]]) -> dict[str, str]:
    """The texts as the plenary left them: those of the first edition that holds the recommendation."""
    rows = list(wordings)
    first = rows[0][0].number if rows else 0
    return {text.lang: text.text for edition, text in rows if edition.number == first} or item.bodies


def _editions(wordings: Iterable[tuple[Edition, EditionText]], zone: str) -> list[Step]:
    found: list[Step] = []
    before: dict[str, str] = {}
    by_edition: dict[int, tuple[Edition, dict[str, str]]] = {}
    for edition, text in wordings:
        by_edition.setdefault(edition.number, (edition, {}))[1][text.lang] = text.text
    for number, (edition, texts) in sorted(by_edition.items()):
        assert edition.published_at is not None
        on = to_wall(edition.published_at, zone).date()
        if not before:
            found.append(Step("published", on, {"number": number}))
        elif texts != before:
            values = {"number": number, "erratum": edition.erratum}
            found.append(Step("corrected", on, values, _changes(before, texts)))
        before = texts
    return found


def differences(snapshot: Snapshot, waiting: Edition) -> list[tuple[Published, list[Change]]]:
    """What a prepared correction would change, recommendation by recommendation."""
    changes: Mapping[str, Mapping[str, str]] = waiting.changes.get("texts", {})
    return [
        (item, [
            Change(field.partition(".")[2], word_diff(_there(item, field), text))
            for field, text in changes[item.id].items()
        ])
        for item in snapshot.recommendations if item.id in changes
    ]  # fmt: skip


def _there(item: Published, field: str) -> str:
    part, _, lang = field.partition(".")
    return str(item.data["texts"].get(lang, {}).get(part, ""))


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """The languages in which the wording moved; a language that came in later shows as added words."""
    return [
        Change(lang, word_diff(before.get(lang, ""), text)) for lang, text in after.items() if before.get(lang) != text
    ]
