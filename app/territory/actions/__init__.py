"""What may be done to the territory: load lists of bodies, keep the table of days off."""

from app.territory.actions.bodies import Loaded, load_bodies, load_list
from app.territory.actions.days import confirm_day_off, fill_days_off, remove_day_off, set_day_off
from app.territory.actions.morocco import load_morocco

__all__ = [
    "Loaded", "confirm_day_off", "fill_days_off", "load_bodies", "load_list", "load_morocco", "remove_day_off",
    "set_day_off",
]  # fmt: skip
