"""Merging one recommendation into another, and taking it out again: rows and links only."""

from __future__ import annotations

from app.kernel.clock import Clock
from app.kernel.database import db
from app.recommendations import queries
from app.recommendations.models import Link, Recommendation
from app.recommendations.states import TextState


def join(source: Recommendation, target: Recommendation, *, kept: str) -> None:
    """Mark the source as merged, with what was kept from each of the two."""
    source.state_before_merge, source.state, source.merged_into_id = source.state, TextState.MERGED_INTO, target.id
    db.session.add(Link(from_id=source.id, to_id=target.id, kind="merged_into", kept=kept))
    db.session.flush()


def was(row: Recommendation) -> Recommendation:
    """The recommendation as it stood before the merge, for the rules alone (not in the session)."""
    return Recommendation(
        id=row.id, workshop_id=row.workshop_id, meeting_id=row.meeting_id, state=row.state_before_merge or "draft"
    )


def part(row: Recommendation, clock: Clock) -> None:
    """Give the recommendation its state back and end the link."""
    for link in queries.links_of([row.id]):
        if link.kind == "merged_into" and link.from_id == row.id:
            link.ended_at = clock.now()
    row.state, row.merged_into_id, row.state_before_merge = row.state_before_merge or "draft", None, ""
    db.session.flush()
