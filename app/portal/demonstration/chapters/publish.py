"""1 April 2022: the first edition is out, and the adopted recommendations become commitments."""

from __future__ import annotations

from datetime import datetime

from app.portal.demonstration.story import Story
from app.publication.actions import publish

PUBLISHED = datetime(2022, 4, 1, 15, 0)


def play(story: Story) -> None:
    """Publish; the rooms after listen and open what follows from it."""
    publish(meeting=story.meeting, actor=story.actors["organiser"], clock=story.at(PUBLISHED))
