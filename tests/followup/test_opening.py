"""A recommendation becomes commitments: for whom, once, as one act, fast."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from sqlalchemy import func, select

from app.followup import actions, queries
from app.followup.models import Commitment
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.journal import Entry
from app.kernel.transaction import transaction
from app.meetings.models import Meeting, Membership
from app.publication.models import Edition
from app.territory.models import Body
from tests.followup.conftest import AGADIR, AIT_MELLOUL, DCHEIRA, Scene, counted, open_all, recommendation
from tests.world import World


def entries(kind: str) -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.kind == kind)))


def test_group_opens_one_commitment_for_each_target_commune(act: Scene) -> None:
    rows = db.session.scalars(select(Commitment).join(Commitment.recommendation).where(Commitment.role == "lead"))
    assert {(one.recommendation.number, one.body.code) for one in rows} == {
        (1, AGADIR), (1, AIT_MELLOUL), (1, DCHEIRA), (2, "ma.mef"), (3, AGADIR),
    }  # fmt: skip


def test_named_addressees_keep_their_role_and_the_horizon_is_the_original_due_date(act: Scene) -> None:
    support = act.commitment(2)
    assert (support.role, support.original_due, support.current_due) == (
        "support",
        date(2022, 9, 30),
        date(2022, 9, 30),
    )
    assert (support.response, support.state) == ("awaiting", "not_started")
    assert act.commitment(3).original_due is None


def test_opening_writes_one_entry_that_names_every_commitment(scene: Scene) -> None:
    (entry,) = entries("commitment.opened")
    line = journal.history("commitment", scene.commitment(2).id)[0]
    assert line.seq == entry.seq
    assert line.values["count"] == 6
    assert line.values["recommendations"] == [1, 2, 3]


def test_opening_twice_changes_nothing(scene: Scene) -> None:
    with transaction():
        before = scene.commitment(1).id
        assert open_all(scene.world, scene.clock) == []
        assert scene.commitment(1).id == before
    assert len(entries("commitment.opened")) == 1


def test_commune_that_left_the_programme_has_no_new_commitment(scene: Scene) -> None:
    with transaction():
        member = db.session.scalars(select(Membership).where(Membership.body_id == scene.world.things[DCHEIRA])).first()
        assert member is not None
        member.left_on = date(2022, 4, 1)
        recommendation(scene.world, 4, group="target_communes")
        assert len(open_all(scene.world, scene.clock)) == 2


def test_published_edition_opens_the_commitments_of_its_meeting(world: World, clock: FixedClock) -> None:
    with transaction():
        recommendation(world, 1, group="target_communes")
        recommendation(world, 1, meeting="fes", group="target_communes")
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        edition = Edition(meeting_id=meeting.id, number=1, snapshot={}, sha256="0" * 64, published_at=clock.now())
        db.session.add(edition)
        journal.record("edition.published", edition, actor=SYSTEM, clock=clock, meeting=meeting, public=True)
    with transaction():
        assert set(db.session.scalars(select(Commitment.meeting_id))) == {world.things["agadir"]}


def test_generalising_adds_the_other_communes_as_one_act(act: Scene) -> None:
    meeting = db.session.get_one(Meeting, act.world.things["agadir"])
    third = next(one for one in queries.adopted(meeting) if one.number == 3)
    made = actions.generalise(
        recommendation=third, meeting=meeting, actor=act.actor("unit"), clock=act.clock, due=date(2022, 12, 31)
    )
    assert len(made) == 2  # Agadir had its commitment already and keeps it.
    assert act.commitment(3, DCHEIRA).original_due == date(2022, 12, 31)
    assert act.commitment(3).original_due is None


def test_generalising_to_chosen_communes_leaves_out_those_that_are_no_targets(act: Scene) -> None:
    meeting = db.session.get_one(Meeting, act.world.things["agadir"])
    third = next(one for one in queries.adopted(meeting) if one.number == 3)
    chosen = [act.world.things[DCHEIRA], act.world.things["03.231.01.0"]]
    made = actions.generalise(
        recommendation=third, meeting=meeting, actor=act.actor("organiser"), clock=act.clock, bodies=chosen
    )
    assert len(made) == 1


@pytest.mark.parametrize(("person", "due", "code"), [
    ("officer", None, "not_allowed"), ("outsider", None, "not_allowed"), ("unit", date(2022, 4, 4), "date_after"),
])  # fmt: skip
def test_generalising_is_refused(act: Scene, person: str, due: date | None, code: str) -> None:
    meeting = db.session.get_one(Meeting, act.world.things["agadir"])
    third = next(one for one in queries.adopted(meeting) if one.number == 3)
    with pytest.raises(Refusal) as refusal:
        actions.generalise(recommendation=third, meeting=meeting, actor=act.actor(person), clock=act.clock, due=due)
    assert refusal.value.code == code


def test_four_thousand_commitments_take_a_fixed_number_of_statements(world: World, clock: FixedClock) -> None:
    with transaction():
        for number in range(100):
            body = Body(code=f"99.{number:03}", kind="commune", name_ar=f"جماعة {number}", name_fr=f"Commune {number}")
            db.session.add(body)
            db.session.flush()
            body.lineage = body.id
            db.session.add(Membership(programme_id=world.things["papc"], body_id=body.id))
        for number in range(1, 42):
            recommendation(world, number, group="target_communes")
    started = perf_counter()
    with counted() as statements, transaction():
        made = open_all(world, clock)
    took = perf_counter() - started
    assert len(made) == 103 * 41
    assert db.session.scalar(select(func.count()).select_from(Commitment)) == 103 * 41
    assert len(statements) < 40, f"{len(statements)} statements in {took:.1f} s"
