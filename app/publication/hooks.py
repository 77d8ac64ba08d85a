"""What later rooms tell the page of a recommendation, without being imported by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.meetings.models import Meeting
from app.recommendations.models import Recommendation

FollowUp = Callable[[Meeting, Recommendation], Mapping[str, Any] | None]

_follow_up: FollowUp = lambda meeting, recommendation: None  # noqa: E731


def provide_follow_up(provider: FollowUp) -> None:
    """Say what became of a recommendation (the follow-up does): the values of `followup/_recommendation.html`."""
    global _follow_up
    _follow_up = provider


def follow_up(meeting: Meeting, recommendation: Recommendation) -> Mapping[str, Any] | None:
    """What became of it, or None while no room follows it up."""
    return _follow_up(meeting, recommendation)
