"""An administrator gives a role in a thing of the right kind, chosen from a list with names."""

from __future__ import annotations

import pytest

from app.accounts.models import RoleGrant
from app.kernel.database import db
from app.kernel.transaction import transaction
from tests.client import Browser
from tests.world import World


@pytest.mark.parametrize(
    ("role", "thing", "called"),
    [
        ("organiser", "agadir", "لقاء أكادير"), ("rapporteur", "agadir.W2", "لقاء أكادير · الورشة 2"),
        ("programme_unit", "pdr", "برنامج تحسين أداء الجماعات"), ("officer", "09.273.01.05", "آيت ملول · إنزكان آيت ملول"),
    ],
)  # fmt: skip
def test_role_is_given_in_a_thing_of_the_list_and_in_no_other(
    browser: Browser, world: World, role: str, thing: str, called: str
) -> None:
    page = f"/ar/manage/accounts/{world.people['nobody']}"
    browser.sign_in("admin")
    offered = browser.get(f"{page}?role={role}").text
    assert f'<option value="{world.things[thing]}">{called}</option>' in offered.replace(" selected", "")

    assert browser.post(f"{page}/roles", {"role": role, "scope_id": world.people["nobody"]}).status_code == 422
    assert browser.post(f"{page}/roles", {"role": role, "scope_id": world.things[thing]}).status_code == 303

    with transaction(writes=False):
        grant = db.session.query(RoleGrant).filter_by(account_id=world.people["nobody"]).one()
        assert (grant.role, grant.scope_id) == (role, world.things[thing])
    assert called in browser.get(page).text
