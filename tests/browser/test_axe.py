"""Every page of the URL map before axe, in Arabic and in French, each as somebody who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.access import matrix
from tests.access.things import build_things, sides
from tests.client import Browser
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANGUAGES = ("ar", "fr")


@dataclass
class Round:
    """The pages still to be seen, and the windows of the people who look."""

    browser: Browser
    person: Callable[..., BrowserContext]
    values: dict[str, str]
    windows: dict[str, Page] = field(default_factory=dict)
    clients: dict[str, Browser] = field(default_factory=dict)

    def client(self, who: str) -> Browser:
        """Somebody without a window, to learn what kind of answer a route gives."""
        if who not in self.clients:
            own = Browser(self.browser.app, self.browser.world, lint=False)
            self.clients[who] = own if who == "public" else own.sign_in(who)
        self.clients[who].restore()
        return self.clients[who]

    def window(self, who: str) -> Page:
        """The window of somebody, opened once."""
        if who not in self.windows:
            self.windows[who] = self.person(None if who == "public" else who).new_page()
        return self.windows[who]

    def look(self, row: matrix.Row, who: str) -> Iterator[str]:
        """What is wrong with the page of a route, in both languages; an answer that is no page has no findings."""
        for lang in LANGUAGES:
            path = matrix.address(self.browser, row, self.values)
            path = f"/{lang}{path[3:]}" if path.startswith("/ar/") else path
            answer = self.client(who).client.get(path, base_url="http://localhost")
            name, page = f"{row.endpoint} {lang} as {who}", answer.status_code < 300 and answer.mimetype == "text/html"
            if not matrix.let_in(answer):
                yield f"{name}: {answer.status_code}"
            whole = page and answer.text.lstrip().lower().startswith("<!doctype")
            if whole and "sandbox" in answer.headers.get("Content-Security-Policy", ""):
                # No script runs behind such a policy, axe neither: what the mail shows is examined without it.
                self.window("public").goto("about:blank")
                self.window("public").set_content(answer.text)
                yield from findings_on(name, self.window("public"))
            elif whole:
                yield from self.visit(name, path, self.window(who))
            elif page:
                yield from self.frame(name, lang, answer.text, self.window(who))
            answer.close()

    def visit(self, name: str, path: str, page: Page) -> Iterator[str]:
        """What axe finds on a page."""
        answer = page.goto(path)
        assert answer is not None
        if answer.status != 200:
            yield f"{name}: {answer.status}"
        yield from findings_on(name, page)

    def frame(self, name: str, lang: str, part: str, page: Page) -> Iterator[str]:
        """What axe finds on a part of a page, which another page asks for and puts into itself."""
        turn = "rtl" if lang == "ar" else "ltr"
        page.set_content(
            f'<!doctype html><html lang="{lang}" dir="{turn}"><title>x</title><main><h1>x</h1>{part}</main></html>'
        )
        yield from findings_on(name, page)


def findings_on(name: str, page: Page) -> Iterator[str]:
    """What axe finds on what a window shows: the rule and the first places that break it."""
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    for one in Axe().run(page, options=options).response["violations"]:
        yield from (f"{name}: {one['id']}: {node['html'][:160]}" for node in one["nodes"][:3])


def test_axe_finds_nothing_on_any_page_of_the_url_map(
    browser: Browser, person: Callable[..., BrowserContext], world: World
) -> None:
    build_things(world)
    tour = Round(browser, person, sides(world)["own"])
    rows = {row.endpoint: row for room in matrix.rooms() for row in matrix.rows(room) if row.method == "GET"}
    routes = {rule.endpoint for rule in browser.app.url_map.iter_rules() if "GET" in (rule.methods or ())} - {"static"}
    assert sorted(routes - rows.keys()) == []
    findings: list[str] = []
    for endpoint in sorted(routes):
        allowed = rows[endpoint].allowed
        if not allowed:
            continue  # Shown to nobody in this world: the matrix asks for it as everybody and meets 404.
        who = "public" if allowed & {"public", "link"} else next(one for one in sorted(allowed) if one != "device")
        findings += tour.look(rows[endpoint], who)
    assert findings == [], "\n".join(findings)


def test_page_with_a_fault_is_found_by_axe(person: Callable[..., BrowserContext]) -> None:
    page = person(None).new_page()
    page.set_content('<!doctype html><html lang="ar"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    assert [line.split(":")[1] for line in findings_on("x", page)] == [" image-alt"]
