"""The scripts and the styles in a browser: every request is answered here, none reaches a network."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import render_template
from playwright.sync_api import Browser, Page, Route, sync_playwright

from app.answers import POLICY
from app.kernel.languages import speaking
from app.kernel.transaction import LiqaaFlask
from tests.assets.conftest import Assets

pytestmark = pytest.mark.browser
HOST = "http://localhost"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PLACES = [
    {"value": "7", "label": "آيت ملول", "detail": "عمالة إنزكان"},
    {"value": "9", "label": "آيت ميلك", "detail": ""},
]
FORM = """{% extends "layouts/work.html" %}{% from "components/forms.html" import combo, ranked %}
{% from "components/ui.html" import post_button, link_button %}{% from "components/lists.html" import dialog %}
{% block title %}x{% endblock %}{% block content %}<h1>x</h1>
{% if wrong %}<section class="errors" id="errors" tabindex="-1"><a href="#place">y</a></section>{% endif %}
<form action="/sent" method="post" id="asked">{{ combo(place, search_url="/places") }}
{{ ranked(wishes, [{"value": "a", "title": "A", "detail": none, "warning": none},
                   {"value": "b", "title": "B", "detail": none, "warning": none}]) }}<button id="send">z</button></form>
{{ post_button("حذف", "/deleted", confirm="حذف الوثيقة؟", act="حذف") }}
{{ link_button("w", "/elsewhere", attrs={"data-dialog": "more"}) }}{% call dialog("more", "v") %}<p>u</p>{% endcall %}
{% endblock %}"""


def field(name: str) -> dict[str, Any]:
    return {"id": name, "name": name, "label": {"text": name}, "description": "", "errors": [],
            "flags": {"required": True}, "data": ""}  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Desk:
    """A page in the browser, the files it may ask for, what it sent and what it complained about."""

    def __init__(self, app: LiqaaFlask, assets: Assets, page: Page) -> None:
        self.app, self.assets, self.page = app, assets, page
        self.sent: list[str] = []
        self.complaints: list[str] = []
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.route("**/*", self.answer)
        self.body = ""

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        if path.startswith("/static/"):
            name = path.removeprefix("/static/")
            file = self.assets.path(name) if name in self.assets.manifest else self.assets.folder / Path(name)
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        elif path == "/places":
            route.fulfill(body=json.dumps(PLACES), content_type="application/json")
        elif route.request.method == "POST":
            self.sent.append(f"{path} {route.request.post_data}")
            route.fulfill(body="<!doctype html><title>sent</title><p id=sent>sent", content_type="text/html")
        else:
            policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
            headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self.body, headers=headers)

    def show(self, lang: str, template: str, **values: Any) -> Page:
        with self.app.test_request_context(f"/{lang}/x", base_url=HOST), speaking(lang):
            if template.endswith(".html"):
                self.body = render_template(template, **values)
            else:
                context: dict[str, Any] = dict(values)
                self.app.update_template_context(context)
                self.body = self.app.jinja_env.from_string(template).render(context)
        self.page.goto(f"{HOST}/{lang}/x")
        self.page.evaluate("document.fonts.ready")
        return self.page


@pytest.fixture
def desk(app: LiqaaFlask, assets: Assets, chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", bypass_csp=False)
    monkeypatch.setitem(app.jinja_env.globals, "asset", lambda name: f"/static/{name}")
    yield Desk(app, assets, context.new_page())
    context.close()


def form(desk: Desk, **values: Any) -> Page:
    return desk.show("ar", FORM, place=field("place"), wishes=field("wishes"), **{"wrong": False, **values})


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_has_no_fault_axe_can_find(desk: Desk, lang: str, scheme: str) -> None:
    desk.page.emulate_media(color_scheme=scheme)
    page = desk.show(lang, "gallery.html")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    faults = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]]
    assert faults == []
    assert desk.complaints == []


def test_working_page_has_no_fault_axe_can_find(desk: Desk) -> None:
    page = form(desk)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [one["id"] for one in found.response["violations"]] == []


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_gallery_never_scrolls_sideways(desk: Desk, lang: str, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    page = desk.show(lang, "gallery.html")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_list_of_errors_takes_the_focus_and_leads_to_the_field(desk: Desk) -> None:
    page = form(desk, wrong=True)
    assert page.evaluate("document.activeElement.id") == "errors"
    page.click("#errors a")
    assert page.evaluate("document.activeElement.id") == "place"


def test_ranked_row_moved_down_keeps_the_focus_and_is_said(desk: Desk) -> None:
    page = form(desk)
    page.click("[name=wishes-down][value=a]")
    assert page.eval_on_selector_all("input[name=wishes]", "all => all.map(one => one.value)") == ["b", "a"]
    assert page.evaluate("document.activeElement.name") == "wishes-up"
    assert page.inner_text("#wishes [role=status]") == "\u2068A\u2069: الرغبة رقم \u20682\u2069"
    assert desk.sent == []


def test_place_chosen_by_the_keyboard_is_sent_with_the_typed_words(desk: Desk) -> None:
    page = form(desk)
    page.locator("#place").press_sequentially("ايت")
    page.wait_for_selector(".combo-list [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#place") == "آيت ملول"
    assert page.input_value("input[name=place_id]") == "7"
    page.locator("#place").press_sequentially(" ثم")
    assert page.input_value("input[name=place_id]") == ""


def test_form_sent_twice_by_a_double_click_is_sent_once(desk: Desk) -> None:
    page = form(desk)
    page.fill("#place", "x")
    page.evaluate("() => { const b = document.getElementById('send'); b.click(); b.click(); }")
    page.wait_for_selector("#sent")
    assert len(desk.sent) == 1


def test_act_that_asks_first_is_sent_only_on_its_own_button(desk: Desk) -> None:
    page = form(desk)
    page.click("form[data-confirm] button")
    assert page.inner_text("#confirm-text") == "حذف الوثيقة؟"
    page.keyboard.press("Escape")
    assert desk.sent == []
    page.click("form[data-confirm] button")
    page.click("#confirm [data-confirm-act]")
    page.wait_for_selector("#sent")
    assert len(desk.sent) == 1


def test_dialog_opens_from_its_link_and_gives_the_focus_back(desk: Desk) -> None:
    page = form(desk)
    page.click("[data-dialog=more]")
    assert page.locator("#more").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.dialog") == "more"
    assert page.url == f"{HOST}/ar/x"


@pytest.mark.parametrize(("lang", "side"), [("ar", "right"), ("fr", "left")])
def test_navigation_of_the_working_pages_stands_at_the_reading_side(desk: Desk, lang: str, side: str) -> None:
    rail = [{"label": "x", "items": [{"url": "#", "label": "y", "icon": "home", "current": True}]}]
    page = desk.show(lang, FORM, place=field("place"), wishes=field("wishes"), wrong=False, rail=rail)
    box = page.locator(".app-nav").bounding_box()
    assert box is not None
    assert (box["x"] == 0) == (side == "left")
    page.set_viewport_size({"width": 360, "height": 740})
    assert not page.locator(".app-nav").is_visible()
    page.click(".menu-btn")
    assert page.locator(".app-nav").is_visible()
