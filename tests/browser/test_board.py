"""The board in a real browser: moved by keys alone, said aloud, and the focus stays on the card."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.workshops.people import seats, wishing
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "onward"), [("ar", "ArrowLeft"), ("fr", "ArrowRight")])
def test_card_is_carried_by_keys_in_the_direction_of_the_page(
    person: Callable[..., BrowserContext], world: World, lang: str, onward: str
) -> None:
    someone = wishing(world, "موحا أمزيل", "W1", "W2")
    page = person("organiser").new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"/{lang}/meetings/agadir-2022/manage/workshops")
    page.locator("form[action$='/solve'] button").first.click()
    with page.expect_navigation():  # Its script is there once the page is whole: keys pressed before reach nobody.
        page.locator("form[action$='/take'] button").click()
    card = page.locator(f"#card-{someone}")
    card.focus()
    for key in ("Space", onward, "Escape"):
        page.keyboard.press(key)
    assert seats(world) == {someone: "W1"}
    for key in ("Space", onward, "Space"):
        page.keyboard.press(key)
    expect(page.locator("#done b")).to_contain_text("موحا أمزيل")
    expect(card).to_be_focused()
    expect(card).to_have_attribute("data-code", "W2")
    assert seats(world) == {someone: "W2"}
    page.locator("#done button").click()
    expect(page.locator(f"#card-{someone}")).to_have_attribute("data-code", "W1")
    assert faults == []
