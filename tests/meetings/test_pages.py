"""The public pages of a meeting."""

from __future__ import annotations

import pytest

from tests.client import Browser
from tests.lint import lint_page
from tests.world import World

PUBLIC = ("meetings/agadir-2022/", "meetings/agadir-2022/agenda", "meetings/agadir-2022/documents",
          "programmes/papc/", "meetings/fes-2023/")  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_in_each_language_keeps_the_rules_of_pages(browser: Browser, path: str, lang: str) -> None:
    answer = browser.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_sitting_at_its_own_address_says_what_it_is(browser: Browser, world: World, lang: str) -> None:
    answer = browser.get(f"/{lang}/meetings/agadir-2022/agenda/{world.things['agadir.workshop14.75']}")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []


def test_sitting_of_another_meeting_is_not_found(browser: Browser, world: World) -> None:
    assert browser.get(f"/ar/meetings/agadir-2022/agenda/{world.things['fes.opening9']}").status_code == 404
