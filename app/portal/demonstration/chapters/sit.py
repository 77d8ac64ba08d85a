"""25 and 26 March 2022, the phases of the meeting itself."""

from __future__ import annotations

from app.portal.demonstration.story import Story


def play(story: Story) -> None:
    """Nothing yet."""
