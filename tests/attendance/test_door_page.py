"""The page of the door works without a script: codes, names, force, undo, counters."""

from __future__ import annotations

from typing import Any

import pytest

from app.attendance.models import Attendance
from app.kernel.database import db
from app.kernel.text import fold
from app.kernel.transaction import transaction
from tests.attendance.people import MORNING, add_person, code_of, seat, sitting_key
from tests.client import Browser
from tests.lint import lint_page
from tests.world import World

DOOR = "/ar/meetings/agadir-2022/manage/door"


@pytest.fixture
def desk(browser: Browser) -> Browser:
    return browser.sign_in("desk")


def check_in(desk: Browser, code: str, **more: str) -> Any:
    answer = desk.post(DOOR, {"code": code, "list": MORNING, "gate": "الباب 1", **more})
    assert answer.status_code == 303
    return desk.get(answer.headers["Location"])


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_page_of_the_door_keeps_the_rules_of_pages(desk: Browser, world: World, lang: str) -> None:
    person = add_person(world, folded=fold("فاطمة الزهراء العلوي"))
    seat(world, person)
    check_in(desk, code_of(person))
    check_in(desk, "ZZZZ-ZZZZ")
    for path in (f"/{lang}{DOOR[3:]}", f"/{lang}{DOOR[3:]}?list={MORNING}&q=فاطمة", f"/{lang}{DOOR[3:]}/figures"):
        answer = desk.get(path)
        assert answer.status_code == 200
        assert lint_page(answer, lang, values=["فاطمة الزهراء العلوي"]) == []


def test_typed_code_shows_name_workshop_and_room_large(desk: Browser, world: World) -> None:
    person = add_person(world)
    seat(world, person)
    page = check_in(desk, code_of(person)).get_data(as_text=True)
    for word in ("تفضلوا", "فاطمة الزهراء العلوي", "الورشة 3 · القاعة 3"):
        assert word in page


def test_code_typed_again_says_when_and_where(desk: Browser, world: World) -> None:
    code = code_of(add_person(world))
    check_in(desk, code)
    page = check_in(desk, code, gate="الباب 2").get_data(as_text=True)
    assert "سبق تسجيل الحضور" in page
    # The wall of Agadir was an hour ahead of UTC in March 2022.
    assert "13:00" in page
    assert "الباب 1" in page


def test_cancelled_person_is_let_in_only_by_force(desk: Browser, world: World) -> None:
    code = code_of(add_person(world, status="cancelled"))
    assert "السماح بالدخول رغم ذلك" in check_in(desk, code).get_data(as_text=True)
    assert "تفضلوا" in check_in(desk, code, forced="1").get_data(as_text=True)


def test_person_found_by_name_is_checked_in_and_then_shown_as_in(desk: Browser, world: World) -> None:
    add_person(world, "زهرة بودرار", folded=fold("زهرة بودرار Zahra BOUDRAR"))
    page = desk.get(f"{DOOR}?list={MORNING}&q=boudrar").get_data(as_text=True)
    assert "زهرة بودرار" in page
    code = page.split('name="code" value="')[1].split('"')[0]
    check_in(desk, code)
    assert "الباب 1" in desk.get(f"{DOOR}?list={MORNING}&q=بودرار").get_data(as_text=True)


def test_undo_takes_the_last_arrival_back(desk: Browser, world: World) -> None:
    page = check_in(desk, code_of(add_person(world))).get_data(as_text=True)
    url = page.split('action="')[1:]
    undo = next(part.split('"')[0] for part in url if "/undo/" in part.split('"')[0]).replace("&amp;", "&")
    assert "تم التراجع" in desk.get(desk.post(undo).headers["Location"]).get_data(as_text=True)
    with transaction(writes=False):
        assert db.session.query(Attendance).count() == 0


def test_empty_code_is_said_at_its_field(desk: Browser) -> None:
    answer = desk.post(DOOR, {"code": " ", "list": MORNING})
    assert answer.status_code == 422
    assert "اكتبوا رمز الشارة" in answer.get_data(as_text=True)


def test_door_of_a_workshop_counts_its_seats(desk: Browser, world: World) -> None:
    person = add_person(world)
    seat(world, person, "agadir.W1")
    add_person(world, "بلا مقعد")
    key = sitting_key(world, "agadir.W1")
    desk.post(DOOR, {"code": code_of(person), "list": key})
    page = desk.get(f"{DOOR}?list={key}").get_data(as_text=True)
    assert "<b>1</b>" in page.replace(" ", "").replace("\n", "")


def test_queries_of_the_page_do_not_grow_with_the_people(desk: Browser, world: World, count_queries: Any) -> None:
    numbers = []
    for number in range(3):
        add_person(world, f"شخص {number}", folded=fold(f"شخص {number}"))
        if number in (0, 2):
            with count_queries() as found:
                desk.get(f"{DOOR}?list={MORNING}&q=شخص")
            numbers.append(len(found))
    assert numbers[0] == numbers[1] <= 17
