"""The job of this room: counted attempts are forgotten once their window is long past."""

from __future__ import annotations

from datetime import timedelta

from app.accounts import attempts
from app.jobs.registry import Task, handler, periodic

KEPT = timedelta(days=1)


@handler("accounts.prune")
def forget_attempts(task: Task) -> dict[str, int]:
    """Forget the attempts of the day before."""
    return {"attempts": attempts.prune(task.clock.real_now() - KEPT)}


periodic("accounts.prune", timedelta(days=1))
