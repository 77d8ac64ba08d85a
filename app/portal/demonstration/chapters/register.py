"""From 23 February to 21 March 2022: people register, some withdraw or send somebody in their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from app.kernel.access import Actor, Grant
from app.kernel.database import db
from app.meetings.actions import change_phase
from app.participants.actions.deciding import cancel
from app.participants.actions.delegating import delegate
from app.participants.actions.naming import name_seat
from app.participants.actions.registering import add
from app.participants.models import Invitation, Participant
from app.portal.demonstration.people import COMMUNE, Crowd
from app.portal.demonstration.story import Story
from app.territory.models import Body

FIRST, LAST = datetime(2022, 2, 23, 9, 0), datetime(2022, 3, 18, 16, 0)
CLOSED = datetime(2022, 3, 21, 18, 0)
EXPECTED = 282
Act = Callable[..., object]


def play(story: Story) -> None:
    """Name the seats of the communes, add the others, then close registration."""
    acts = _acts(story)
    step = (LAST - FIRST) / len(acts)
    for number, act in enumerate(acts):
        act(clock=story.at(FIRST + step * number))
    _changes(story)
    change_phase(story.meeting, "closed", actor=story.actors["organiser"], clock=story.at(CLOSED))


def _acts(story: Story) -> list[Act]:
    """Who registers, shuffled as people do; the seats of communes and the organiser's own list together are 282."""
    crowd = Crowd(story)
    organiser = story.actors["organiser"]
    directorate = db.session.query(Body).filter_by(code="dgct").one_or_none()
    acts: list[Act] = [
        partial(add, meeting=story.meeting, details=one, actor=organiser) for one in crowd.others(directorate)
    ]
    invitations = db.session.query(Invitation).filter_by(meeting_id=story.meeting.id).order_by(Invitation.email).all()
    seats = [(one, category, post) for one in invitations for category, post in COMMUNE]
    story.chance.shuffle(seats)
    for invitation, category, post in seats[: EXPECTED - len(acts)]:
        assert invitation.body is not None
        details = crowd.of_commune(invitation.body, category, post)
        holder = Actor("link", invitation.id, "", frozenset({Grant("focal_point", "invitation", invitation.id)}))
        acts.append(partial(name_seat, invitation=invitation, details=details, actor=holder))
    story.chance.shuffle(acts)
    return acts


def _changes(story: Story) -> None:
    """Four people cannot come: two withdraw, and their seats are named again; two send somebody."""
    organiser = story.actors["organiser"]
    crowd = Crowd(story)
    crowd.count = 900
    people = (
        db.session.query(Participant)
        .filter_by(meeting_id=story.meeting.id, category="president", status="confirmed")
        .order_by(Participant.sort_ar, Participant.id)
        .limit(4)
        .all()
    )
    hour = datetime(2022, 3, 19, 10, 0)
    for number, person in enumerate(people):
        clock = story.at(hour + timedelta(hours=number))
        assert person.body is not None
        someone = crowd.of_commune(person.body, "elected", "نائب الرئيس")
        if number < 2:
            cancel(participant=person, actor=organiser, clock=clock, reason="التزام طارئ بالجماعة")
            add(meeting=story.meeting, details=someone, actor=organiser, clock=clock)
        else:
            delegate(titular=person, details=someone, actor=organiser, clock=clock)
