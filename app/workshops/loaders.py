"""How the addresses of this room become runs, rules and offers, each inside its parent."""

from __future__ import annotations

from app.kernel.access import loader
from app.workshops.models import AssignmentRun, SeatOffer
from app.workshops.queries import own, runs

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["AssignmentRun", "SeatOffer", "connect"]


def connect() -> None:
    """`run_id` is a run of the meeting, `offer_id` a seat offered to the holder of the link."""
    loader("run_id", "run", lambda value, loaded: runs.find(loaded["meeting"], value))
    loader("offer_id", "offer", lambda value, loaded: own.find_offer(loaded["participant"], value))
