"""The two machines, each in one table: what may follow what, what it needs, and the code when it does not."""

from __future__ import annotations

from itertools import product

import pytest

from app.followup import states
from app.followup.states import Response, Work
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask

WORK_MOVES = {
    "not_started": {"planned"},
    "planned": {"in_progress"},
    "in_progress": {"blocked", "reported_done"},
    "blocked": {"in_progress"},
    "reported_done": {"in_progress", "verified_done"},
    "verified_done": {"closed", "reopened"},
    "reopened": {"planned", "in_progress"},
    "closed": {"reopened"},
    "closed_not_done": {"reopened"},
    "no_longer_relevant": {"reopened"},
    "superseded": {"reopened"},
}
EXITS = {"closed_not_done", "no_longer_relevant", "superseded"}


def test_work_moves_as_the_domain_says_and_no_other_way(app: LiqaaFlask) -> None:
    for before, after in product(Work, Work):
        ended = before in {"verified_done", "closed", *EXITS}
        allowed = after in WORK_MOVES[before] or (after in EXITS and not ended)
        if allowed:
            assert states.move("accepted", before, after)
        else:
            with pytest.raises(Refusal) as refusal:
                states.move("accepted", before, after)
            assert refusal.value.code == "commitment_move"


@pytest.mark.parametrize("response", ["awaiting", "not_accepted", "noted", "not_applicable"])
def test_work_of_a_body_that_has_not_accepted_does_not_begin(app: LiqaaFlask, response: str) -> None:
    with pytest.raises(Refusal) as refusal:
        states.move(response, "not_started", "planned")
    assert refusal.value.code == "answer_first"
    assert states.move(response, "not_started", "superseded").needs == "reason"


def test_only_the_unit_verifies_sends_back_and_ends() -> None:
    for (before, after), step in states.MOVES.items():
        second = after in {"verified_done", "closed", "reopened", *EXITS} or (before == "reported_done")
        assert step.by == ("unit" if second else "body"), (before, after)


def test_moves_name_what_they_need() -> None:
    needs = {(before, after): step.needs for (before, after), step in states.MOVES.items()}
    assert needs[Work.NOT_STARTED, Work.PLANNED] == "task"
    assert needs[Work.IN_PROGRESS, Work.BLOCKED] == "block"
    assert needs[Work.IN_PROGRESS, Work.REPORTED] == "proof"
    assert needs[Work.REPORTED, Work.IN_PROGRESS] == "reason"
    assert needs[Work.CLOSED, Work.REOPENED] == "reason"
    assert needs[Work.VERIFIED, Work.CLOSED] == ""
    assert {step.needs for step in states.MOVES.values()} <= {"", *states.MISSING}


def test_answers_follow_awaiting_and_an_acceptance_is_not_taken_back() -> None:
    answered = {after for (before, after) in states.ANSWERS if before == Response.AWAITING}
    assert answered == set(Response) - {Response.AWAITING}
    for before, after in product(states.ACCEPTING, Response):
        with pytest.raises(Refusal) as refusal:
            states.answer(before, after)
        assert refusal.value.code == "answer_given"
    assert states.answer("not_accepted", "accepted") == {"lead", "due"}
    assert states.answer("awaiting", "not_accepted") == {"reason"}
    assert states.answer("awaiting", "noted") == set()


def test_moves_from_offers_each_side_its_own() -> None:
    assert states.moves_from("accepted", "reported_done", "unit") == [
        Work.IN_PROGRESS, Work.VERIFIED, Work.CLOSED_NOT_DONE, Work.NO_LONGER_RELEVANT, Work.SUPERSEDED,
    ]  # fmt: skip
    assert states.moves_from("accepted", "reported_done", "body") == []
    assert states.moves_from("awaiting", "not_started", "body") == []
