"""Every route, every method, every person, with ids of their own and of another meeting and body."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.kernel import transaction
from tests.access import matrix
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
    return people


def misfits(room: str, browsers: dict[str, Browser], world: World, invert: int | None = None) -> list[str]:
    """Where the app and the matrix differ."""
    found = []
    values = sides(world)
    rows = matrix.rows(room) if invert is None else [matrix.rows(room)[invert]]
    for row in rows:
        if invert is not None:
            row = replace(row, allowed=frozenset({"nobody"}) if "nobody" not in row.allowed else frozenset())
        for side, names in (("own", row.allowed), ("foreign", row.foreign)):
            for person, browser in browsers.items():
                answer = matrix.ask(browser, row, matrix.address(browser, row, values[side]))
                if matrix.let_in(answer) != matrix.expected(names, person):
                    found.append(f"{row.endpoint} {row.method} {side} as {person}: {answer.status_code}")
    return found


def test_matrix_names_every_route(browser: Browser) -> None:
    assert matrix.uncovered(browser) == []


@pytest.mark.parametrize("room", matrix.rooms())
def test_matrix_of_room_is_what_the_app_does(room: str, browsers: dict[str, Browser], world: World) -> None:
    assert misfits(room, browsers, world) == []


@pytest.mark.parametrize("room", matrix.rooms())
def test_matrix_with_an_inverted_row_fails(room: str, browsers: dict[str, Browser], world: World) -> None:
    assert misfits(room, browsers, world, invert=0) != []
