"""What later rooms tell the page of a recommendation, without being imported by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

FollowUp = Callable[[str, date], Any]

_follow_up: FollowUp = lambda recommendation_id, today: None  # noqa: E731


def provide_follow_up(provider: FollowUp) -> None:
    """Say what became of a recommendation (the follow-up does), for `followup/_recommendation.html`."""
    global _follow_up
    _follow_up = provider


def follow_up(recommendation_id: str, today: date) -> Any:
    """What became of it on this day; None while no room follows it up, or before there is anything."""
    return _follow_up(recommendation_id, today)
