"""Capture in a real browser: offline, reloaded, killed, two at one text, keyboard alone; nothing is lost or doubled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from app.kernel.clock import FixedClock
from tests.browser.conftest import LiveServer
from tests.client import Browser
from tests.world import World

pytestmark = pytest.mark.browser
PAGE = "/ar/meetings/agadir-2022/workshops/W1/capture"
API = "/api/v1/meetings/agadir-2022/workshops/W1"


@pytest.fixture
def kept(browser: Browser, world: World) -> Callable[[], list[dict[str, Any]]]:
    """What the server has, by place in the list."""
    reader = Browser(browser.app, world).sign_in("organiser")

    def rows() -> list[dict[str, Any]]:
        found = reader.send("GET", f"{API}/changes?since=0").json["recommendations"]
        return sorted((row for row in found if row["state"] != "withdrawn"), key=lambda row: row["position"])

    return rows


def opened(context: BrowserContext, path: str = PAGE) -> Page:
    page = context.new_page()
    page.goto(path)
    page.wait_for_selector("[data-capture][data-ready]")
    return page


def received(page: Page) -> None:
    """Wait until the screen says that everything is on the server."""
    expect(page.locator("[data-unsent]")).to_have_text("كل شيء محفوظ على الخادم")


def keeps(page: Page, store: str, method: str, holds: str, arg: object = None) -> None:
    """Wait until what this browser keeps in a store, as `method` reads it, `holds` (a function of that and `arg`)."""
    page.wait_for_function(
        f"""(arg) => new Promise((done) => {{
            const asked = indexedDB.open("liqaa-capture");
            asked.onsuccess = () => {{
                const found = asked.result.transaction("{store}").objectStore("{store}").{method}();
                found.onsuccess = () => {{
                    asked.result.close();
                    done(({holds})(found.result, arg));
                }};
            }};
        }})""",
        arg=arg,
    )


def on_disk(page: Page, *texts: str) -> None:
    """Wait until each of these texts is whole in what this browser keeps: a part of it may be there earlier."""
    whole = """(records, texts) => {
        const kept = records.map((one) => one.draft["body.ar"]);
        return texts.every((text) => kept.includes(text));
    }"""
    keeps(page, "records", "getAll", whole, list(texts))


def paired(page: Page) -> None:
    """Wait until this browser keeps the right of its own that outlives the sign-in."""
    keeps(page, "meta", "getAllKeys", '(keys) => keys.some((key) => String(key).startsWith("token|"))')


def kept_for_later(page: Page) -> None:
    """Load the page again until its worker answers for it, as from the second visit on.

    The worker must be at work before; and a browser too busy to start it in time takes the page from the network.
    """
    page.wait_for_function("async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)")
    for _ in range(6):
        page.reload()
        page.wait_for_selector("[data-capture][data-ready]")
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            return
    raise AssertionError("no worker answers for the page")


def texts(rows: list[dict[str, Any]]) -> list[str]:
    return [row["fields"]["body.ar"]["text"] for row in rows]


def cut(context: BrowserContext, page: Page) -> None:
    """Take the network away, and prove it with a request of our own."""
    context.route("**/*", lambda route: route.abort())
    context.set_offline(True)
    assert page.evaluate("fetch('/healthz', {cache: 'no-store'}).then(() => true, () => false)") is False


def mend(context: BrowserContext) -> None:
    context.unroute("**/*")
    context.set_offline(False)


def test_text_is_on_the_server_soon_after_the_hands_rest(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    page = opened(person("rapporteur"))
    page.locator("#body").press_sequentially("نشر دليل المؤشرات.", delay=5)
    received(page)
    assert texts(kept()) == ["نشر دليل المؤشرات."]
    expect(page.locator("[data-code]").first).to_have_text("A-1")
    expect(page.locator("[data-state]")).to_contain_text("محفوظ على الخادم")


def test_hours_on_the_screen_are_those_of_the_domain_clock_and_the_zone_of_the_meeting(
    person: Callable[..., BrowserContext], clock: FixedClock
) -> None:
    clock.moment = datetime(2022, 3, 25, 9, 30, tzinfo=UTC)
    page = opened(person("rapporteur"))
    page.locator("#body").fill("نشر دليل المؤشرات.")
    received(page)
    hour = re.compile(r"10:3\d:\d\d")
    expect(page.locator("[data-last]")).to_have_text(hour)
    expect(page.locator("[data-state]")).to_have_text(hour)


def test_text_typed_offline_survives_a_reload_and_arrives_once_and_in_order(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    context = person("rapporteur")
    page = opened(context)
    kept_for_later(page)
    cut(context, page)
    for number in range(3):
        page.locator("#body").press_sequentially(f"نشر الوثيقة {number}", delay=3)
        page.keyboard.press("Enter")
    on_disk(page, *(f"نشر الوثيقة {number}" for number in range(3)))
    expect(page.locator("[data-unsent]")).to_contain_text("3")
    assert kept() == []
    page.reload()
    page.wait_for_selector("[data-capture][data-ready]")
    expect(page.locator("[data-list] li")).to_have_count(3)
    expect(page.locator("[data-banner]")).to_be_visible()
    mend(context)
    page.evaluate("dispatchEvent(new Event('online'))")
    received(page)
    assert texts(kept()) == [f"نشر الوثيقة {number}" for number in range(3)]
    assert [row["code"] for row in kept()] == ["A-1", "A-2", "A-3"]


def test_killed_page_loses_no_text(person: Callable[..., BrowserContext], kept: Callable[[], Any]) -> None:
    context = person("rapporteur")
    page = opened(context)
    cut(context, page)
    page.locator("#body").press_sequentially("إحداث خلية للتتبع.", delay=3)
    on_disk(page, "إحداث خلية للتتبع.")
    page.close(run_before_unload=False)
    mend(context)
    page = opened(context)
    received(page)
    assert texts(kept()) == ["إحداث خلية للتتبع."]


def test_an_answer_that_is_lost_doubles_nothing(person: Callable[..., BrowserContext], kept: Callable[[], Any]) -> None:
    context = person("rapporteur")
    page = opened(context)
    lost: list[str] = []

    def lose_first(route: Any) -> None:
        if route.request.method == "PUT" and len(lost) < 2:
            route.fetch()  # The server has it, the browser never hears so.
            lost.append(route.request.post_data_json["op_id"])
            route.abort()
        else:
            route.continue_()

    context.route(f"**{API}/recommendations/*", lose_first)
    page.locator("#body").press_sequentially("نشر الدليل.", delay=3)
    expect(page.locator("[data-net] b")).to_have_text("دون اتصال")
    received(page)
    assert len(lost) == 2
    assert len(set(lost)) == 1
    assert texts(kept()) == ["نشر الدليل."]
    assert kept()[0]["fields"]["body.ar"]["rev"] == 1


def test_act_asked_for_while_a_text_is_being_sent_waits_for_it_and_happens(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    page = opened(person("rapporteur"))
    page.locator("#body").press_sequentially("نشر الدليل", delay=3)
    received(page)
    sending: list[bool] = []
    asked: list[bool] = []

    def hold(route: Route) -> None:
        sending.append(True)
        while not asked:
            page.wait_for_timeout(20)
        route.continue_()

    page.route(f"**{API}/recommendations/*", hold)
    page.locator("#body").press_sequentially(" كاملا", delay=3)
    page.keyboard.press("Control+KeyS")
    for _ in range(600):
        if sending:
            break
        page.wait_for_timeout(50)
    with page.expect_navigation():
        page.locator("[data-propose]").click()
        asked.append(True)
    [row] = kept()
    assert (row["fields"]["body.ar"]["text"], row["state"]) == ("نشر الدليل كاملا", "proposed")


def test_two_rapporteurs_on_one_text_keep_both_wordings(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    one, two = person("rapporteur"), person("coordinator")
    first = opened(one)
    first.locator("#body").press_sequentially("عرض التقرير داخل أجل شهر", delay=3)
    received(first)
    ident = kept()[0]["id"]
    second = opened(two, f"{PAGE}?r={ident}")
    cut(two, second)
    second.locator("#body").fill("عرض التقرير داخل أجل أسبوع")
    first.locator("#body").fill("عرض التقرير داخل أجل سنة")
    received(first)
    mend(two)
    second.evaluate("dispatchEvent(new Event('online'))")
    expect(second.locator("[data-conflict]")).to_be_visible(timeout=15_000)
    [row] = kept()
    assert row["fields"]["body.ar"]["text"] == "عرض التقرير داخل أجل سنة"
    assert [variant["text"] for variant in row["variants"]] == ["عرض التقرير داخل أجل أسبوع"]
    # The editor of the second still shows what was written in it, and going on moves the one variant.
    expect(second.locator("#body")).to_have_value("عرض التقرير داخل أجل أسبوع")
    second.locator("#body").fill("عرض التقرير داخل أجل أسبوعين")
    received(second)
    assert [variant["text"] for variant in kept()[0]["variants"]] == ["عرض التقرير داخل أجل أسبوعين"]
    second.locator("[data-conflict] a").click()
    second.get_by_role("button", name="الاحتفاظ بالنص الثاني").click()
    second.wait_for_url(f"**{PAGE}?r={ident}")
    assert (texts(kept()), kept()[0]["variants"]) == (["عرض التقرير داخل أجل أسبوعين"], [])


def test_a_colleagues_edit_elsewhere_in_the_text_is_merged_and_never_replaces_the_open_editor(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    first = opened(person("rapporteur"))
    first.locator("#body").press_sequentially("نشر الدليل قبل كل دورة", delay=3)
    received(first)
    ident = kept()[0]["id"]
    second = opened(person("coordinator"), f"{PAGE}?r={ident}")
    first.locator("#body").focus()
    second.locator("#body").fill("نشر دليل المؤشرات قبل كل دورة")
    received(second)
    first.wait_for_timeout(1500)
    expect(first.locator("#body")).to_have_value("نشر الدليل قبل كل دورة")
    first.locator("#body").press("End")
    first.locator("#body").press_sequentially(" تقييم", delay=3)
    received(first)
    assert texts(kept()) == ["نشر دليل المؤشرات قبل كل دورة تقييم"]
    assert kept()[0]["variants"] == []
    first.locator("#priority").focus()
    expect(first.locator("#body")).to_have_value("نشر دليل المؤشرات قبل كل دورة تقييم")


def test_news_that_are_overtaken_by_newer_ones_do_not_put_the_old_text_back(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    first = opened(person("rapporteur"))
    first.locator("#body").press_sequentially("نشر الدليل", delay=3)
    received(first)
    ident = kept()[0]["id"]
    reader = opened(person("organiser"))
    late: list[bool] = []
    overtaken: list[bool] = []

    def hold_the_first(route: Route) -> None:
        answer = route.fetch()
        if "نشر دليل أول" in json.dumps(answer.json(), ensure_ascii=False) and not late:
            late.append(True)
            while not overtaken:  # It was read before the second change, and arrives after it.
                reader.wait_for_timeout(50)
        route.fulfill(response=answer)

    reader.evaluate(
        """() => { window.shown = []; const place = document.querySelector("[data-list] .cap-text");
        new MutationObserver(() => shown.push(place.textContent)).observe(place, {childList: true, characterData: true, subtree: true}); }"""
    )  # fmt: skip
    reader.route("**/changes?since=*", hold_the_first)
    writer = opened(person("coordinator"), f"{PAGE}?r={ident}")
    writer.locator("#body").fill("نشر دليل أول")
    received(writer)
    for _ in range(600):
        if late:
            break
        writer.wait_for_timeout(50)
    assert late == [True], "the reader did not ask for what had changed"
    writer.locator("#body").fill("نشر دليل ثان")
    received(writer)
    overtaken.append(True)
    expect(reader.locator("[data-list] .cap-text").first).to_have_text("نشر دليل ثان")
    reader.wait_for_timeout(1000)
    assert reader.evaluate("shown") == ["نشر دليل أول", "نشر دليل ثان"]


def test_a_text_the_server_refuses_stays_on_the_screen(
    person: Callable[..., BrowserContext], kept: Callable[[], Any], browser: Browser, world: World
) -> None:
    context = person("rapporteur")
    page = opened(context)
    page.locator("#body").press_sequentially("نشر الدليل", delay=3)
    received(page)
    ident = kept()[0]["id"]
    cut(context, page)
    page.locator("#body").press_sequentially(" كاملا", delay=3)
    on_disk(page, "نشر الدليل كاملا")
    review = Browser(browser.app, world).sign_in("organiser")
    answer = review.send("POST", f"{API}/operations", [
        {"op_id": "01990000-0000-7000-8000-000000000001", "kind": "withdraw", "recommendation": ident},
    ])  # fmt: skip
    assert answer.json["operations"][0]["state"] == "withdrawn", answer.json
    mend(context)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-refused-text]")).to_have_text("نشر الدليل كاملا")


def test_an_ended_sign_in_costs_no_text(person: Callable[..., BrowserContext], kept: Callable[[], Any]) -> None:
    context = person("rapporteur")
    page = opened(context)
    paired(page)
    context.clear_cookies()
    page.locator("#body").press_sequentially("نشر الدليل.", delay=3)
    received(page)
    assert texts(kept()) == ["نشر الدليل."]


def test_twelve_recommendations_by_keyboard_alone_with_the_network_dropping_twice(
    person: Callable[..., BrowserContext], kept: Callable[[], Any]
) -> None:
    context = person("rapporteur")
    page = opened(context)
    page.evaluate("addEventListener('mousedown', () => { window.mouse = true; })")
    wanted = []
    for number in range(12):
        if number in {3, 8}:
            cut(context, page)
        if number in {5, 10}:
            mend(context)
        text = f"تنظيم دورة تكوينية رقم {number}"
        wanted.append(text)
        page.keyboard.type(text, delay=1)
        page.keyboard.press("Alt+Digit2" if number % 2 else "Alt+Digit1")
        page.keyboard.press("Alt+KeyD")
        page.keyboard.type("30/09/2022", delay=1)
        page.keyboard.press("Alt+ArrowUp" if number < 0 else "Shift+Tab")
        page.locator("#body").focus()
        page.keyboard.press("Enter")
    page.evaluate("dispatchEvent(new Event('online'))")
    received(page)
    rows = kept()
    assert texts(rows) == wanted
    assert [row["fields"]["axis"]["text"] for row in rows] == ["1", "2"] * 6
    assert {row["fields"]["horizon"]["text"] for row in rows} == {"2022-09-30"}
    assert page.evaluate("window.mouse") is None


def test_the_server_going_away_is_said_after_eight_seconds_and_typing_goes_on(
    person: Callable[..., BrowserContext], live_server: LiveServer, kept: Callable[[], Any]
) -> None:
    page = opened(person("rapporteur"))
    live_server.stop()
    page.locator("#body").press_sequentially("نشر الدليل.", delay=3)
    expect(page.locator("[data-banner]")).to_be_hidden()
    expect(page.locator("[data-banner]")).to_be_visible()
    page.locator("#body").press_sequentially(" كاملا", delay=3)
    live_server.start()
    received(page)
    assert texts(kept()) == ["نشر الدليل. كاملا"]
