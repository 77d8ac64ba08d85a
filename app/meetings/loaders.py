"""How the parameters of addresses become meetings and what is in them, each loaded inside its parent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.kernel.access import current_actor, loader
from app.kernel.clock import current_clock
from app.meetings import queries, rules
from app.meetings.models import Axis, Document, Meeting, Programme, Quote, Room, Sitting, Workshop

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["Axis", "Document", "Meeting", "Programme", "Quote", "Room", "Sitting", "Workshop", "connect"]


def connect() -> None:
    """Register the parameters of this room."""
    loader("slug", "meeting", lambda value, loaded: _meeting(value))
    loader("programme_slug", "programme", lambda value, loaded: queries.find_programme(value))
    loader("workshop_code", "workshop", lambda value, loaded: queries.find_workshop(loaded["meeting"], value))
    loader("sitting_id", "sitting", lambda value, loaded: queries.find_sitting(loaded["meeting"], value))
    loader("document_id", "document", _document)
    loader("room_id", "room", lambda value, loaded: queries.find_room(loaded["meeting"], value))
    loader("quote_id", "quote", lambda value, loaded: queries.find_quote(loaded["meeting"], value))


def _meeting(slug: str) -> Meeting | None:
    meeting = queries.find_meeting(slug)
    return meeting if meeting is not None and rules.may_see(current_actor(), meeting) else None


def _document(ident: str, loaded: Mapping[str, Any]) -> Document | None:
    document = queries.find_document(loaded["meeting"], ident)
    if document is None or not rules.may_read(current_actor(), document, loaded["meeting"], current_clock().now()):
        return None
    return document
