"""What a reader's browser fetches for the pages of the public, in bytes as they travel, against the budgets."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.access.things import build_things, sides
from tests.client import Browser
from tests.world import World

KB = 1024
HOME = "/ar/meetings/agadir-2022"
# The page: HTML with CSS, and JavaScript; both compressed.
BUDGETS = {
    f"{HOME}/": (30, 10),
    f"{HOME}/recommendations/{{serial}}": (30, 10),
    f"{HOME}/register": (25, 10),
    f"{HOME}/tracker": (60, 25),
}


def weight(browser: Browser, path: str) -> int:
    """The bytes of an answer after compression."""
    with browser.client.get(path, base_url="http://localhost") as answer:
        assert answer.status_code == 200, path
        return len(gzip.compress(answer.get_data(), 6, mtime=0))


@pytest.mark.parametrize("page", BUDGETS)
def test_page_of_the_public_keeps_its_budget(page: str, browser: Browser, world: World) -> None:
    build_things(world)
    path = page.format(**sides(world)["own"])
    html = browser.get(path).text
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', html)
    assert styles
    assert scripts
    text = weight(browser, path) + sum(weight(browser, one) for one in styles)
    code = sum(weight(browser, one) for one in scripts)
    most_text, most_code = BUDGETS[page]
    assert (text <= most_text * KB, code <= most_code * KB) == (True, True), f"{text} and {code} bytes"
