"""How addresses name the wall and what is read."""

from __future__ import annotations

from typing import Any

from app.kernel.access import Actor, Grant, loader
from app.plenary import queries
from app.plenary.models import Stage


def _screen(stage: Stage) -> Actor:
    return Actor("link", f"wall:{stage.meeting_id}", "wall", frozenset({Grant("wall", "meeting", stage.meeting_id)}))


def connect() -> None:
    """Teach the addresses `wall_token` (a key of its own) and `queued_id`."""
    loader("wall_token", "stage", queries.find_wall, grants=_screen)
    loader("queued_id", "recommendation", _queued)


def _queued(value: str, things: Any) -> Any:
    return queries.find_queued(things["meeting"].id, value)
