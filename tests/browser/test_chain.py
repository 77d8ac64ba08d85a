"""One meeting from its first line to its last verified commitment: eight steps, a browser for each of its people.

Each of the fourteen people has a browser context of their own and does everything through pages, in Arabic; the days
pass by the clock of the test, mails come through the outbox and the worker. At the end the journal holds every act
once: what they did is counted below by kind, so an act that was lost or doubled fails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from sqlalchemy import func, select

from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.journal import Entry
from app.kernel.transaction import transaction
from tests.browser.chain import assign, capture, door, follow, plenary, prepare, publish, register
from tests.browser.chain.walk import Walk
from tests.client import Browser
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.chain]
STEPS = {
    "1, prepare": prepare.play, "2, register": register.play, "3, assign": assign.play, "4, receive": door.play,
    "5, capture": capture.play, "6, plenary": plenary.play, "7, publish": publish.play, "8, follow up": follow.play,
}  # fmt: skip
# What these people did, by kind; the world had its own entries before.
DONE = {
    # 1. Prepare: the unit, the administrator, the organiser.
    "meeting.created": 1, "account.role_granted": 5, "meeting.changed": 1, "room.added": 3, "workshop.added": 2,
    "workshop.officers_set": 2, "sitting.added": 4, "document.added": 1, "document.file_attached": 1,
    "document.published": 1, "meeting.opened": 1,
    # 2. Register: four people for three places; one changes, one withdraws, one moves up.
    "participant.registered": 4, "participant.changed": 1, "participant.cancelled": 1, "participant.confirmed": 1,
    # 3. Assign.
    "meeting.closed": 1, "assignment.asked": 1, "assignment.taken": 1, "assignment.published": 1,
    # 4. Receive: the second scan of a badge is no second arrival.
    "badges.printed": 1, "meeting.started": 1, "attendance.checked_in": 2,
    # 5. Capture: three texts and what was mended in them (`edited` is counted by what the server acknowledged).
    "device.issued": 1, "recommendation.created": 3, "recommendation.proposed": 4, "recommendation.taken_up": 3,
    "recommendation.sent_back": 1, "recommendation.retained": 2, "recommendation.merged": 1,
    "recommendation.handed_over": 1,
    # 6. Plenary.
    "plenary.queued": 1, "recommendation.read": 2, "plenary.amended": 1, "recommendation.adopted_as_amended": 1,
    "recommendation.deferred": 1, "meeting.concluded": 1,
    # 7. Publish.
    "edition.published": 1, "recommendation.published": 1, "meeting.article_published": 1, "meeting.published": 1,
    # 8. Follow up.
    "commitment.opened": 1, "commitment.answered": 1, "commitment.planned": 1, "commitment.task_published": 1,
    "commitment.reported": 1, "commitment.verified": 1,
}  # fmt: skip


def test_meeting_travels_from_its_first_line_to_a_verified_commitment(
    person: Callable[..., BrowserContext],
    browser: Browser,
    world: World,
    clock: FixedClock,
    pytestconfig: pytest.Config,
) -> None:
    before = kept()
    walk = Walk(person, browser, world, clock, pytestconfig.getoption("pictures"))
    for name, play in STEPS.items():
        with walk.step(name):
            play(walk)
    expected = before + Counter(DONE)
    expected["recommendation.edited"] += len(walk.known["operations"]) - DONE["recommendation.created"]
    assert kept() == expected
    result = browser.app.test_cli_runner().invoke(args=["journal", "verify"])
    assert result.exit_code == 0, result.output
    assert re.findall(r"(\d+) entries\.", result.output) == [str(expected.total())]


def kept() -> Counter[str]:
    """How many entries of each kind the journal holds."""
    with transaction(writes=False):
        rows = db.session.execute(select(Entry.kind, func.count()).group_by(Entry.kind)).all()
    return Counter(dict(map(tuple, rows)))
