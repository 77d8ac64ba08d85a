"""The journal in words: one catalogue for the history of everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.kernel.journal import Line
from app.kernel.languages import t


@dataclass(frozen=True)
class Worded:
    """One line of a history as people read it."""

    line: Line
    text: str
    who: str


def sentence(kind: str) -> str:
    """What happened, as a phrase without a person; the kind itself has no place on a page."""
    key = f"journal.{kind}"
    return t(key) if t.exists(key) else t("journal.other")


def lines(found: Iterable[Line]) -> list[Worded]:
    """The lines with their words; the system's own acts are signed by the platform."""
    return [Worded(line, sentence(line.kind), line.actor_label or t("journal.nobody")) for line in found]
