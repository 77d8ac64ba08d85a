"""The phases of a meeting, and what each allows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import transaction
from app.meetings import actions, queries, rules, states
from app.meetings.models import Meeting
from app.meetings.states import Phase
from tests.client import Browser
from tests.lint import lint_page
from tests.world import World


def _to(phase: str, clock: FixedClock, **more: object) -> None:
    with transaction():
        meeting = queries.find_meeting("agadir-2022")
        assert meeting is not None
        actions.change_phase(meeting, phase, actor=SYSTEM, clock=clock, **more)  # type: ignore[arg-type]


def _meeting() -> Meeting:
    with transaction(writes=False):
        meeting = queries.find_meeting("agadir-2022")
        assert meeting is not None
        db.session.expunge_all()  # What was read stays readable after the transaction.
        return meeting


def test_meeting_goes_through_its_whole_chain(world: World, clock: FixedClock) -> None:
    for phase in ("closed", "running", "concluded", "published", "archived"):
        _to(phase, clock)
        assert _meeting().phase == phase
    meeting = _meeting()
    with transaction(writes=False):
        kinds = [line.kind for line in journal.latest(meeting)]
    assert kinds == ["meeting.archived", "meeting.published", "meeting.concluded", "meeting.started", "meeting.closed"]


@pytest.mark.parametrize(("before", "after"), [("open", "published"), ("cancelled", "open"), ("draft", "running")])
def test_step_that_is_not_in_the_table_is_refused(world: World, clock: FixedClock, before: str, after: str) -> None:
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = before
    with pytest.raises(Refusal) as refused:
        _to(after, clock)
    assert refused.value.code == "phase"
    assert _meeting().phase == before


@pytest.mark.parametrize("phase", ["cancelled", "postponed", "draft"])
def test_step_back_or_out_without_a_reason_is_refused(world: World, clock: FixedClock, phase: str) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        _to(phase, clock, reason="  ")


def test_meeting_postponed_with_a_new_day_moves_and_tells_later_rooms(world: World, clock: FixedClock) -> None:
    told: list[journal.Fact] = []
    journal.listen("meeting.postponed", told.append)
    _to("postponed", clock, reason="ظرف طارئ", starts_on=date(2022, 5, 6))
    meeting = _meeting()
    assert (meeting.starts_on, meeting.ends_on) == (date(2022, 5, 6), date(2022, 5, 7))
    assert meeting.calendar_sequence == 1
    with transaction(writes=False):
        assert queries.sittings(meeting)[0].starts == datetime(2022, 5, 6, 9)
    assert told[-1].values["reason"] == "ظرف طارئ"
    _to("open", clock)
    assert (_meeting().phase, _meeting().phase_reason) == ("open", "")


def test_meeting_postponed_into_the_past_is_refused(world: World, clock: FixedClock) -> None:
    with pytest.raises(Refusal, match="date_order"):
        _to("postponed", clock, reason="ظرف", starts_on=date(2022, 3, 1))


def test_phase_asked_for_twice_is_recorded_once(world: World, clock: FixedClock) -> None:
    _to("closed", clock)
    _to("closed", clock)
    with transaction(writes=False):
        assert journal.heads(f"meeting:{world.things['agadir']}")[0] == 1


@pytest.mark.parametrize(
    ("phase", "act", "allowed"),
    [("draft", "register", False), ("open", "register", True), ("closed", "register", False),
     ("archived", "edit", False), ("running", "plenary", True), ("open", "plenary", False),
     ("published", "follow_up", True), ("cancelled", "check_in", False)],
)  # fmt: skip
def test_phase_gates_what_may_be_done(phase: str, act: str, allowed: bool) -> None:
    assert states.allows(phase, act) is allowed


def test_every_phase_can_be_left_or_is_an_end() -> None:
    left = {before for before, _after in states.MOVES}
    assert set(Phase) - left == {Phase.CANCELLED}


@pytest.mark.parametrize(
    ("moment", "state"),
    [(datetime(2022, 2, 23, 7, 59, tzinfo=UTC), "not_yet"), (datetime(2022, 2, 23, 8, 0, tzinfo=UTC), "open"),
     (datetime(2022, 3, 21, 7, 59, tzinfo=UTC), "open"), (datetime(2022, 3, 21, 8, 0, tzinfo=UTC), "closed")],
)  # fmt: skip
def test_registration_opens_and_closes_by_the_clock_on_the_wall(world: World, moment: datetime, state: str) -> None:
    assert rules.registration_state(_meeting(), moment) == state


@pytest.mark.parametrize("phase", [phase.value for phase in Phase if phase != Phase.DRAFT])
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_public_page_says_the_phase_in_words(browser: Browser, world: World, phase: str, lang: str) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        meeting.phase, meeting.phase_reason = phase, "ظرف طارئ" if phase in {"postponed", "cancelled"} else ""
    answer = browser.get(f"/{lang}/meetings/agadir-2022/")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []
    assert ("/register" in answer.text) == (phase == "open")
    assert ("meetings/agadir-2022/article" in answer.text) == (phase in {"published", "archived"})


def test_settings_of_an_archived_meeting_are_not_changed(world: World, clock: FixedClock) -> None:
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = "archived"
    with pytest.raises(Refusal, match="phase"), transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        actions.edit_meeting(meeting, fields={"capacity": 5}, actor=SYSTEM, clock=clock)


def test_organiser_changes_the_phase_after_a_question(browser: Browser, world: World) -> None:
    organiser = browser.sign_in("organiser")
    path = "/ar/meetings/agadir-2022/manage/phase/cancelled"
    refused = organiser.post(path, {"reason": ""})
    assert refused.status_code == 422
    assert lint_page(refused, "ar") == []
    assert organiser.post(path, {"reason": "ظرف طارئ"}).status_code == 303
    assert "ظرف طارئ" in browser.get("/ar/meetings/agadir-2022/").text
    assert organiser.get("/ar/meetings/agadir-2022/manage/phase/weekend").status_code == 404
