"""The live server itself: somebody signed in is known to it, a stranger is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser


def test_signed_in_browser_is_known_to_the_server(person: Callable[..., BrowserContext]) -> None:
    path = "/api/v1/meetings/agadir-2022/workshops/W1/changes"
    known = person("rapporteur").new_page()
    known.goto("/ar/")
    assert known.evaluate("async (path) => (await fetch(path)).status", path) == 200
    stranger = person(None).new_page()
    stranger.goto("/ar/")
    assert stranger.evaluate("async (path) => (await fetch(path)).status", path) == 401
