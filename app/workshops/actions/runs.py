"""Runs of the solver: asked for, answered, and taken over as one act or dropped."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update

from app.jobs.actions import enqueue
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.workshops import solver
from app.workshops.actions import places
from app.workshops.models import AssignmentRun, WorkshopSeat
from app.workshops.queries import instance as instances
from app.workshops.queries.instance import Plan
from app.workshops.rules import SMALL, check_phase
from app.workshops.states import RunState

SOLVE = "workshops.solve"


def ask(*, meeting: Meeting, actor: Actor, clock: Clock, seed: int = 0, seconds: int = 60) -> AssignmentRun:
    """Have a plan worked out: at once where that is small, else by the process that works in the background.

    Nobody moves by it. Refuses with `nobody_to_place` or `phase`. Journal: assignment.asked.
    """
    require(actor, "workshops.assign", meeting)
    check_phase(meeting)
    asked = instances.build(meeting)
    if not asked["participants"] or not asked["slots"]:
        raise Refusal("nobody_to_place")
    run = AssignmentRun(
        meeting_id=meeting.id, state=RunState.WAITING, seed=seed, seconds=seconds, instance=asked, answer={},
        account_id=actor.id if actor.signed_in else None, at=clock.now(),
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    size = len(asked["participants"]) * len(asked["workshops"]) * len(asked["slots"])
    journal.record("assignment.asked", run, actor=actor, clock=clock, meeting=meeting, values={"size": size})
    if size <= SMALL:
        finish(run=run, answer=solver.solve(asked, seconds=seconds, seed=seed), clock=clock)
    else:
        enqueue(SOLVE, {"run": run.id}, key=f"solve:{run.id}")
    return run


def finish(*, run: AssignmentRun, answer: dict[str, Any], clock: Clock) -> None:
    """Keep the answer of a run."""
    run.answer, run.state, run.finished_at = answer, RunState.DONE, clock.now()


def drop(*, meeting: Meeting, run: AssignmentRun, actor: Actor, clock: Clock) -> None:
    """Leave everybody where they are. Journal: assignment.dropped."""
    require(actor, "workshops.assign", meeting)
    if run.state in (RunState.WAITING, RunState.DONE):
        run.state = RunState.DROPPED
        journal.record("assignment.dropped", run, actor=actor, clock=clock, meeting=meeting)


def fitting(run: AssignmentRun, now: dict[str, Any]) -> bool:
    """Whether the plan of a run still keeps every rule of the instance as it is now, for everybody in it."""
    plan: Plan = run.answer.get("plan") or {}
    if {one["id"] for one in now["participants"]} != set(plan):
        return False
    return not solver.broken_rules(solver.read_instance(now), plan)


def take_over(*, meeting: Meeting, run: AssignmentRun, actor: Actor, clock: Clock) -> int:
    """Move everybody to where the run puts them; gives how many moved. Whoever is fixed stays.

    Refuses with `run_outdated` when people, places or rules changed since, `no_plan` when the run found none.
    Twice is once. Journal: assignment.taken, one entry whatever the number of moves.
    """
    require(actor, "workshops.assign", meeting)
    check_phase(meeting)
    if run.state == RunState.TAKEN:
        return 0
    if run.state != RunState.DONE or not run.answer.get("plan"):
        raise Refusal("no_plan")
    places.ensure(meeting)
    places.lock_all(meeting)
    if not fitting(run, instances.build(meeting)):
        raise Refusal("run_outdated")
    moves = solver.diff(instances.plan_of(instances.seats(meeting)), run.answer["plan"])
    _write(meeting, run, moves)
    places.recount(meeting)
    run.state, run.taken_at = RunState.TAKEN, clock.now()
    journal.record(
        "assignment.taken", run, actor=actor, clock=clock, meeting=meeting, fields=("workshop",), public=True,
        values={"moved": len(moves), "status": run.answer["status"], "L1": run.answer["L1"], "L2": run.answer["L2"]},
    )  # fmt: skip
    return len({one["participant"] for one in moves})


def _write(meeting: Meeting, run: AssignmentRun, moves: list[dict[str, str | None]]) -> None:
    held = {
        (seat.participant_id, seat.slot): seat
        for seat in db.session.scalars(select(WorkshopSeat).where(WorkshopSeat.meeting_id == meeting.id))
    }
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for one in moves:
        seat = held.get((str(one["participant"]), str(one["slot"])))
        if seat is None:
            new.append({
                "id": new_id(), "meeting_id": meeting.id, "participant_id": one["participant"], "slot": one["slot"],
                "workshop_id": one["to"], "locked": False, "run_id": run.id, "reason": [],
            })  # fmt: skip
        elif one["to"] is None:
            db.session.delete(seat)
        else:
            changed.append({"id": seat.id, "workshop_id": one["to"], "run_id": run.id})
    if new:
        db.session.execute(insert(WorkshopSeat), new)
    if changed:
        db.session.execute(update(WorkshopSeat), changed)
    db.session.flush()
    db.session.expire_all()
