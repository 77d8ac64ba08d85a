"""Phones lent and taken back, and people without a registration."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.attendance.models import Attendance
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.participants.models import Participant
from tests.attendance.people import MORNING
from tests.client import Browser
from tests.lint import lint_page
from tests.world import World

DOOR = "/ar/meetings/agadir-2022/manage/door"
API = "/api/v1/meetings/agadir-2022"


@pytest.fixture
def desk(browser: Browser) -> Browser:
    return browser.sign_in("desk")


def lend(desk: Browser, gate: str = "الباب 1") -> dict[str, str]:
    """Lend a phone on the page and read its token as the phone does; gives its headers."""
    page = desk.post(f"{DOOR}/phones", {"gate": gate}).get_data(as_text=True)
    token = unescape(re.findall(r'href="([^"]*#[^"]+)" id="lend-link"', page)[0]).split("#")[1]
    return {"Authorization": f"Bearer {token}"}


def pair(desk: Browser, headers: dict[str, str]) -> dict[str, str]:
    answer = desk.client.post(f"{API}/door-pair", headers=headers, base_url="http://localhost")
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_phones_and_walk_ins_keep_the_rules_of_pages(desk: Browser, lang: str) -> None:
    door = f"/{lang}{DOOR[3:]}"
    shown = desk.post(f"{door}/phones", {"gate": "الباب 1"})
    for answer in (desk.get(f"{door}/phones"), shown, desk.get(f"{door}/walk-in"), desk.post(f"{door}/walk-in", {})):
        assert lint_page(answer, lang, values=["الباب 1"]) == []


def test_lent_phone_is_paired_and_speaks_for_its_gate(desk: Browser, world: World) -> None:
    own = pair(desk, lend(desk))
    pulse = desk.client.post(
        f"{API}/door-pulse", json={"list": MORNING, "waiting": 14}, headers=own, base_url="http://localhost"
    )
    assert pulse.get_json()["leave"] is False
    page = re.sub("[\u2068\u2069]|<[^>]+>", "", desk.get(f"{DOOR}/phones").get_data(as_text=True))
    assert "14 عملية مسح في الانتظار" in page


def test_phone_asked_to_leave_hands_in_first_and_then_is_shut_out(desk: Browser) -> None:
    own = pair(desk, lend(desk))
    page = desk.get(f"{DOOR}/phones").get_data(as_text=True)
    desk.post(re.findall(r'action="([^"]+/leave)"', page)[0])
    pulse = desk.client.post(f"{API}/door-pulse", json={"list": MORNING}, headers=own, base_url="http://localhost")
    assert pulse.get_json()["leave"] is True
    assert desk.client.post(f"{API}/checkins", json=[], headers=own, base_url="http://localhost").status_code == 200
    assert desk.client.post(f"{API}/door-leave", headers=own, base_url="http://localhost").status_code == 200
    assert desk.client.post(f"{API}/checkins", json=[], headers=own, base_url="http://localhost").status_code == 401


def test_lost_phone_is_shut_out_at_once(desk: Browser) -> None:
    own = pair(desk, lend(desk))
    page = desk.get(f"{DOOR}/phones").get_data(as_text=True)
    desk.post(re.findall(r'action="([^"]+/revoke)"', page)[0])
    answer = desk.client.get(f"{API}/door-list?list={MORNING}", headers=own, base_url="http://localhost")
    assert answer.status_code == 401


def test_walk_in_is_registered_and_checked_in_by_one_form(desk: Browser, world: World) -> None:
    form = {"name": "لحسن أوزين", "category": "elected", "body": "آيت ملول", "phone": "0661234567"}
    for _ in range(2):
        answer = desk.post(f"{DOOR}/walk-in?list={MORNING}&gate=الباب 1", form)
        assert answer.status_code == 303
    with transaction(writes=False):
        person = db.session.query(Participant).one()
        assert (person.status, person.source, person.body.name_ar) == ("confirmed", "desk", "آيت ملول")
        assert db.session.query(Attendance).one().gate == "الباب 1"


def test_walk_in_from_a_body_nobody_knows_keeps_what_was_typed(desk: Browser, world: World) -> None:
    form = {"name": "Jean MARTIN", "category": "partner", "body": "Agence X"}
    desk.post(f"{DOOR}/walk-in?list={MORNING}", form)
    with transaction(writes=False):
        assert db.session.query(Participant).one().body_text == "Agence X"
