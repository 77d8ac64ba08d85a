"""The scanner's frame: rules of pages, its policy, and nothing of anybody in it."""

from __future__ import annotations

import pytest

from tests.attendance.people import add_person
from tests.client import Browser
from tests.lint import lint_page
from tests.world import World


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_scanner_keeps_the_rules_of_pages_and_names_nobody(browser: Browser, world: World, lang: str) -> None:
    add_person(world, "زهرة بودرار")
    answer = browser.get(f"/{lang}/meetings/agadir-2022/door/scanner")
    assert lint_page(answer, lang) == []
    assert "زهرة" not in answer.get_data(as_text=True)


def test_scanner_alone_may_compile_its_reader_of_codes(browser: Browser) -> None:
    def policy(path: str) -> str:
        return browser.get(path).headers["Content-Security-Policy"]

    assert "wasm-unsafe-eval" not in policy("/ar/meetings/agadir-2022/")
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy("/ar/meetings/agadir-2022/door/scanner")


def test_worker_is_served_under_a_name_that_does_not_change(browser: Browser) -> None:
    answer = browser.get("/door-worker.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert b"/door/scanner" in answer.get_data()
