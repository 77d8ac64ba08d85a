"""People in the file of a meeting: written, loaded elsewhere, written again alike."""

from __future__ import annotations

import json

from sqlalchemy import select

from app.jobs.models import OutboxMail
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings import exchange
from app.meetings.models import Meeting
from app.participants.actions import deciding, delegating
from app.participants.models import Participant
from app.territory.queries import find_body_by_code
from tests.participants.people import agadir, details, holder, make_small, one_of_the_cast, register_one, taken
from tests.participants.test_invitations import invite
from tests.world import World


def fill(world: World, clock: FixedClock) -> None:
    meeting = agadir(world)
    make_small(meeting, 2)
    invite(world, clock)
    wishes = (world.things["agadir.W2"], world.things["agadir.W1"])
    first = register_one(
        meeting, clock, "أحمد بنعلي", wishes=wishes, body=find_body_by_code("09.001.01.01")
    ).participant
    second = register_one(meeting, clock, "سعيد الطاهري", latin="Saïd Tahiri", body_text="شركة").participant
    register_one(meeting, clock, "منتظر")
    delegating.delegate(titular=first, details=details("نائب"), actor=holder(first), clock=clock)
    deciding.cancel(participant=second, actor=one_of_the_cast(world, "organiser"), clock=clock, reason="سفر")


def test_people_written_and_loaded_elsewhere_are_the_same_people(world: World, clock: FixedClock) -> None:
    with transaction():
        fill(world, clock)
        data = exchange.dump(agadir(world))
        assert "participants" in data["sections"]
        assert not any(len(word) == 36 and word.count("-") == 4 for word in json.dumps(data["sections"]).split('"'))
        mails = len(db.session.scalars(select(OutboxMail)).all())
        agadir(world).slug = "before"  # The file is loaded where this meeting is not there yet.
        copy = exchange.load(json.loads(json.dumps(data)), actor=SYSTEM, clock=clock)
        assert len(db.session.scalars(select(OutboxMail)).all()) == mails
        assert taken(copy.id) == taken(world.things["agadir"]) == 2
        again = exchange.dump(copy)["sections"]["participants"]
        own = data["sections"]["participants"]
        for one in (*own["people"], *again["people"], *own["invitations"], *again["invitations"]):
            one.pop("code")
        assert again == own


def test_people_do_not_go_into_next_year_s_meeting(world: World, clock: FixedClock) -> None:
    with transaction():
        fill(world, clock)
        data = exchange.dump(agadir(world))
        copy = exchange.load(data, actor=SYSTEM, clock=clock, slug="next")
        assert db.session.scalars(select(Participant).where(Participant.meeting_id == copy.id)).all() == []
        assert isinstance(copy, Meeting)
