"""The scanner in a real browser: a drawn badge before a camera, scans without network, phones that share a badge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright

from app.attendance.models import Attendance, DoorDevice, Scan
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.paper.qr import qr_png
from tests.attendance.people import add_person, badge, code_of, lend, seat
from tests.browser.conftest import PATIENCE, LiveServer
from tests.client import Browser
from tests.world import World

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 640, 480


def film(path: Path, text: str) -> Path:
    """A film of one second that shows a badge's code on grey (YUV4MPEG2, 4:2:0)."""
    code = Image.open(BytesIO(qr_png(text, scale=9))).convert("L")
    picture = Image.new("L", (WIDTH, HEIGHT), 170)
    picture.paste(code, ((WIDTH - code.width) // 2, (HEIGHT - code.height) // 2))
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420jpeg\n".encode() + frame * 15)
    return path


@pytest.fixture
def cast(world: World) -> dict[str, str]:
    people = {"camera": add_person(world, "فاطمة الزهراء العلوي"), "typed": add_person(world, "موحا أمزيل")}
    people["cancelled"] = add_person(world, "سناء بنمسعود", status="cancelled")
    seat(world, people["camera"])
    return people


@pytest.fixture
def phones(tmp_path: Path, cast: dict[str, str]) -> Iterator[Callable[..., Chromium]]:
    """Chromium with a camera that shows a badge."""
    opened: list[Chromium] = []
    with sync_playwright() as engine:

        def with_camera(text: str | None) -> Chromium:
            args = ["--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"]
            if text:
                shown = film(tmp_path / "badge.y4m", text)
                args += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                         f"--use-file-for-fake-video-capture={shown}"]  # fmt: skip
            found = engine.chromium.launch(executable_path="/usr/bin/chromium", args=args)
            opened.append(found)
            return found

        yield with_camera
        for one in opened:
            one.close()


def open_scanner(chromium: Chromium, server: LiveServer, world: World, gate: str = "الباب 1") -> Page:
    """Lend a phone and open the link that its code holds."""
    token = lend(world, gate, paired=False)["Authorization"].removeprefix("Bearer ")
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="ar", permissions=["camera"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server.url}/ar/meetings/agadir-2022/door/scanner#{token}")
    expect(page.locator("html[data-ready]")).to_be_attached()
    return page


def type_code(page: Page, code: str) -> None:
    page.locator("[data-open=typed]").click()
    page.fill("#code", code)
    page.locator("#code-form .btn-main").click()


def arrived(page: Page, count: int) -> None:
    """Wait until the server knows so many arrivals."""
    for _ in range(PATIENCE // 100):
        if rows(Attendance) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{rows(Attendance)} arrivals, not {count}")


def rows(table: Any) -> int:
    with transaction(writes=False):
        return int(db.session.query(table).count())


def test_badge_before_the_camera_is_let_in_and_reaches_the_server(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    page = open_scanner(phones(badge(cast["camera"])), live_server, world)
    result = page.locator("#result")
    expect(result).to_be_visible()
    expect(result).to_have_class("scan scan-over on-dark scan-ok")
    for word in ("تفضلوا", "فاطمة الزهراء العلوي", "الورشة 3 · القاعة 3"):
        expect(result).to_contain_text(word)
    expect(page.locator("#gate")).to_have_text("الباب 1")
    expect(page.locator("#waiting")).to_have_text("لا توجد أي عملية مسح في الانتظار")
    assert "#" not in page.url
    # The badge stays before the camera: it is one scan all the same.
    arrived(page, 1)
    page.wait_for_timeout(1000)
    assert rows(Scan) == 1


def test_scans_without_network_are_decided_kept_and_handed_in_later(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    page = open_scanner(phones(None), live_server, world)
    expect(page.locator("html[data-kept]")).to_be_attached()
    live_server.stop()
    assert page.evaluate("fetch('/healthz').then(() => 'answered', () => 'failed')") == "failed"
    type_code(page, code_of(cast["typed"]).lower())
    expect(page.locator("#result")).to_contain_text("موحا أمزيل")
    expect(page.locator("#result")).to_have_class("scan scan-over on-dark scan-ok")
    expect(page.locator("#online")).to_have_text("دون اتصال")
    expect(page.locator("#waiting")).to_have_text("عملية مسح واحدة في الانتظار")
    page.locator("#next").click()
    type_code(page, code_of(cast["typed"]))
    expect(page.locator("#result-word")).to_have_text("سبق تسجيل الحضور")
    page.locator("#next").click()
    type_code(page, code_of(cast["cancelled"]))
    expect(page.locator("#result-word")).to_have_text("تسجيل ملغى")
    page.reload()
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#waiting")).to_contain_text("3")
    assert rows(Scan) == 0
    live_server.start()
    expect(page.locator("#waiting")).to_have_text("لا توجد أي عملية مسح في الانتظار")
    with transaction(writes=False):
        found = {row.result for row in db.session.query(Scan)}
    assert found == {"ok", "already", "cancelled"}
    assert rows(Attendance) == 1


def test_last_arrival_is_taken_back_before_and_after_it_was_handed_in(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    page = open_scanner(phones(None), live_server, world)
    type_code(page, code_of(cast["typed"]))
    arrived(page, 1)
    page.locator("#next").click()
    page.locator("#undo").click()
    expect(page.locator("#notice")).to_have_text("تم التراجع")
    arrived(page, 0)
    live_server.stop()
    type_code(page, code_of(cast["typed"]))
    expect(page.locator("#waiting")).to_have_text("عملية مسح واحدة في الانتظار")
    page.locator("#next").click()
    page.locator("#undo").click()
    expect(page.locator("#waiting")).to_have_text("لا توجد أي عملية مسح في الانتظار")
    live_server.start()


def test_hardware_scanner_types_under_any_layout(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    page = open_scanner(phones(None), live_server, world)
    for char in badge(cast["camera"]):
        page.keyboard.press(f"Digit{char}" if char.isdigit() else f"Key{char}")
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_contain_text("فاطمة الزهراء العلوي")


def test_person_is_found_by_name_and_let_in_by_force(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    page = open_scanner(phones(None), live_server, world)
    page.locator(".scan-live > .scan-acts [data-open=search]").click()
    page.fill("#name-words", "سناء")
    page.locator("#name-found button").click()
    expect(page.locator("#result-word")).to_have_text("تسجيل ملغى")
    page.locator("#force").click()
    expect(page.locator("#result-word")).to_have_text("تفضلوا")
    arrived(page, 1)


def test_walk_in_is_registered_from_the_phone(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    page = open_scanner(phones(None), live_server, world)
    page.locator(".scan-live > .scan-acts [data-open=walk-in]").click()
    page.fill("#walk-name", "لحسن أوزين")
    page.fill("#walk-body", "آيت ملول")
    page.locator("#walk-in-form .btn-main").click()
    expect(page.locator("#result")).to_contain_text("لحسن أوزين")
    arrived(page, 1)


def test_two_phones_with_one_badge_both_hear_who_was_first(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str]
) -> None:
    chromium = phones(None)
    first, second = (open_scanner(chromium, live_server, world, gate) for gate in ("الباب 1", "الباب 2"))
    type_code(first, code_of(cast["typed"]))
    arrived(first, 1)
    type_code(second, code_of(cast["typed"]))
    expect(second.locator("#result-word")).to_have_text("سبق تسجيل الحضور")
    expect(second.locator("#result-detail")).to_contain_text("الباب 1")
    assert rows(Attendance) == 1


def test_phone_that_is_asked_to_leave_hands_in_and_forgets_everybody(
    phones: Callable[..., Chromium], live_server: LiveServer, world: World, cast: dict[str, str], browser: Browser
) -> None:
    page = open_scanner(phones(None), live_server, world)
    with transaction():
        from app.kernel.clock import current_clock

        db.session.query(DoorDevice).one().leave_asked_at = current_clock().real_now()
    expect(page.locator("#closed")).to_be_visible(timeout=2 * PATIENCE)
    kept = page.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const asked = indexedDB.open('liqaa-door-agadir-2022');
            asked.onsuccess = () => done(asked.result);
          });
          const count = (name) => new Promise((done) => {
            const asked = db.transaction(name).objectStore(name).count();
            asked.onsuccess = () => done(asked.result);
          });
          return [await count('lists'), await count('arrived')];
        }"""
    )
    assert kept == [0, 0]
