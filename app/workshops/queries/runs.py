"""Runs of the solver: the one to be decided on, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.jobs.queries import job_of
from app.kernel.database import db
from app.meetings.models import Meeting
from app.participants.models import Participant
from app.workshops import solver
from app.workshops.models import AssignmentRun
from app.workshops.queries import instance as instances
from app.workshops.rules import rank_of
from app.workshops.states import RunState


def find(meeting: Meeting, ident: str) -> AssignmentRun | None:
    """A run of this meeting."""
    found = db.session.get(AssignmentRun, ident)
    return found if found is not None and found.meeting_id == meeting.id else None


def pending(meeting: Meeting) -> AssignmentRun | None:
    """The latest run, when nobody has decided on it yet (one query)."""
    found = db.session.scalar(
        select(AssignmentRun).where(AssignmentRun.meeting_id == meeting.id).order_by(AssignmentRun.id.desc()).limit(1)
    )
    return found if found is not None and found.state in (RunState.WAITING, RunState.DONE) else None


def progress(run: AssignmentRun) -> int:
    """How far the calculation is, in per cent."""
    job = job_of(f"solve:{run.id}")
    return job.progress if job is not None else 0


@dataclass(frozen=True)
class Change:
    """Somebody whom a run would move: from where to where, with the ranks of both wishes (None: not wished)."""

    participant: Participant
    slot: str
    before: str | None
    after: str | None
    rank_before: int | None
    rank_after: int | None


def changes(meeting: Meeting, run: AssignmentRun) -> list[Change]:
    """What taking a run over would change, by name (three queries)."""
    plan: dict[str, Any] = run.answer.get("plan") or {}
    if not plan:
        return []
    people = {one.id: one for one in instances.people(meeting)}
    moves = solver.diff(instances.plan_of(instances.seats(meeting)), plan)
    found = [
        Change(
            people[str(one["participant"])], str(one["slot"]), one["from"], one["to"],
            rank_of(people[str(one["participant"])], one["from"]), rank_of(people[str(one["participant"])], one["to"]),
        )
        for one in moves
        if one["participant"] in people
    ]  # fmt: skip
    return sorted(found, key=lambda change: (change.participant.sort_ar, change.participant.id, change.slot))
