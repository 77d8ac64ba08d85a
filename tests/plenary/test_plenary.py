"""The plenary: reading, amending, deciding, numbering, undoing, and what the wall shows of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import FixedClock
from app.kernel.database import db, new_id
from app.kernel.errors import Refusal
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.plenary import actions, queries
from app.plenary.actions import Choice, Vote
from app.plenary.diff import word_diff
from app.plenary.models import Decision, Stage
from app.plenary.states import Mode, Outcome
from app.recommendations.models import FieldText, Recommendation
from tests.client import Browser
from tests.world import World

SECRETARY = Actor("account", "s", "خديجة بوعزة")
TEXT = "تخصيص نسبة لا تقل عن الربع من مقاعد التكوين للنساء."


@pytest.fixture
def ids(world: World, clock: FixedClock) -> list[str]:
    """Three retained recommendations in the queue of the running meeting."""
    made = []
    with transaction():
        meeting = _meeting(world)
        meeting.phase = "running"
        for serial, workshop in ((1, "W1"), (2, "W1"), (1, "W2")):
            row = Recommendation(
                id=new_id(), meeting_id=meeting.id, workshop_id=world.things[f"agadir.{workshop}"], serial=serial,
                position=serial, state="retained", created_at=clock.now(), changed_at=clock.now(),
            )  # fmt: skip
            row.texts = [
                FieldText(field="body.ar", text=TEXT, rev=1), FieldText(field="body.fr", text="Réserver un quart.", rev=1)
            ]  # fmt: skip
            db.session.add(row)
            made.append(row.id)
        db.session.flush()
        assert actions.fill_queue(meeting=meeting, actor=SECRETARY, clock=clock) == 3
    return made


def _meeting(world: World) -> Meeting:
    return db.session.get_one(Meeting, world.things["agadir"])


def _decide(world: World, clock: FixedClock, ident: str, choice: Choice) -> int | None:
    with transaction():
        row = db.session.get_one(Recommendation, ident)
        decision = actions.decide(
            meeting=_meeting(world), recommendation=row, choice=choice, actor=SECRETARY, clock=clock
        )
        return decision.number


def _undo(world: World, clock: FixedClock) -> None:
    with transaction():
        last = queries.last_decision(world.things["agadir"])
        assert last is not None
        actions.undo(meeting=_meeting(world), decision=last, actor=SECRETARY, clock=clock)


def _state(ident: str) -> tuple[str, int | None, str]:
    with transaction(writes=False):
        row = db.session.get_one(Recommendation, ident)
        return row.state, row.number, row.text("body.ar")


def test_adoption_gives_numbers_in_order_and_stamps_the_reading(
    world: World, clock: FixedClock, ids: list[str]
) -> None:
    assert [_decide(world, clock, ident, Choice(Outcome.ADOPTED)) for ident in ids] == [1, 2, 3]
    with transaction(writes=False):
        row = db.session.get_one(Recommendation, ids[0])
        assert (row.state, row.read_at, row.decided_at) == ("adopted", clock.now(), clock.now())


def test_undone_number_waits_for_the_same_recommendation(world: World, clock: FixedClock, ids: list[str]) -> None:
    first, second, _third = ids
    _decide(world, clock, first, Choice(Outcome.ADOPTED))
    _undo(world, clock)
    assert _state(first) == ("read", None, TEXT)
    assert _decide(world, clock, second, Choice(Outcome.ADOPTED)) == 2
    assert _decide(world, clock, first, Choice(Outcome.ADOPTED)) == 1


def test_amendment_becomes_the_text_and_its_undo_brings_the_old_one_back(
    world: World, clock: FixedClock, ids: list[str]
) -> None:
    after = TEXT.replace("الربع", "الثلث")
    _decide(world, clock, ids[0], Choice(Outcome.AMENDED, texts={"ar": after}))
    assert _state(ids[0]) == ("adopted_as_amended", 1, after)
    _undo(world, clock)
    assert _state(ids[0]) == ("read", None, TEXT)
    with transaction(writes=False):
        stage = db.session.get_one(Stage, world.things["agadir"])
        assert stage.amendment == {"ar": after}
        kinds = [line.kind for line in journal.history("recommendation", ids[0])]
    assert kinds[0] == "recommendation.decision_undone"


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice(Outcome.AMENDED), "amended_text"),
        (Choice(Outcome.AMENDED, texts={"ar": TEXT}), "amended_text"),
        (Choice(Outcome.DEFERRED), "reason_missing"),
        (Choice(Outcome.NOT_ADOPTED, reason="  "), "reason_missing"),
        (Choice(Outcome.ADOPTED, Mode.HANDS), "votes_missing"),
        (Choice(Outcome.ADOPTED, Mode.HANDS, Vote(80, 10, 20, present=100)), "votes"),
    ],
)
def test_decision_without_what_it_needs_is_refused_and_keeps_nothing(
    world: World, clock: FixedClock, ids: list[str], choice: Choice, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        _decide(world, clock, ids[0], choice)
    assert refused.value.code == code
    assert _state(ids[0]) == ("retained", None, TEXT)


def test_second_decision_on_the_same_text_is_refused(world: World, clock: FixedClock, ids: list[str]) -> None:
    _decide(world, clock, ids[0], Choice(Outcome.DEFERRED, reason="تعرض على لجنة"))
    with pytest.raises(Refusal) as refused:
        _decide(world, clock, ids[0], Choice(Outcome.ADOPTED))
    assert refused.value.code == "move"


def test_decision_outside_the_meeting_is_refused(world: World, clock: FixedClock, ids: list[str]) -> None:
    with transaction():
        _meeting(world).phase = "open"
    with pytest.raises(Refusal) as refused:
        _decide(world, clock, ids[0], Choice(Outcome.ADOPTED))
    assert refused.value.code == "plenary_phase"


def test_published_text_cannot_be_undone(world: World, clock: FixedClock, ids: list[str]) -> None:
    _decide(world, clock, ids[0], Choice(Outcome.ADOPTED))
    with transaction():
        db.session.get_one(Recommendation, ids[0]).published_at = clock.now()
    with pytest.raises(Refusal) as refused:
        _undo(world, clock)
    assert refused.value.code == "frozen"


def test_secretary_reads_amends_adopts_and_the_wall_follows(browser: Browser, world: World, ids: list[str]) -> None:
    home = "/ar/meetings/agadir-2022/manage/plenary"
    browser.sign_in("secretary")
    assert browser.get(home).status_code == 200
    token = queries.wall_token(world.things["agadir"], 1)
    path = f"/api/v1/meetings/agadir-2022/wall/{token}/state"
    first = browser.client.get(path, base_url="http://localhost")
    assert first.json is not None
    assert first.json["current"] is None
    assert browser.post(f"{home}/show/{ids[0]}").status_code == 303
    again = browser.client.get(path, base_url="http://localhost", headers={"If-None-Match": first.headers["ETag"]})
    assert again.json is not None
    assert again.json["current"]["code"] == "A-1"
    assert len(again.json["next"]) == 2
    quiet = browser.client.get(path, base_url="http://localhost", headers={"If-None-Match": again.headers["ETag"]})
    assert quiet.status_code == 304
    amended = {"text_ar": TEXT.replace("الربع", "الثلث"), "text_fr": "Réserver un quart."}
    assert browser.post(f"{home}/amend", amended).status_code == 303
    shown = browser.client.get(path, base_url="http://localhost").json
    assert shown is not None
    kinds = [piece["kind"] for piece in shown["current"]["texts"]["ar"]]
    assert kinds == ["same", "out", "in", "same"]
    form = {**amended, "outcome": "adopted_as_amended", "mode": "consensus"}
    assert browser.post(f"{home}/decide/{ids[0]}", form).status_code == 303
    decided = browser.client.get(path, base_url="http://localhost").json
    assert decided is not None
    assert decided["current"]["code"] == "2022/1"
    assert decided["current"]["outcome"] == "adopted_as_amended"
    refused = browser.post(f"{home}/decide/{ids[1]}", {"outcome": "deferred", "mode": "consensus"})
    assert refused.status_code == 422
    assert browser.post(f"{home}/undo").status_code == 303
    assert _state(ids[0])[:2] == ("read", None)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_the_plenary_keep_the_rules_of_pages(
    browser: Browser, world: World, clock: FixedClock, ids: list[str], lang: str
) -> None:
    _decide(world, clock, ids[0], Choice(Outcome.ADOPTED))
    with transaction():
        row = db.session.get_one(Recommendation, ids[1])
        actions.show(meeting=_meeting(world), recommendation=row, actor=SECRETARY, clock=clock)
    token = queries.wall_token(world.things["agadir"], 1)
    for path in ("/manage/plenary", f"/wall/{token}", f"/wall/{token}?phone=1"):
        page = browser.sign_in("secretary").get(f"/{lang}/meetings/agadir-2022{path}")
        assert page.status_code == 200


def test_wall_with_an_old_link_is_not_found(browser: Browser, world: World, clock: FixedClock, ids: list[str]) -> None:
    token = queries.wall_token(world.things["agadir"], 1)
    assert browser.get(f"/ar/meetings/agadir-2022/wall/{token}").status_code == 200
    with transaction():
        actions.renew_wall_link(meeting=_meeting(world), actor=SECRETARY, clock=clock)
    assert browser.get(f"/ar/meetings/agadir-2022/wall/{token}").status_code == 404
    assert browser.get(f"/ar/meetings/fes-2023/wall/{token}").status_code == 404


def test_decisions_are_all_kept(world: World, clock: FixedClock, ids: list[str]) -> None:
    _decide(world, clock, ids[0], Choice(Outcome.ADOPTED))
    _undo(world, clock)
    _decide(world, clock, ids[0], Choice(Outcome.DEFERRED, reason="للدراسة"))
    with transaction(writes=False):
        rows = db.session.query(Decision).order_by(Decision.id).all()
        assert [(row.outcome, row.undone_at is not None) for row in rows] == [("adopted", True), ("deferred", False)]
        assert journal.verify()[1] == []


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_diff_gives_both_texts_back(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new
