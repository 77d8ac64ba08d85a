"""The administrator gives roles: in a meeting, a workshop, a programme chosen from a list, in a body by its name."""

from __future__ import annotations

import re

import pytest

from app.accounts.models import Account
from app.kernel.database import db
from app.kernel.transaction import transaction
from tests.client import Browser
from tests.world import World


def roles_of(world: World, person: str) -> set[tuple[str, str | None]]:
    with transaction(writes=False):
        account = db.session.get_one(Account, world.people[person])
        return {(one.role, one.scope_id) for one in account.grants}


def bare(text: str) -> str:
    """The text without the isolates round its values."""
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("role", "thing", "label"),
    [
        ("secretary", "fes", "لقاء أكادير، يومي 11 و12 ماي 2023"),
        ("rapporteur", "fes.W2", "لقاء أكادير، يومي 11 و12 ماي 2023 · الورشة 2"),
        ("programme_unit", "papc", "برنامج تحسين أداء الجماعات"),
    ],
)
def test_role_is_given_in_a_thing_of_its_kind(
    browser: Browser, world: World, role: str, thing: str, label: str
) -> None:
    page = browser.sign_in("admin").get(f"/ar/manage/accounts/{world.people['nobody']}?role={role}").text
    offered = dict(re.findall(r'<option[^>]* value="([^"]+)">([^<]+)</option>', page))
    assert bare(offered[world.things[thing]]) == label
    path = f"/ar/manage/accounts/{world.people['nobody']}/roles"
    assert browser.post(path, {"role": role, "scope_id": world.things[thing]}).status_code == 303
    assert roles_of(world, "nobody") == {(role, world.things[thing])}
    assert label in bare(browser.get(f"/ar/manage/accounts/{world.people['nobody']}").text)


def test_role_in_a_body_is_found_by_its_name_and_a_name_of_several_asks_which(browser: Browser, world: World) -> None:
    path = f"/ar/manage/accounts/{world.people['nobody']}/roles"
    browser.sign_in("admin")
    several = browser.post(path, {"role": "officer", "scope_words": "اكادير"})
    assert several.status_code == 422
    assert f'value="{world.things["09.001.01.01"]}"' in several.text
    assert f'value="{world.things["09.001"]}"' in several.text
    assert roles_of(world, "nobody") == set()
    assert browser.post(path, {"role": "officer", "scope_words": "ait melloul"}).status_code == 422, "two bodies fit"
    assert browser.post(path, {"role": "officer", "scope_words": "الدشيرة"}).status_code == 303
    assert roles_of(world, "nobody") == {("officer", world.things["09.273.01.13"])}
    chosen = browser.post(path, {"role": "official", "scope_words": "اكادير", "scope_id": world.things["09.001"]})
    assert chosen.status_code == 303
    assert ("official", world.things["09.001"]) in roles_of(world, "nobody")


@pytest.mark.parametrize("scope_id", ["", "nonsense", "fes.W1"])
def test_role_is_not_given_in_a_thing_of_another_kind(browser: Browser, world: World, scope_id: str) -> None:
    path = f"/ar/manage/accounts/{world.people['nobody']}/roles"
    answer = browser.sign_in("admin").post(path, {"role": "desk", "scope_id": world.things.get(scope_id, scope_id)})
    assert answer.status_code == 422
    assert roles_of(world, "nobody") == set()
