"""Coming in: passwords, links, second factor, sessions."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app.accounts import actions, passwords, queries
from app.accounts.models import Account, Attempt, SignInSession
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from tests.client import Browser
from tests.world import World

SECRET = "a short sentence is fine"


def _set_password(world: World, person: str, clock: FixedClock) -> None:
    hashed = passwords.make_hash(SECRET)
    with transaction():
        account = queries.find_account(world.people[person])
        assert account is not None
        actions.set_password(account=account, password_hash=hashed, actor=SYSTEM, clock=clock)


def test_right_password_opens_the_account_and_the_wrong_one_does_not(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    _set_password(world, "organiser", clock)
    wrong = browser.post("/ar/sign-in", {"email": "organiser@liqaa.example", "password": "wrong wrong wrong"})
    assert wrong.status_code == 422
    assert "organiser@liqaa.example" in wrong.get_data(as_text=True)
    right = browser.post("/ar/sign-in", {"email": " Organiser@Liqaa.example", "password": SECRET})
    assert right.status_code == 303
    assert browser.get("/ar/account").status_code == 200


def test_unknown_address_and_wrong_password_are_answered_alike(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    _set_password(world, "organiser", clock)
    pages = []
    for email in ("organiser@liqaa.example", "stranger@liqaa.example"):
        page = Browser(browser.app, world).post(
            "/fr/sign-in", {"email": email, "password": "wrong wrong wrong", "_key": "k"}
        )
        pages.append(page.get_data(as_text=True).replace(email, "x"))
    assert pages[0] == pages[1]


def test_ten_failures_close_the_door_for_the_account_and_not_for_others(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    _set_password(world, "organiser", clock)
    _set_password(world, "desk", clock)
    for _ in range(10):
        browser.post("/ar/sign-in", {"email": "organiser@liqaa.example", "password": "wrong wrong wrong"})
    with transaction(writes=False):
        assert db.session.scalars(select(Attempt)).one().count == 10
    assert browser.post("/ar/sign-in", {"email": "organiser@liqaa.example", "password": SECRET}).status_code == 422
    assert browser.post("/ar/sign-in", {"email": "desk@liqaa.example", "password": SECRET}).status_code == 303


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_target_after_signing_in_stays_on_this_site(
    browser: Browser, world: World, clock: FixedClock, target: str
) -> None:
    _set_password(world, "organiser", clock)
    form = {"email": "organiser@liqaa.example", "password": SECRET, "next": target}
    assert browser.post("/ar/sign-in", form).headers["Location"] == "/ar/"


def test_copied_cookie_dies_at_sign_out(browser: Browser, world: World) -> None:
    browser.sign_in("organiser")
    copy = Browser(browser.app, world)
    with browser.client.session_transaction(base_url="http://localhost") as mine:
        values = dict(mine)
    with copy.client.session_transaction(base_url="http://localhost") as theirs:
        theirs.update(values)
    assert copy.get("/ar/account").status_code == 200
    browser.post("/ar/sign-out")
    assert copy.get("/ar/account").status_code == 303


def test_link_works_once_and_only_in_time(browser: Browser, world: World, clock: FixedClock) -> None:
    tokens = []
    for _ in range(2):
        with transaction():
            account = queries.find_account(world.people["desk"])
            assert account is not None
            tokens.append(actions.make_link(account=account, purpose="sign_in", clock=clock)[0])
    assert browser.get(f"/ar/sign-in/link/{tokens[0]}").status_code == 200
    assert browser.post(f"/ar/sign-in/link/{tokens[0]}").status_code == 303
    assert browser.post(f"/ar/sign-in/link/{tokens[0]}").status_code == 422
    with transaction():
        link = queries.find_link(tokens[1], "sign_in")
        assert link is not None
        link.expires_at -= timedelta(minutes=30)
    assert browser.post(f"/ar/sign-in/link/{tokens[1]}").status_code == 422


def test_second_factor_is_asked_for_and_taken_once(browser: Browser, world: World, clock: FixedClock) -> None:
    _set_password(world, "organiser", clock)
    secret = pyotp.random_base32()
    with transaction():
        account = queries.find_account(world.people["organiser"])
        assert account is not None
        account.totp_secret = secret
    form = {"email": "organiser@liqaa.example", "password": SECRET}
    assert browser.post("/ar/sign-in", form).status_code == 422
    code = pyotp.TOTP(secret).at(clock.real_now())
    assert browser.post("/ar/sign-in", {**form, "code": code}).status_code == 303
    assert Browser(browser.app, world).post("/ar/sign-in", {**form, "code": code}).status_code == 422


def test_new_password_ends_the_other_sessions(browser: Browser, world: World, clock: FixedClock) -> None:
    browser.sign_in("organiser")
    other = Browser(browser.app, world).sign_in("organiser")
    assert browser.post("/ar/account/password", {"password": "short"}).status_code == 422
    assert browser.post("/ar/account/password", {"password": SECRET}).status_code == 303
    assert browser.get("/ar/account").status_code == 200
    assert other.get("/ar/account").status_code == 303


def test_administrator_gives_and_takes_roles(browser: Browser, world: World) -> None:
    browser.sign_in("admin")
    person = world.people["nobody"]
    assert browser.post(f"/ar/manage/accounts/{person}/roles", {"role": "administrator"}).status_code == 303
    with transaction(writes=False):
        account = db.session.get(Account, person)
        assert account is not None
        assert [grant.role for grant in account.grants] == ["administrator"]
        grant = account.grants[0].id
    assert browser.post(f"/ar/manage/accounts/{person}/roles/{grant}/revoke").status_code == 303
    page = browser.get(f"/ar/manage/accounts/{person}")
    assert page.status_code == 200


def test_last_administrator_keeps_the_role(browser: Browser, world: World) -> None:
    browser.sign_in("admin")
    with transaction(writes=False):
        account = db.session.get(Account, world.people["admin"])
        assert account is not None
        grant = account.grants[0].id
    answer = browser.post(f"/ar/manage/accounts/{world.people['admin']}/roles/{grant}/revoke")
    assert answer.status_code == 422


def test_closed_account_is_signed_out_everywhere(browser: Browser, world: World) -> None:
    desk = Browser(browser.app, world).sign_in("desk")
    browser.sign_in("admin")
    assert browser.post(f"/ar/manage/accounts/{world.people['desk']}/active", {"active": "0"}).status_code == 303
    assert desk.get("/ar/account").status_code == 303
    with transaction(writes=False):
        open_rows = select(SignInSession).where(
            SignInSession.account_id == world.people["desk"], SignInSession.ended_at.is_(None)
        )
        assert db.session.scalars(open_rows).all() == []


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/link", "/reset/none", "/sign-in/link/none", "/account", "/account/second-factor"]
)
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_accounts_keep_the_rules_of_pages(browser: Browser, lang: str, path: str) -> None:
    assert browser.sign_in("organiser").get(f"/{lang}{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/manage/accounts", "/manage/accounts?q=desk", "/manage/accounts?q=none-such", "/manage/accounts/new"]
)
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_the_administrator_keep_the_rules_of_pages(browser: Browser, lang: str, path: str) -> None:
    assert browser.sign_in("admin").get(f"/{lang}{path}").status_code == 200
