"""What the review shows beside the texts: counts, pairs that are alike, provenance, the translation's standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.kernel.access import Actor
from app.meetings.models import Meeting, Workshop
from app.recommendations import queries, rules, states
from app.recommendations.models import FieldText, HandOver, Recommendation
from app.recommendations.similar import Similar, pairs, shared, similar_to
from app.recommendations.states import TextState

# The steps that the page offers, in the order of its buttons.
ORDER = (TextState.PROPOSED, TextState.UNDER_REVIEW, TextState.RETAINED, TextState.DRAFT, TextState.WITHDRAWN)
SHOWN = (*states.OPEN, TextState.WITHDRAWN, TextState.MERGED_INTO)


def counted(rows: Sequence[Recommendation]) -> dict[str, int]:
    """How many of the rows are in each state, in the order of the chain."""
    found = Counter(row.state for row in rows)
    return {state.value: found[state.value] for state in TextState if found[state.value]}


@dataclass(frozen=True)
class Pair:
    """Two recommendations that are alike, the earlier one second: the later is merged into it."""

    one: Recommendation
    other: Recommendation
    score: float


def alike(rows: Sequence[Recommendation], *, limit: int = 8) -> list[Pair]:
    """The pairs most alike that nobody has kept apart."""
    ready = [row for row in rows if row.state in states.MERGEABLE]
    apart = queries.kept_apart([row.id for row in ready])
    return [Pair(ready[second], ready[first], score) for first, second, score in pairs(ready, apart=apart)[:limit]]


def similar_of(meeting: Meeting, one: Recommendation, actor: Actor) -> list[tuple[Similar, bool]]:
    """What is alike in the whole meeting, and whether this actor may merge the two."""
    apart = queries.kept_apart([one.id])
    found = similar_to(
        one.text(f"body.{one.authentic}"), queries.of_meeting(meeting, in_states=states.OPEN), but=one.id
    )
    return [
        (other, not rules.merge_refused(one, other.row, actor))
        for other in found
        if frozenset({one.id, other.row.id}) not in apart
    ]


@dataclass(frozen=True)
class Provenance:
    """Where a recommendation comes from: merged into it, split from, merged into another, and what was kept."""

    merged: list[tuple[Recommendation, str]] = field(default_factory=list)
    into: Recommendation | None = None
    split_from: list[Recommendation] = field(default_factory=list)


def provenance(one: Recommendation) -> Provenance:
    """The links of a recommendation as people read them (two queries)."""
    links = queries.links_of([one.id])
    rows = {row.id: row for row in queries.by_ids([link.from_id for link in links] + [link.to_id for link in links])}
    return Provenance(
        [(rows[link.from_id], link.kept) for link in links if link.kind == "merged_into" and link.to_id == one.id],
        rows.get(one.merged_into_id or ""),
        [rows[link.to_id] for link in links if link.kind == "split_from" and link.from_id == one.id],
    )


@dataclass(frozen=True)
class Translation:
    """Where the other language of the text stands; `outdated` is derived: its source has moved since."""

    field: str
    state: str
    outdated: bool


def translation(one: Recommendation) -> Translation:
    """The translation of the body between Arabic and French."""
    other = "fr" if one.authentic == "ar" else "ar"
    rows: dict[str, FieldText] = {row.field: row for row in one.texts}
    row, source = rows.get(f"body.{other}"), rows.get(f"body.{one.authentic}")
    if row is None or not row.text:
        return Translation(f"body.{other}", "missing", False)
    outdated = source is not None and (row.based_on or 0) < source.rev
    return Translation(row.field, row.translation or "draft", outdated)


def hand_overs(workshops: Sequence[Workshop]) -> dict[str, list[HandOver]]:
    """Every hand-over of each workshop, newest first."""
    found: dict[str, list[HandOver]] = {one.id: [] for one in workshops}
    for row in queries.hand_overs(found):
        found[row.workshop_id].append(row)
    return found


__all__ = ["ORDER", "alike", "counted", "hand_overs", "provenance", "shared", "similar_of", "translation"]
