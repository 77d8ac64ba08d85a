"""Links sent again to whoever asks, at the address that is registered and nowhere else."""

from __future__ import annotations

from app.kernel.clock import Clock
from app.meetings.models import Meeting
from app.participants import mails
from app.participants.models import Participant
from app.participants.queries.people import by_mail


def send_link_again(*, participant: Participant, clock: Clock) -> None:
    """Send somebody the own link again; nothing without an address. Once an hour at most."""
    if participant.email:
        mails.lost_link(participant.meeting, [participant], clock)


def send_links_to(*, meeting: Meeting, email: str, clock: Clock) -> None:
    """Send every link of this address to it, in one mail; nothing when nobody is registered. Once an hour at most."""
    people = by_mail(meeting, email)
    if people:
        mails.lost_link(meeting, people, clock)
