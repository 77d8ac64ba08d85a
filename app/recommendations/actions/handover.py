"""Handing a workshop's list to the plenary freezes it; reopening says who and why."""

from __future__ import annotations

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.models import Meeting, Workshop
from app.recommendations import queries, rules, states
from app.recommendations.actions.operations import lock
from app.recommendations.models import HandOver
from app.recommendations.states import TextState


def hand_over(*, workshop: Workshop, meeting: Meeting, actor: Actor, clock: Clock) -> HandOver:
    """Freeze the list as its next version; what is not retained stays behind.

    Refuses with `nothing_retained`, and `variants_open` while a retained text has two wordings. Handed over already, it
    stays the version it is.
    """
    require(actor, states.REVIEW, workshop)
    lock(workshop)
    if current := queries.frozen(workshop.id):
        return current
    rules.check_open(workshop, meeting, None)
    retained = [row for row in queries.of_workshop(workshop) if row.state == TextState.RETAINED]
    if not retained:
        raise Refusal("nothing_retained")
    if variants := queries.open_variants([row.id for row in retained]):
        raise Refusal("variants_open", count=len({one.recommendation_id for one in variants}))
    version = max((row.version for row in queries.hand_overs([workshop.id])), default=0) + 1
    row = HandOver(workshop_id=workshop.id, version=version, at=clock.now(), by=queries.author_of(actor).name)
    db.session.add(row)
    db.session.flush()
    journal.record(
        "recommendation.handed_over", workshop, actor=actor, clock=clock, meeting=meeting,
        values={"workshop": workshop.code, "version": version, "count": len(retained)},
        ids=(),
    )  # fmt: skip
    return row


def reopen(*, workshop: Workshop, meeting: Meeting, reason: str, actor: Actor, clock: Clock) -> HandOver:
    """Unfreeze the list; `not_handed_over`, `reason_missing`, and `already_read` once the plenary began."""
    require(actor, states.REVIEW, workshop)
    lock(workshop)
    row = queries.frozen(workshop.id)
    if row is None:
        raise Refusal("not_handed_over")
    if not reason.strip():
        raise Refusal("reason_missing", field="reason")
    if any(one.state not in states.BEFORE_PLENARY for one in queries.of_workshop(workshop)):
        raise Refusal("already_read")
    row.reopened_at, row.reopened_by = clock.now(), queries.author_of(actor).name
    row.reason = reason.strip()
    journal.record(
        "recommendation.reopened", workshop, actor=actor, clock=clock, meeting=meeting,
        values={"workshop": workshop.code, "version": row.version, "reason": row.reason},
    )  # fmt: skip
    return row
