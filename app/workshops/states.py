"""The states of a run of the solver, and of a seat that is offered."""

from __future__ import annotations

from enum import StrEnum


class RunState(StrEnum):
    """Where a run stands: `waiting` for the worker, `done` with an answer, `taken` over, or `dropped`."""

    WAITING = "waiting"
    DONE = "done"
    TAKEN = "taken"
    DROPPED = "dropped"


class OfferAnswer(StrEnum):
    """What became of an offered seat; empty while it waits for an answer."""

    OPEN = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATE = "late"
