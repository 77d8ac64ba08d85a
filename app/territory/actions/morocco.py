"""Morocco's territory as a whole: its bodies with their everyday names, and its days off."""

from __future__ import annotations

from app.kernel.access import Actor
from app.kernel.clock import Clock
from app.territory.actions.bodies import Loaded, load_bodies
from app.territory.actions.days import fill_days_off
from app.territory.seed import ATTRIBUTION, read_seed

FIRST_YEAR, LAST_YEAR = 2019, 2035


def load_morocco(*, actor: Actor, clock: Clock) -> tuple[Loaded, int]:
    """Load the bodies of the pinned list and the days off; gives what came in, and how many days.

    Again changes only what changed in the list. Data: HCP, RGPH 2024 (CC BY 4.0), modified.
    """
    loaded = load_bodies(read_seed(), actor=actor, clock=clock, source=ATTRIBUTION)
    return loaded, fill_days_off(FIRST_YEAR, LAST_YEAR, actor=actor, clock=clock)
