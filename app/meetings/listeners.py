"""What meetings tell the rooms before them."""

from __future__ import annotations

from app.accounts import scopes
from app.meetings.queries.scopes import meeting_choices, programme_choices, workshop_choices


def connect() -> None:
    """Offer what a role can be given in."""
    scopes.offer("meeting", meeting_choices)
    scopes.offer("workshop", workshop_choices)
    scopes.offer("programme", programme_choices)
