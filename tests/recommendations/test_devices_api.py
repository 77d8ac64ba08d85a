"""Who may speak to the capture API: a lent device, or somebody signed in whose page carried its token."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.models import Device
from app.kernel.database import db, new_id
from app.kernel.tokens import hash_token
from app.kernel.transaction import transaction
from tests.client import Browser
from tests.recommendations.conftest import PLACE
from tests.world import World


@pytest.fixture
def lent(browser: Browser, world: World) -> str:
    """A device lent by the rapporteur for the first workshop."""
    now = datetime.now(UTC)
    with transaction():
        db.session.add(
            Device(kind="capture", label="جهاز", role="rapporteur", scope="workshop", scope_id=world.things["agadir.W1"],
                   account_id=world.people["rapporteur"], token_hash=hash_token("t" * 24), created_at=now,
                   expires_at=now + timedelta(hours=72))
        )  # fmt: skip
    return "t" * 24


def put(browser: Browser, token: str, place: str = PLACE, **headers: str) -> tuple[int, dict]:
    answer = browser.client.put(
        f"{place}/recommendations/{new_id()}", json={"op_id": new_id(), "fields": {"body.ar": "نشر"}},
        base_url="http://localhost", headers={"Authorization": f"Bearer {token}", **headers},
    )  # fmt: skip
    return answer.status_code, answer.json


def test_a_lent_device_writes_in_the_name_of_its_rapporteur(browser: Browser, lent: str) -> None:
    status, _answer = put(browser, lent)
    assert status == 200
    found = browser.client.get(
        f"{PLACE}/changes", base_url="http://localhost", headers={"Authorization": f"Bearer {lent}"}
    )
    assert found.json["recommendations"][0]["captured_by"] == "سعيد المنصوري"


def test_a_lent_device_has_no_other_workshop(browser: Browser, lent: str) -> None:
    assert put(browser, lent, PLACE.replace("W1", "W2"))[0] == 404
    assert put(browser, lent, PLACE.replace("agadir-2022", "fes-2023"))[0] == 404


@pytest.mark.parametrize("change", ["revoked_at", "expires_at"])
def test_a_device_taken_back_or_expired_is_asked_to_sign_in(browser: Browser, lent: str, change: str) -> None:
    with transaction():
        device = db.session.query(Device).one()
        setattr(device, change, datetime.now(UTC) - timedelta(seconds=1))
    status, answer = put(browser, lent)
    assert (status, answer["error"]) == (401, "sign_in_needed")


def test_a_session_needs_the_token_of_its_page(browser: Browser) -> None:
    browser.sign_in("rapporteur")
    path, body = f"{PLACE}/recommendations/{new_id()}", {"op_id": new_id(), "fields": {"body.ar": "نشر"}}
    assert browser.client.put(path, json=body, base_url="http://localhost").status_code == 400
    assert browser.send("PUT", path, body).status_code == 200


def test_nobody_is_asked_to_sign_in(browser: Browser) -> None:
    assert browser.send("GET", f"{PLACE}/changes").status_code == 401
