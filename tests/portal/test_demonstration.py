"""The demonstration: replayed to a moment, with its clock, on a database of its own and on no other."""

from __future__ import annotations

import pytest

from app.accounts.models import Account, RoleGrant
from app.kernel import journal
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from app.participants.models import Participant, Seats
from app.plenary.models import Stage
from app.portal.demonstration import replay, snapshots
from app.portal.demonstration.state import MOMENTS, demo_clock, forget
from app.portal.models import DemoState
from app.recommendations.models import Recommendation
from tests.client import Browser
from tests.world import World


def _empty_of_meetings(app: LiqaaFlask) -> None:
    with transaction():
        db.session.add(DemoState(id=1, moment="eve", shows=MOMENTS["eve"].instant(), since=MOMENTS["eve"].instant()))


def _rows() -> dict[str, list[str]]:
    """Every row of the demonstration, as text."""
    return {table.name: sorted(map(repr, snapshots.rows_of(table))) for table in snapshots.tables()}


def test_database_with_meetings_of_its_own_is_refused(app: LiqaaFlask, world: World) -> None:
    with pytest.raises(Refusal) as refused, transaction():
        replay.set_moment("eve")
    assert refused.value.code == "not_a_demonstration"
    with transaction(writes=False):
        assert db.session.query(Meeting).count() == 2


@pytest.mark.slow
def test_moments_go_forward_and_back_and_the_chain_verifies(app: LiqaaFlask) -> None:
    _empty_of_meetings(app)
    with transaction():
        replay.set_moment("plenary")
    with transaction(writes=False):
        meeting = db.session.query(Meeting).one()
        assert (meeting.slug, meeting.phase) == ("agadir-2022", "running")
        stage = db.session.get_one(Stage, meeting.id)
        assert 0 < stage.last_number < 20
        assert db.session.query(Recommendation).filter_by(state="read").count() <= 1
        assert db.session.query(Account).filter(Account.persona.is_not(None)).count() == 9
        assert journal.verify()[1] == []
        forget()
        assert demo_clock().now() >= MOMENTS["plenary"].instant()
    with transaction(writes=False):
        replayed = _rows()
    with transaction():
        replay.set_moment("invitations")
    with transaction(writes=False):
        meeting = db.session.query(Meeting).one()
        seats = db.session.get_one(Seats, meeting.id)
        assert meeting.phase == "open"
        assert 0 < seats.taken < 120
        assert seats.taken == db.session.query(Participant).filter_by(holds_seat=True).count()
        assert db.session.query(Recommendation).count() == 0
        assert journal.verify()[1] == []
        roles = {grant.scope_id for grant in db.session.query(RoleGrant).filter_by(scope="meeting", role="desk")}
        assert meeting.id in roles
    with transaction():
        replay.set_moment("plenary")
    with transaction(writes=False):
        assert _rows() == replayed
        assert journal.verify()[1] == []


@pytest.mark.slow
def test_snapshot_that_is_cut_short_is_passed_over_and_made_anew(app: LiqaaFlask) -> None:
    _empty_of_meetings(app)
    with transaction():
        replay.set_moment("invitations")
    (kept,) = (app.config["LIQAA"].data_dir / "moments").glob("invitations-*.json.gz")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    with transaction():
        replay.set_moment("invitations")
    with transaction(writes=False):
        assert db.session.query(Meeting).one().slug == "agadir-2022"
        assert journal.verify()[1] == []
    (anew,) = (app.config["LIQAA"].data_dir / "moments").glob("invitations-*.json.gz")
    assert len(anew.read_bytes()) > len(whole) // 2


@pytest.mark.slow
def test_moment_set_again_leaves_no_page_of_before_valid(browser: Browser) -> None:
    _empty_of_meetings(browser.app)
    tags = []
    for _time in range(2):
        with transaction():
            replay.set_moment("invitations")
        tags.append(browser.get("/ar/meetings/agadir-2022/").headers["ETag"])
    assert tags[0] != tags[1]


@pytest.mark.slow
def test_first_page_of_a_demonstration_sets_the_moment_by_one_click(browser: Browser) -> None:
    _empty_of_meetings(browser.app)
    assert browser.post("/ar/demo/moment", {"moment": "invitations"}).status_code == 303
    page = browser.get("/ar/").get_data(as_text=True)
    assert page.count('aria-current="true"') >= 1
    assert browser.post("/ar/demo/persona/organiser").status_code == 303
    assert browser.get("/ar/meetings/agadir-2022/manage/").status_code == 200
    assert browser.post("/ar/demo/moment", {"moment": "never"}).status_code == 404
