"""Every route, every method, every person, with ids of their own and of another meeting and body."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.accounts import passwords
from app.kernel import transaction
from tests.access import matrix
from tests.access.matrix import Asked, Row
from tests.access.things import build_things, sides
from tests.client import Browser
from tests.world import CAST, World

PEOPLE = [*CAST, "public"]


@pytest.fixture
def browsers(browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, Browser]:
    """One browser a person; what a request writes is rolled back, so that each meets the same world."""
    build_things(world)
    people = {name: Browser(browser.app, world, lint=False) for name in PEOPLE}
    for name, own in people.items():
        if name != "public":
            own.sign_in(name)
    monkeypatch.setattr(transaction, "_commit", transaction._roll_back)
    # Who is let in does not hang on the cost of a password.
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return people


def test_matrix_names_every_route(browser: Browser) -> None:
    assert matrix.uncovered(browser) == []


@pytest.mark.parametrize("room", matrix.rooms())
def test_matrix_of_room_is_what_the_app_does_and_every_inverted_name_of_every_row_is_found(
    room: str, browsers: dict[str, Browser], world: World, engine: str
) -> None:
    values = sides(world)
    for row in matrix.rows(room):
        # The rule is the same Python on both engines and hears everybody on SQLite. What may differ on PostgreSQL are
        # the statements that load what an address names: there somebody who is let in and somebody who is not ask.
        people = browsers if engine == "sqlite" else matrix.some(row, browsers)
        asked = matrix.ask_all(people, row, values)
        assert matrix.misfits(row, asked) == [], matrix.told(row, asked)
        if people is not browsers:
            continue
        assert matrix.unfound(row, asked) == [], "nobody asks as these, or another name of the row hides them"


ROW = Row("a.page", "GET", frozenset({"organiser"}), frozenset({"outsider"}))
ASKED: Asked = {
    "own": {"organiser": 200, "outsider": 404, "public": 404},
    "foreign": {"organiser": 404, "outsider": 200, "public": 404},
}


def test_row_that_says_what_the_app_did_has_no_misfit_and_no_unfound_inversion() -> None:
    assert matrix.misfits(ROW, ASKED) == []
    assert matrix.unfound(ROW, ASKED) == []


@pytest.mark.parametrize(
    ("side", "names", "unfound"),
    [
        ("own", {"organiser", "device"}, "own without device"),  # A name that nobody asks as.
        ("foreign", {"outsider", "ghost"}, "foreign without ghost"),
    ],
)
def test_name_in_a_row_that_nobody_asks_as_is_never_found_when_inverted(
    side: str, names: set[str], unfound: str
) -> None:
    assert matrix.unfound(ROW.with_names(side, frozenset(names)), ASKED) == [unfound]


def test_name_that_another_name_of_the_row_hides_is_never_found_when_inverted() -> None:
    everybody: Asked = {**ASKED, "own": dict.fromkeys(ASKED["own"], 200)}

    assert matrix.unfound(ROW.with_names("own", frozenset({"public"})), everybody) == []
    assert "own without organiser" in matrix.unfound(
        ROW.with_names("own", frozenset({"public", "organiser"})), everybody
    )


def test_person_who_is_let_in_without_being_named_is_a_misfit() -> None:
    wider: Asked = {**ASKED, "own": {**ASKED["own"], "outsider": 422}}

    assert matrix.misfits(ROW, wider) == [("own", "outsider")]
