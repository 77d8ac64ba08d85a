"""Frequent attempts without an account: one browser is told to wait, and its hall goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import request
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import create_app
from app.accounts import attempts, passwords
from app.accounts.handlers import forget_attempts
from app.accounts.models import Attempt
from app.jobs.models import OutboxMail
from app.kernel import clock as clocks
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.kernel.languages import t
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from app.participants.actions.inviting import Offer, invite_body
from app.participants.models import Participant
from app.territory.models import Body
from tests import client
from tests.client import Browser
from tests.jobs.conftest import MovedClock
from tests.participants.people import one_of_the_cast
from tests.participants.test_registration_pages import PAGE, said
from tests.together import together
from tests.world import World


@pytest.fixture
def clock(app: LiqaaFlask) -> MovedClock:
    """A clock whose real moment moves too."""
    moved = MovedClock(datetime(2022, 3, 10, 12, 0, tzinfo=UTC))
    clocks.provide(lambda: moved)
    return moved


MEETING = "/ar/meetings/agadir-2022"
SECRETS = ["0" * 40, "1" * 40]
Ask = Callable[[Browser, int], TestResponse]

# What is asked, by its number, from one browser: (path, form), and after how many it is told to wait.
LIMITS: dict[str, tuple[Callable[[int], tuple[str, dict[str, str]]], int]] = {
    "wrong codes": (lambda n: (f"{MEETING}/invitation", {"code": f"AAAA-{n:04}"}), 10),
    "lost links": (lambda n: (f"{MEETING}/lost-link", {"email": f"p{n}@example.org"}), 30),
    "lost links of one address": (lambda n: (f"{MEETING}/lost-link", {"email": "p@example.org"}), 5),
    "sign-in links": (lambda n: ("/ar/sign-in/link", {"email": f"p{n}@example.org"}), 20),
    "resets of one address": (lambda n: ("/ar/sign-in/link", {"email": "p@example.org", "purpose": "reset"}), 5),
    "questions to one follower": (lambda n: (f"{MEETING}/follow", {"email": "p@example.org"}), 10),
}  # fmt: skip


def _another(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Another browser behind the same address."""
    monkeypatch.setattr(client, "RAW", SECRETS[1])
    return Browser(browser.app, browser.world, lint=browser.lint)


