"""How the code of a body in an address becomes the body."""

from __future__ import annotations

from app.kernel.access import loader
from app.territory import queries
from app.territory.models import Body, DayOff

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["Body", "DayOff", "connect"]


def connect() -> None:
    """Register the parameters of this room."""
    loader("day_off", "day_off", lambda value, loaded: queries.find_day_off(value))
    loader("body_code", "body", lambda value, loaded: queries.find_body_by_code(value))
