"""The administrator's pages of the territory."""

from __future__ import annotations

import pytest

from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.transaction import transaction
from app.territory import actions, queries
from tests.client import Browser
from tests.lint import lint_page
from tests.world import World


@pytest.fixture
def admin(browser: Browser, world: World, clock: FixedClock) -> Browser:
    """The administrator, with the days off of 2022 in the table."""
    with transaction():
        actions.fill_days_off(2022, 2022, actor=SYSTEM, clock=clock)
    return browser.sign_in("admin")


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize(
    "path", ["bodies", "bodies?q=اكادير&kind=commune", "bodies?q=zzz", "days-off", "days-off?year=1"]
)
def test_page_keeps_the_rules_of_pages(admin: Browser, path: str, lang: str) -> None:
    answer = admin.get(f"/{lang}/territory/{path}")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []


def test_estimated_day_is_confirmed_and_removed(admin: Browser, world: World) -> None:
    assert admin.post("/ar/territory/days-off/2022-05-02/confirm").status_code == 303
    with transaction(writes=False):
        row = queries.find_day_off("2022-05-02")
        assert row is not None
        assert row.status == "confirmed"
    assert admin.post("/ar/territory/days-off/2022-05-02/remove").status_code == 303
    assert admin.post("/ar/territory/days-off/2022-05-02/remove").status_code == 404


def test_day_off_is_added_or_explained(admin: Browser, world: World) -> None:
    typed = {"day-day": "23", "day-month": "3", "day-year": "2026", "name_ar": "عطلة استثنائية", "kind": "exceptional",
             "sure": "confirmed"}  # fmt: skip
    assert admin.post("/ar/territory/days-off", typed).status_code == 303
    with transaction(writes=False):
        assert queries.find_day_off("2026-03-23") is not None
    refused = admin.post("/ar/territory/days-off", typed | {"name_ar": ""})
    assert refused.status_code == 422
    assert lint_page(refused, "ar") == []
