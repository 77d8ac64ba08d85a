"""People to keep together or apart."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import NotFound, Refusal
from app.kernel.tokens import tidy_code
from app.meetings.models import Meeting
from app.participants.models import Participant
from app.workshops.models import AssignmentRule

KINDS = ("together", "apart")


def add(*, meeting: Meeting, kind: str, codes: list[str], note: str, actor: Actor, clock: Clock) -> AssignmentRule:
    """Ask that people be placed together, or apart; the codes are those of their badges.

    Refuses with `rule_people` unless at least two codes of confirmed people are known. Journal: assignment.rule_added.
    """
    require(actor, "workshops.assign", meeting)
    wanted = {tidy_code(code) for code in codes if tidy_code(code)}
    people = db.session.scalars(
        select(Participant.id).where(
            Participant.meeting_id == meeting.id, Participant.code.in_(wanted), Participant.status == "confirmed"
        )
    ).all()
    if kind not in KINDS or len(people) < 2 or len(people) != len(wanted):
        raise Refusal("rule_people", field="codes")
    rule = AssignmentRule(meeting_id=meeting.id, kind=kind, participants=sorted(people), note=note)
    db.session.add(rule)
    journal.record(
        "assignment.rule_added", rule, actor=actor, clock=clock, meeting=meeting,
        values={"kind": kind, "people": len(people)},
    )  # fmt: skip
    return rule


def remove(*, meeting: Meeting, rule_id: str, actor: Actor, clock: Clock) -> None:
    """Drop a rule. Journal: assignment.rule_removed."""
    require(actor, "workshops.assign", meeting)
    rule = db.session.get(AssignmentRule, rule_id)
    if rule is None or rule.meeting_id != meeting.id:
        raise NotFound
    journal.record("assignment.rule_removed", rule, actor=actor, clock=clock, meeting=meeting)
    db.session.delete(rule)
