"""The board and its pages, without a script; and one's own place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.participants.queries.links import participant_token
from app.workshops.models import AssignmentRule, SeatOffer, WorkshopSeat
from tests.client import Browser
from tests.lint import lint_page
from tests.workshops.people import person_of, places, seats, wishing
from tests.world import World

BOARD = "/ar/meetings/agadir-2022/manage/workshops"
PLACE = {"slot": "P1"}


@pytest.fixture
def office(browser: Browser) -> Browser:
    return browser.sign_in("organiser")


def assign(office: Browser) -> str:
    """Work a plan out and accept it; gives the address of the run."""
    run = office.post(f"{BOARD}/solve").headers["Location"]
    office.post(f"{run}/take")
    return run


def token_of(ident: str) -> str:
    with transaction(writes=False):
        return participant_token(person_of(ident))


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_the_board_keep_the_rules_of_pages(office: Browser, world: World, lang: str) -> None:
    places(world, "W1", 1)
    people = [wishing(world, f"شخص {number}", "W1", "W2") for number in range(4)]
    wishing(world, "بلا رغبات")
    board = f"/{lang}{BOARD[3:]}"
    pages = [board]
    pages.append(office.post(f"{BOARD}/solve").headers["Location"].replace("/ar/", f"/{lang}/"))
    for path in pages:
        assert lint_page(office.get(path), lang, values=["شخص 1"]) == []
    office.post(f"{pages[1]}/take")
    moved = office.post(f"{board}/move", {**PLACE, "participant": people[0], "workshop": "W3"}).headers["Location"]
    for path in (board, moved, f"{board}?q=شخص", f"{board}?whole=W2", f"{board}/publish", f"{board}/why/{people[1]}",
                 pages[1]):  # fmt: skip
        answer = office.get(path)
        assert answer.status_code == 200
        assert lint_page(answer, lang, values=["شخص 1"]) == []


def test_move_by_the_menu_says_so_and_is_taken_back_by_its_button(office: Browser, world: World) -> None:
    person = wishing(world, "موحا أمزيل", "W1")
    assign(office)
    answer = office.post(f"{BOARD}/move", {**PLACE, "participant": person, "workshop": "W2"})
    page = office.get(answer.headers["Location"]).get_data(as_text=True)
    assert "تم نقل" in page
    assert seats(world) == {person: "W2"}
    form = re.search(r'id="done".*?</form>', page, re.S)
    assert form is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.group(0)))
    office.post(f"{BOARD}/move", fields)
    assert seats(world) == {person: "W1"}


def test_move_into_a_full_workshop_is_refused_in_words(office: Browser, world: World) -> None:
    places(world, "W1", 1)
    wishing(world, "أول", "W1")
    second = wishing(world, "ثان", "W2")
    assign(office)
    answer = office.post(f"{BOARD}/move", {**PLACE, "participant": second, "workshop": "W1"})
    assert answer.status_code == 422
    assert "اكتملت مقاعد هذه الورشة" in answer.get_data(as_text=True)


def test_script_gets_the_board_alone(office: Browser, world: World) -> None:
    person = wishing(world, "أول", "W1")
    answer = office.client.post(
        f"{BOARD}/move", data={**PLACE, "participant": person, "workshop": "W1", "csrf_token": office.csrf()},
        headers={"HX-Request": "true"}, base_url="http://localhost",
    )  # fmt: skip
    page = answer.get_data(as_text=True)
    assert "<html" not in page
    assert f'id="card-{person}"' in page


def test_fixed_card_shows_its_pin_and_loses_it(office: Browser, world: World) -> None:
    person = wishing(world, "أول", "W1")
    assign(office)
    for locked, shown in (("1", True), ("0", False)):
        office.post(f"{BOARD}/lock", {**PLACE, "participant": person, "locked": locked})
        assert ("card-lock" in office.get(BOARD).get_data(as_text=True)) is shown


def test_reason_names_who_took_the_last_place_and_what_would_change_it(office: Browser, world: World) -> None:
    places(world, "W1", 1)
    wishing(world, "سعيد الطاهري", "W1")
    second = wishing(world, "حسن أيت القاضي", "W1", "W2")
    assign(office)
    first = office.get(f"{BOARD}/why/{second}").get_data(as_text=True)
    text = re.sub(r"<[^>]+>|[\u2068\u2069]", "", first)
    assert "الورشة 2: الرغبة رقم 2" in text
    assert "آخر مقعد أُسند إلى سعيد الطاهري" in text
    assert "تبادل مع سعيد الطاهري" in text
    assert office.get(f"{BOARD}/why/{second}").get_data(as_text=True).count("<li>") == first.count("<li>")


def test_contradiction_is_told_with_the_rules_that_contradict(office: Browser, world: World) -> None:
    people = [wishing(world, f"شخص {number}") for number in range(2)]
    for code, person in zip(("W1", "W2"), people, strict=True):
        office.post(f"{BOARD}/move", {**PLACE, "participant": person, "workshop": code})
    with transaction():
        rule = AssignmentRule(meeting_id=world.things["agadir"], kind="together", participants=people)
        db.session.add(rule)
    page = office.get(office.post(f"{BOARD}/solve").headers["Location"]).get_data(as_text=True)
    assert "المقاعد المثبتة يدويا" in page
    assert "قاعدة الجمع" in page
    assert "أشخاص يجب الجمع بينهم موزعون" in office.get(BOARD).get_data(as_text=True)


def test_more_people_than_places_is_said_in_red_words(office: Browser, world: World) -> None:
    for number in range(2):
        wishing(world, f"شخص {number}", "W1")
    assign(office)
    places(world, "W1", 1)
    page = office.get(BOARD).get_data(as_text=True)
    assert "شخص واحد زائد" in page
    assert "عدد الأشخاص أكبر من عدد المقاعد" in page


def test_rule_by_codes_is_added_and_dropped(office: Browser, world: World) -> None:
    people = [wishing(world, f"شخص {number}") for number in range(2)]
    with transaction(writes=False):
        codes = "، ".join(person_of(one).code.lower() for one in people)
    office.post(f"{BOARD}/rules", {"kind": "together", "codes": codes, "note": "ترجمة"})
    page = office.get(BOARD).get_data(as_text=True)
    assert "ترجمة" in page
    remove = re.findall(r'action="([^"]*/remove)"', page)[0]
    office.post(remove)
    assert "ترجمة" not in office.get(BOARD).get_data(as_text=True)
    assert office.post(f"{BOARD}/rules", {"kind": "apart", "codes": "ZZZZ"}).status_code == 422


def test_own_page_shows_the_workshop_only_once_it_was_published(office: Browser, world: World) -> None:
    person = wishing(world, "أول", "W2", holds_seat=True)
    page = f"/ar/r/{token_of(person)}"
    assign(office)
    assert "ورشاتكم" not in Browser(office.app, world).get(page).get_data(as_text=True)
    office.post(f"{BOARD}/publish")
    shown = Browser(office.app, world).get(page)
    for word in ("ورشاتكم", "الورشة 2", "القاعة 2", "هذه رغبتكم رقم"):
        assert word in shown.get_data(as_text=True)
    assert lint_page(shown, "ar") == []


def test_offered_seat_is_answered_by_the_link(office: Browser, world: World) -> None:
    places(world, "W1", 1)
    first = wishing(world, "أول", "W1")
    second = wishing(world, "ثان", "W1", "W2")
    assign(office)
    office.post(f"{BOARD}/publish")
    with transaction():
        from app.kernel.clock import current_clock
        from app.participants.actions.deciding import cancel
        from tests.workshops.people import organiser

        cancel(participant=person_of(first), actor=organiser(world), clock=current_clock())
    with transaction(writes=False):
        offer = db.session.query(SeatOffer).one().id
    stranger = Browser(office.app, world)
    address = f"/ar/r/{token_of(second)}/seat/{offer}"
    assert lint_page(stranger.get(address), "ar") == []
    assert stranger.get(address.replace(token_of(second), token_of(first))).status_code == 404
    assert stranger.post(address, {"answer": "yes"}).status_code == 303
    assert "تم نقلكم" in stranger.get(address).get_data(as_text=True)
    assert seats(world) == {second: "W1"}


def test_public_agenda_says_what_is_full(office: Browser, world: World) -> None:
    places(world, "W1", 1)
    wishing(world, "أول", "W1")
    wishing(world, "ثان", "W1", "W2")
    assign(office)
    page = Browser(office.app, world).get("/ar/meetings/agadir-2022/agenda").get_data(as_text=True)
    assert "مكتملة" in page
    assert "يفضل هذه الورشة شخص واحد آخر" in page


def test_queries_of_the_board_do_not_grow_with_the_people(office: Browser, world: World, count_queries: Any) -> None:
    numbers = []
    for number in range(4):
        wishing(world, f"شخص {number}", "W1", "W2")
        if number in (0, 3):
            assign(office)
            with count_queries() as found:
                office.get(BOARD)
            numbers.append(len(found))
    assert numbers[0] == numbers[1] <= 45
    with transaction(writes=False):
        assert db.session.query(WorkshopSeat).count() == 4
