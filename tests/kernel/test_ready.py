"""Public pages kept ready: the same bytes for every stranger, nothing of anybody in them, and never an old page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.kernel import journal, ready
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.ready import Page, Shelf
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from tests.client import Browser
from tests.world import World

PAGE = "/fr/meetings/agadir-2022/"


@pytest.fixture
def shelf(app: LiqaaFlask) -> Iterator[Shelf]:
    """The shelf that an installation has and the other tests have not."""
    found = app.extensions["liqaa-shelf"] = Shelf()
    yield found
    app.extensions["liqaa-shelf"] = None


def stranger(app: LiqaaFlask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, path: str = PAGE, **options: object) -> TestResponse:
    g.pop("csrf_token", None)  # The requests of a test share one application context; those of people do not.
    return client.get(path, base_url="http://localhost", **options)  # type: ignore[arg-type]


def rename(world: World, clock: FixedClock, title: str, *, told: bool) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        meeting.title_fr = meeting.short_fr = title
        if told:
            journal.record("meeting.changed", meeting, actor=SYSTEM, clock=clock, meeting=meeting, public=True)


def test_page_asked_for_by_a_second_stranger_is_the_one_made_for_the_first(
    app: LiqaaFlask, world: World, clock: FixedClock, shelf: Shelf
) -> None:
    first = ask(stranger(app))
    rename(world, clock, "Titre que le journal ne connaît pas", told=False)
    second = ask(stranger(app))
    assert (second.status_code, second.data) == (200, first.data)
    kept = {name: value for name, value in second.headers if name != "Date"}
    assert kept == {name: value for name, value in first.headers if name != "Date"}
    assert "Set-Cookie" not in second.headers
    assert b"csrf" not in second.data


def test_page_after_a_public_change_is_made_anew(
    app: LiqaaFlask, world: World, clock: FixedClock, shelf: Shelf
) -> None:
    ask(stranger(app))
    rename(world, clock, "Rencontre renommée", told=True)
    assert "Rencontre renommée" in ask(stranger(app)).text


def test_page_older_than_it_may_be_is_made_anew(
    app: LiqaaFlask, world: World, clock: FixedClock, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(stranger(app))
    rename(world, clock, "Rencontre renommée", told=False)
    later = ready.time.monotonic() + ready.KEPT + 1
    monkeypatch.setattr(ready.time, "monotonic", lambda: later)
    assert "Rencontre renommée" in ask(stranger(app)).text


def test_page_of_another_language_meeting_host_or_query_is_its_own(app: LiqaaFlask, shelf: Shelf) -> None:
    french = ask(stranger(app))
    assert 'lang="ar"' in ask(stranger(app), PAGE.replace("/fr/", "/ar/")).text
    assert ask(stranger(app), PAGE.replace("agadir-2022", "fes-2023")).data != french.data
    g.pop("csrf_token", None)
    elsewhere = stranger(app).get(PAGE, base_url="http://127.0.0.1")
    assert elsewhere.status_code == 200
    one_day = ask(stranger(app), f"{PAGE}?day=2022-03-26")
    assert one_day.data != french.data
    assert len(shelf._pages) == 5


def test_page_of_somebody_signed_in_is_neither_kept_nor_taken_from_what_is_kept(
    app: LiqaaFlask, world: World, browser: Browser, shelf: Shelf
) -> None:
    browser.sign_in("organiser")
    own = ask(browser.client)
    assert "/fr/account" in own.text
    assert not shelf._pages
    assert "/fr/account" not in ask(stranger(app)).text
    assert len(shelf._pages) == 1
    assert "/fr/account" in ask(browser.client).text


def test_page_with_a_notice_for_one_reader_is_shown_to_that_reader_alone(app: LiqaaFlask, shelf: Shelf) -> None:
    told = stranger(app)
    for _ in range(2):  # Once before anything is kept, and once with a page ready.
        with told.session_transaction(base_url="http://localhost") as session:
            session["_flashes"] = [("success", "Votre demande est partie")]
        assert "Votre demande est partie" in ask(told).text
        assert "Votre demande est partie" not in ask(stranger(app)).text


def test_page_with_a_form_is_never_kept(app: LiqaaFlask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.kernel.forms import Form

    def page(meeting: Meeting) -> str:
        return f"<form>{Form().hidden()}</form>"

    page.access = app.view_functions["meetings.page"].access  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "meetings.page", page)
    first, second = ask(stranger(app)).text, ask(stranger(app)).text
    assert 'name="_key"' in first
    assert first != second
    assert not shelf._pages


def test_draft_meeting_is_not_found_though_its_page_is_kept(app: LiqaaFlask, world: World, shelf: Shelf) -> None:
    assert ask(stranger(app)).status_code == 200
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = "draft"
    assert ask(stranger(app)).status_code == 404


def test_shelf_without_room_lets_the_page_go_that_was_not_asked_for_longest() -> None:
    shelf = Shelf(room=25)
    for name in ("one", "two"):
        shelf.put((name,), Page(b"0123456789", (), {}, ready.time.monotonic() + 5))
    assert shelf.find(("one",)) is not None
    shelf.put(("three",), Page(b"0123456789", (), {}, ready.time.monotonic() + 5))
    assert [shelf.find((name,)) is not None for name in ("one", "two", "three")] == [True, False, True]
    assert shelf.size == 20
