"""What later rooms tell this one, without being imported by it.

A later room registers a function in its `listeners.connect()`; while nobody has, the pages leave the matter out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.meetings.models import Meeting


@dataclass(frozen=True)
class WorkshopPlaces:
    """The places of one workshop: how many are left (None while nobody is assigned) and how many would rather be in."""

    left: int | None
    would_rather: int = 0


@dataclass(frozen=True)
class Places:
    """The places of a meeting now; `workshops` by the workshop's id."""

    capacity: int
    left: int
    waiting: int = 0
    workshops: Mapping[str, WorkshopPlaces] = field(default_factory=dict)


_places: Callable[[Meeting], Places | None] = lambda meeting: None  # noqa: E731


def provide_places(provider: Callable[[Meeting], Places | None]) -> None:
    """Say where the number of places left comes from (the participants' room does; at most two queries)."""
    global _places
    _places = provider


_workshop_places: Callable[[Meeting], Mapping[str, WorkshopPlaces]] = lambda meeting: {}  # noqa: E731


def provide_workshop_places(provider: Callable[[Meeting], Mapping[str, WorkshopPlaces]]) -> None:
    """Say where the places of workshops come from (the workshops' room does; at most three queries)."""
    global _workshop_places
    _workshop_places = provider


def places(meeting: Meeting) -> Places | None:
    """The places of the meeting and its workshops, or None while no room counts them."""
    whole = _places(meeting)
    return replace(whole, workshops=_workshop_places(meeting)) if whole is not None else None
