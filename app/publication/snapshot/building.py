"""Making snapshots: the first from the tables, a corrected one from the edition before it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from app.kernel.clock import stamp, to_wall
from app.meetings.models import Meeting
from app.publication.canonical import hash_text
from app.publication.snapshot.event import of_event
from app.publication.snapshot.texts import AUTHENTIC, DRAFT, OUTDATED, of_recommendations

FORMAT = "liqaa-edition/1"
LICENCE = {
    "name": "ODbL-1.0", "url": "https://opendatacommons.org/licenses/odbl/1-0/",
    "attribution": "Codes and names of communes: Haut-Commissariat au Plan (HCP), Morocco",
}  # fmt: skip


def header(
    number: int, *, zone: str, at: datetime | None, erratum: str = "", reason: str = "", previous: str = "",
    corrected: list[str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What an edition says of itself; `previous` is the hash of the edition it corrects."""
    return {
        "number": number, "published_at": stamp(at) if at else None,
        "published_on": to_wall(at, zone).date().isoformat() if at else None,
        "erratum": erratum, "reason": reason, "previous_sha256": previous, "corrected": corrected or [],
    }  # fmt: skip


def build(meeting: Meeting, edition: Mapping[str, Any]) -> dict[str, Any]:
    """The whole content of the meeting as it stands now (about twenty queries, whatever its size)."""
    return {
        "format": FORMAT, "licence": dict(LICENCE), "edition": dict(edition), **of_event(meeting),
        "recommendations": of_recommendations(meeting),
    }  # fmt: skip


def corrected(
    before: Mapping[str, Any], edition: Mapping[str, Any], changes: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The snapshot of the edition before with the new wording in it, and nothing else changed.

    `changes` is {recommendation id: {"body.ar": text}}; a language that was missing comes in as a draft translation.
    """
    snapshot = deepcopy(dict(before))
    snapshot["edition"] = dict(edition)
    for item in snapshot["recommendations"]:
        given = changes.get(item["id"], {})
        for field, text in given.items():
            _change(item, field, text)
        _mark_outdated(item, given)
    return snapshot


def _change(item: dict[str, Any], field: str, text: str) -> None:
    part, _, lang = field.partition(".")
    there = item["texts"].setdefault(
        lang, {"title": "", "body": "", "rationale": "", "translation": DRAFT, "sha256": hash_text("")}
    )
    there[part] = text
    if part == "body":
        there["sha256"] = hash_text(text)


def _mark_outdated(item: dict[str, Any], given: Mapping[str, str]) -> None:
    """The translations that were not corrected together with their source are behind it."""
    if f"body.{item['authentic']}" not in given:
        return
    for lang, text in item["texts"].items():
        if text["translation"] != AUTHENTIC and f"body.{lang}" not in given:
            text["translation"] = OUTDATED
