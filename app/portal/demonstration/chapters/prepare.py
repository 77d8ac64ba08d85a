"""February 2022: the meeting is opened, and the 103 communes are invited."""

from __future__ import annotations

from datetime import datetime

from app.meetings.actions import change_phase
from app.participants.actions.inviting import Offer, invite_communes, send
from app.portal.demonstration.story import Story

SEATS = {"president": 1, "elected": 1, "commune_staff": 1}
ANSWER_BEFORE = datetime(2022, 3, 18, 18, 0)


def play(story: Story) -> None:
    """Open registration, offer three seats to every target commune, and send the invitations."""
    organiser = story.actors["organiser"]
    change_phase(story.meeting, "open", actor=organiser, clock=story.at(datetime(2022, 2, 21, 9, 0)))
    clock = story.at(datetime(2022, 2, 22, 10, 0))
    invitations = invite_communes(
        meeting=story.meeting, offer=Offer(SEATS, ANSWER_BEFORE), actor=organiser, clock=clock
    )
    for number, invitation in enumerate(invitations, 1):
        invitation.email = f"commune{number:03d}@collectivites.example"
    send(invitations=invitations, meeting=story.meeting, actor=organiser, clock=story.at(datetime(2022, 2, 22, 15, 0)))
