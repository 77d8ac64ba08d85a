"""Work of this room in the background: large calculations, and offers whose time has passed."""

from __future__ import annotations

from datetime import timedelta

from app.jobs.registry import Task, handler, periodic
from app.kernel.access import SYSTEM
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.workshops import solver
from app.workshops.actions import offers
from app.workshops.actions.runs import SOLVE, finish
from app.workshops.models import AssignmentRun
from app.workshops.states import RunState


@handler(SOLVE, heavy=True)
def solve(task: Task) -> None:
    """Work a plan out; the page that waits for it sees how far it is. A run that was dropped is left alone."""
    with transaction(writes=False):
        run = db.session.get(AssignmentRun, task.payload["run"])
        if run is None or run.state != RunState.WAITING:
            return
        asked, seconds, seed = run.instance, run.seconds, run.seed
    task.progress(10)
    answer = solver.solve(asked, seconds=seconds, seed=seed)
    with task.finishing():
        run = db.session.get(AssignmentRun, task.payload["run"])
        if run is not None and run.state == RunState.WAITING:
            finish(run=run, answer=answer, clock=task.clock)


@handler("workshops.offers")
def pass_offers_on(task: Task) -> dict[str, int]:
    """Offer a seat to the next person when the first has not answered in time."""
    return {"late": offers.expire(actor=SYSTEM, clock=task.clock)}


periodic("workshops.offers", timedelta(minutes=30))