@pytest.mark.parametrize("what", LIMITS)
def test_asking_too_often_is_told_to_wait_and_passes_after_a_quarter_of_an_hour(
    browser: Browser, clock: MovedClock, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, allowed = LIMITS[what]
    monkeypatch.setattr(client, "RAW", SECRETS[0])
    wait = t.plain("error.rate_limited", lang="ar", count=15)
    for number in range(allowed):
        path, form = asked(number)
        assert wait not in browser.post(path, form).text, number
    path, form = asked(allowed)
    answer = browser.post(path, form)
    assert (answer.status_code, wait in answer.text) == (422, True)
    if "of one" not in what and "to one" not in what:
        assert wait not in _another(browser, monkeypatch).post(path, form).text
    monkeypatch.setattr(client, "RAW", SECRETS[0])
    clock.moment += attempts.WINDOW
    assert wait not in browser.post(path, form).text


@pytest.mark.parametrize("what", ["wrong codes", "lost links", "sign-in links"])
def test_browser_that_forgets_itself_is_stopped_by_the_wide_limit_of_its_address(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(attempts, "WIDE", 3)
    answers = []
    for number in range(4):
        monkeypatch.setattr(client, "RAW", str(number) * 40)
        path, form = LIMITS[what][0](number)
        answers.append(browser.post(path, form).text)
    wait = t.plain("error.rate_limited", lang="ar", count=15)
    assert [wait in one for one in answers] == [False, False, False, True]
    monkeypatch.setattr(client, "RAW", "9" * 40)
    elsewhere = browser.post(path, form, environ_overrides={"REMOTE_ADDR": "2001:db8::1"})
    assert wait not in elsewhere.text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.7"), (2, "198.51.100.9")])
def test_address_is_the_one_that_the_proxies_of_the_settings_saw(
    app: LiqaaFlask, clock: MovedClock, proxies: int, seen: str
) -> None:
    """Whoever asks may have written the first names of the header."""
    behind = create_app(replace(app.config["LIQAA"], proxies=proxies))
    told: list[str] = []
    behind.before_request(lambda: told.append(str(request.remote_addr)))
    said = {"X-Forwarded-For": "192.0.2.1, 198.51.100.9, 203.0.113.7"}
    behind.test_client().get("/healthz", headers=said, base_url="http://localhost")
    assert told == [seen]


def test_right_code_is_refused_to_a_browser_that_guessed_and_opens_for_its_neighbour(
    browser: Browser, world: World, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        body = db.session.get_one(Body, world.things["09.273.01.05"])
        code = invite_body(
            meeting=meeting,
            body=body,
            offer=Offer({"elected": 2}),
            actor=one_of_the_cast(world, "organiser"),
            clock=clock,
        ).code
    monkeypatch.setattr(client, "RAW", SECRETS[0])
    for number in range(attempts.ALLOWED):
        browser.post(f"{MEETING}/invitation", {"code": f"AAAA-{number:04}"})
    assert browser.post(f"{MEETING}/invitation", {"code": code}).status_code == 422
    assert _another(browser, monkeypatch).post(f"{MEETING}/invitation", {"code": code}).status_code == 303


def test_one_address_of_mail_is_given_for_thirty_people_and_others_go_on(browser: Browser, clock: MovedClock) -> None:
    def register(number: int, email: str) -> TestResponse:
        typed = said(name=f"مشاركة {number}", phone=f"0661{number:06}", email=email, _key=new_id())
        return browser.post(PAGE.format("ar") + "/send", typed)

    browser.lint = False
    for number in range(30):
        assert register(number, "victim@example.org").status_code == 303
    assert t.plain("error.rate_limited", lang="ar", count=15) in register(30, "victim@example.org").text
    assert register(31, "other@example.org").status_code == 303
    with transaction(writes=False):
        assert db.session.scalar(select(func.count()).where(OutboxMail.to == "victim@example.org")) == 30
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 31
    clock.moment += attempts.WINDOW + timedelta(seconds=1)
    assert register(32, "victim@example.org").status_code == 303


def test_password_is_not_even_hashed_for_who_is_told_to_wait(
    browser: Browser, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "matches", lambda _stored, typed: bool(hashed.append(typed)))
    for number in range(attempts.ALLOWED + 3):
        answer = browser.post("/ar/sign-in", {"email": " Organiser@liqaa.example", "password": f"guess {number}"})
    assert t.plain("error.rate_limited", lang="ar", count=15) in answer.text
    assert hashed == [f"guess {number}" for number in range(attempts.ALLOWED)]


def test_second_factor_is_not_guessed_by_who_found_a_session_open(browser: Browser, clock: MovedClock) -> None:
    browser.sign_in("organiser")
    secret = pyotp.random_base32()
    wait = t.plain("error.rate_limited", lang="ar", count=15)
    answers = [browser.post("/ar/account/second-factor", {"secret": secret, "code": "000000"}).text for _ in range(11)]
    assert [wait in one for one in answers] == [False] * 10 + [True]


def test_attempts_counted_at_once_are_all_counted(app: LiqaaFlask, clock: MovedClock) -> None:
    def one(_number: int) -> None:
        with transaction():
            attempts.count("one", clock=clock)

    assert together(app, 6, one) == []
    with transaction(writes=False):
        assert db.session.scalars(select(Attempt.count)).all() == [6]


def test_attempts_of_the_day_before_are_forgotten(app: LiqaaFlask, clock: MovedClock) -> None:
    with transaction():
        attempts.count("old", clock=clock)
    clock.moment += timedelta(days=1, seconds=1)
    with transaction():
        attempts.count("new", clock=clock)
        assert forget_attempts(_Now(clock)) == {"attempts": 1}  # type: ignore[arg-type]
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


class _Now:
    """As much of a task as the handler asks for."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
