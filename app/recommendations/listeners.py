"""What this room adds to others: its part of the file of a meeting."""

from __future__ import annotations

from app.meetings.exchange import section
from app.recommendations import exchange


def connect() -> None:
    """Add the section `recommendations`; results do not go into next year's meeting."""
    section("recommendations", dump=exchange.dump, load=exchange.load, schema=exchange.SCHEMA)
