"""What the territory tells the rooms before it."""

from __future__ import annotations

from app.accounts import scopes
from app.territory import queries


def connect() -> None:
    """Offer the bodies that a role can be given in."""
    scopes.offer("body", queries.body_choices)
