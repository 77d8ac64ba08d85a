"""The public pages of a meeting."""

from __future__ import annotations

import pytest

from tests.client import Browser
from tests.world import World

PUBLIC = ("meetings/agadir-2022/", "meetings/agadir-2022/agenda", "meetings/agadir-2022/documents",
          "programmes/papc/", "meetings/fes-2023/")  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_in_each_language_answers(browser: Browser, path: str, lang: str) -> None:
    answer = browser.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert f'lang="{lang}"' in answer.text


def test_sitting_has_its_own_address(browser: Browser, world: World) -> None:
    answer = browser.get(f"/ar/meetings/agadir-2022/agenda/{world.things['agadir.opening9']}")
    assert answer.status_code == 200
    assert "الكلمة الافتتاحية" in answer.text


def test_sitting_of_another_meeting_is_not_found(browser: Browser, world: World) -> None:
    assert browser.get(f"/ar/meetings/agadir-2022/agenda/{world.things['fes.opening9']}").status_code == 404
