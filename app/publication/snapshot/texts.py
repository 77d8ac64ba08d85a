"""What a snapshot says of the recommendations: number, texts and their translations, decision, addressees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.kernel.clock import stamp, to_wall
from app.kernel.database import db
from app.meetings.models import Meeting, Sitting, Workshop
from app.plenary import queries as plenary
from app.plenary.models import Decision
from app.publication.canonical import hash_text
from app.publication.naming import reference
from app.publication.snapshot.event import day
from app.publication.snapshot.event import texts as words
from app.publication.states import DECIDED
from app.recommendations.models import FieldText, Recommendation

AUTHENTIC, DRAFT, OUTDATED = "authentic", "draft", "outdated"


def decided(meeting: Meeting) -> list[Recommendation]:
    """What the plenary decided on, adopted ones first by number, the others by workshop (four queries)."""
    rows = list(
        db.session.scalars(
            select(Recommendation)
            .join(Workshop, Workshop.id == Recommendation.workshop_id)
            .where(Recommendation.meeting_id == meeting.id, Recommendation.state.in_(DECIDED))
            .order_by(Workshop.position, Recommendation.serial)
        )
    )
    return sorted(rows, key=lambda row: (row.number is None, row.number or 0))


def of_recommendations(meeting: Meeting) -> list[dict[str, Any]]:
    """Every decided recommendation as it is to be published (seven queries, whatever their number)."""
    rows = decided(meeting)
    decisions = plenary.standing_decisions(meeting.id)
    sittings = {row.id: row for row in db.session.scalars(select(Sitting).where(Sitting.meeting_id == meeting.id))}
    merged = _merged(meeting)
    return [_item(meeting, row, decisions.get(row.id), sittings, merged.get(row.id, [])) for row in rows]


def _merged(meeting: Meeting) -> dict[str, list[str]]:
    """The draft codes of what went into each recommendation."""
    rows = db.session.scalars(
        select(Recommendation)
        .where(Recommendation.meeting_id == meeting.id, Recommendation.merged_into_id.is_not(None))
        .order_by(Recommendation.serial)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row.merged_into_id), []).append(row.draft_code)
    return found


def _item(
    meeting: Meeting, row: Recommendation, decision: Decision | None, sittings: dict[str, Sitting], merged: list[str]
) -> dict[str, Any]:
    return {
        "id": row.id, "number": row.number, "reference": reference(meeting, row.number), "draft": row.draft_code,
        "workshop": row.workshop.code, "track": row.workshop.track.position,
        "axis": row.axis.position if row.axis else None, "outcome": row.state, "authentic": row.authentic,
        "texts": translations(row), "decision": _decision(decision, sittings), "before": _before(decision),
        "captured_on": day(to_wall(row.created_at, meeting.zone).date()), "merged": merged,
        "addressees": [
            {"code": one.body.code, "kind": one.body.kind, "name": words(one.body, "name"), "role": one.role}
            for one in row.addressees
        ],
        "addressee_group": row.addressee_group, "horizon": day(row.horizon), "priority": row.priority,
        "indicator": row.indicator,
    }  # fmt: skip


def translations(row: Recommendation) -> dict[str, dict[str, str]]:
    """The texts by language, each with the state of its translation and the hash of its body."""
    by_field = {one.field: one for one in row.texts if one.text.strip()}
    source = by_field.get(f"body.{row.authentic}")
    found = {}
    for field, one in by_field.items():
        part, _, lang = field.partition(".")
        if part == "body":
            found[lang] = {
                "title": row.text(f"title.{lang}"), "body": one.text, "rationale": row.text(f"rationale.{lang}"),
                "translation": _translation(one, source, lang == row.authentic), "sha256": hash_text(one.text),
            }  # fmt: skip
    return found


def _translation(text: FieldText, source: FieldText | None, authentic: bool) -> str:
    """`authentic`, or the state of the translation; `outdated` when its source has moved since."""
    if authentic:
        return AUTHENTIC
    if source is not None and text.based_on is not None and text.based_on < source.rev:
        return OUTDATED
    return text.translation or DRAFT


def _decision(row: Decision | None, sittings: dict[str, Sitting]) -> dict[str, Any] | None:
    """What the plenary did, when and how; who read it aloud is not for the public."""
    if row is None:
        return None
    sitting = sittings.get(row.sitting_id or "")
    votes = {"for": row.votes_for, "against": row.votes_against, "abstentions": row.abstentions}
    return {
        "outcome": row.outcome, "mode": row.mode, "reason": row.reason, "at": stamp(row.decided_at),
        "votes": {name: count or 0 for name, count in votes.items()} if row.votes_for is not None else None,
        "sitting": sitting.id if sitting else None,
    }  # fmt: skip


def _before(row: Decision | None) -> dict[str, str]:
    """The wording that came to the plenary, where the plenary changed it."""
    if row is None:
        return {}
    after = row.texts_after or {}
    return {lang: text for lang, text in (row.texts_before or {}).items() if text and after.get(lang) != text}


def missing(items: Iterable[dict[str, Any]], lang: str) -> int:
    """How many of these recommendations have no text in the language."""
    return sum(1 for item in items if lang not in item["texts"])
