"""22 March 2022: everybody gets a workshop, and is told."""

from __future__ import annotations

from datetime import datetime

from app.portal.demonstration.story import Story
from app.workshops.actions.publishing import publish
from app.workshops.actions.runs import ask, take_over

ASKED, TAKEN, PUBLISHED = datetime(2022, 3, 22, 10, 0), datetime(2022, 3, 22, 10, 20), datetime(2022, 3, 22, 15, 0)


def play(story: Story) -> None:
    """Have the plan worked out, accept it, and publish it to the participants."""
    organiser = story.actors["organiser"]
    run = ask(meeting=story.meeting, actor=organiser, clock=story.at(ASKED))
    take_over(meeting=story.meeting, run=run, actor=organiser, clock=story.at(TAKEN))
    publish(meeting=story.meeting, actor=organiser, clock=story.at(PUBLISHED))
