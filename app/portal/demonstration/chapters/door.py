"""25 and 26 March 2022, at the door: the meeting runs, and people arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.attendance.actions.checkins import ScanIn, check_in
from app.kernel.clock import Clock, to_utc
from app.kernel.database import db, new_id
from app.meetings.actions import change_phase
from app.participants.models import Participant
from app.portal.demonstration.state import ZONE
from app.portal.demonstration.story import Story

OPENS = datetime(2022, 3, 25, 7, 45)
# list of the door, first arrival, last arrival, share of those who come
HALF_DAYS = (
    ("2022-03-25-am", datetime(2022, 3, 25, 8, 5), datetime(2022, 3, 25, 9, 50), 0.89),
    ("2022-03-25-pm", datetime(2022, 3, 25, 14, 30), datetime(2022, 3, 25, 15, 10), 0.84),
    ("2022-03-26-am", datetime(2022, 3, 26, 8, 30), datetime(2022, 3, 26, 9, 20), 0.81),
)


def start(story: Story) -> None:
    """The meeting begins, and the first morning's people come in."""
    change_phase(story.meeting, "running", actor=story.actors["organiser"], clock=story.at(OPENS))
    story.run(_arrivals(story, *HALF_DAYS[0]))


def afternoon(story: Story) -> None:
    """The first afternoon."""
    story.run(_arrivals(story, *HALF_DAYS[1]))


def second_day(story: Story) -> None:
    """The second morning."""
    story.run(_arrivals(story, *HALF_DAYS[2]))


def _arrivals(
    story: Story, key: str, first: datetime, last: datetime, share: float
) -> list[tuple[datetime, Callable[..., object]]]:
    people = (
        db.session.query(Participant)
        .filter_by(meeting_id=story.meeting.id, holds_seat=True)
        .order_by(Participant.registered_at, Participant.id)
        .all()
    )
    coming = story.chance.sample(people, k=round(len(people) * share))
    step = (last - first) / max(len(coming), 1)
    acts: list[tuple[datetime, Callable[..., object]]] = []
    for number, person in enumerate(coming):
        wall = first + step * number
        acts.append((wall, partial(_scan, story, key, person.code, wall, number)))
    return acts


def _scan(story: Story, key: str, code: str, wall: datetime, number: int, *, clock: Clock) -> None:
    scan = ScanIn(
        scan_id=new_id(), list=key, scanned_at=to_utc(wall, ZONE), device_id=f"demo-{number % 4 + 1}",
        device_seq=number, code=code, gate=f"{number % 2 + 1}",
    )  # fmt: skip
    check_in(meeting=story.meeting, scans=[scan], actor=story.actors["desk"], clock=clock)
