"""What a registration says is changed: by the person's link, or by the organiser; category and precedence apart."""

from __future__ import annotations

from dataclasses import replace as with_changes
from typing import Any

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.errors import Refusal
from app.participants import rules
from app.participants.actions.filling import Details, changed_fields, check_details, details_of, fill, snapshot
from app.participants.models import Participant
from app.participants.queries.people import find_same


def change(*, participant: Participant, details: Details, actor: Actor, clock: Clock) -> list[str]:
    """Change what the registration says; gives the names of the fields that differ, none of which is no act.

    By one's own link only until the meeting begins (`too_late_by_link`); category and precedence then stay as they
    are. Refuses with `same_person` when the change would make two of one. Journal: participant.changed.
    """
    if participant.id in actor.ids("participant", "participant"):
        if not rules.may_change(participant, participant.meeting):
            raise Refusal("too_late_by_link")
        details = with_changes(details, category=participant.category, precedence=participant.precedence)
    else:
        require(actor, "participants.edit", participant)
    return rewrite(participant=participant, details=details, actor=actor, clock=clock)


def rewrite(*, participant: Participant, details: Details, actor: Actor, clock: Clock) -> list[str]:
    """Write the details; whoever is allowed to ask was asked before."""
    check_details(participant.meeting, details)
    same = find_same(participant.meeting_id, details.key)
    if same is not None and same.id != participant.id:
        raise Refusal("same_person", field="name")
    ended = participant.identity_key is None
    before = snapshot(participant)
    fill(participant, details)
    if ended:
        participant.identity_key = None
    after = snapshot(participant)
    fields = changed_fields(before, after)
    if fields:
        journal.record(
            "participant.changed", participant, actor=actor, clock=clock, meeting=participant.meeting, fields=fields,
            values={"before": {one: before[one] for one in fields}, "after": {one: after[one] for one in fields}},
        )  # fmt: skip
    return fields


def set_precedence(*, participant: Participant, precedence: int | None, actor: Actor, clock: Clock) -> None:
    """Give somebody a place of their own in the order of precedence, or the category's again (None)."""
    _set(participant, {"precedence": precedence}, actor, clock)


def set_category(*, participant: Participant, category: str, actor: Actor, clock: Clock) -> None:
    """Move somebody to another category; refuses with `choice` one that the meeting does not have."""
    _set(participant, {"category": category}, actor, clock)


def _set(participant: Participant, values: dict[str, Any], actor: Actor, clock: Clock) -> None:
    require(actor, "participants.edit", participant)
    details = with_changes(details_of(participant), **values)
    rewrite(participant=participant, details=details, actor=actor, clock=clock)
