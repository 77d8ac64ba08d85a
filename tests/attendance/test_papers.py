"""Badges, sheets and certificates: who is on them, in which order, and what their codes hold."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.participants.models import Participant
from app.participants.queries.links import participant_token
from tests.attendance.people import MORNING, add_person, badge, code_of, seat, sitting_key
from tests.client import Browser
from tests.lint import lint_page
from tests.paper.reading import codes_on, pages_of, text_of, words_of
from tests.world import World

MANAGE = "/ar/meetings/agadir-2022/manage"


@pytest.fixture
def desk(browser: Browser) -> Browser:
    return browser.sign_in("organiser")


@pytest.fixture
def crowd(world: World) -> dict[str, str]:
    """Three people of three categories, with a delegate for the president, in no order of precedence."""
    people = {
        "elected": add_person(world, "موحا أمزيل", name_latin="Mouha AMZIL", address_form="m"),
        "chair": add_person(world, "رئيس اللقاء", category="chair", body_id=None, body_text="وزارة الداخلية"),
        "titular": add_person(world, "مليكة أوشن", category="president", status="represented", address_form="f"),
    }
    people["delegate"] = add_person(world, "إبراهيم أوشن", category="president", titular_id=people["titular"])
    seat(world, people["elected"], "agadir.W2")
    return people


def pdf(desk: Browser, path: str) -> bytes:
    answer = desk.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.get_data(as_text=True)[:300]
    return answer.get_data()


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_badges_and_attendance_keep_the_rules_of_pages(
    desk: Browser, crowd: dict[str, str], lang: str
) -> None:
    manage = f"/{lang}{MANAGE[3:]}"
    desk.post(f"{manage}/attendance/{crowd['chair']}?list={MORNING}", {"presence": "present"})
    for path in (f"{manage}/badges", f"{manage}/badges?new=1&category=guest", f"{manage}/attendance",
                 f"{manage}/attendance?list={MORNING}&state=present"):  # fmt: skip
        answer = desk.get(path)
        assert answer.status_code == 200
        assert lint_page(answer, lang, values=["موحا أمزيل"]) == []


@pytest.mark.parametrize("sheet", [4, 8])
def test_badges_carry_names_role_workshop_and_the_code_a_scanner_reads(
    desk: Browser, crowd: dict[str, str], sheet: int
) -> None:
    made = pdf(desk, f"{MANAGE}/badges.pdf?sheet={sheet}")
    words = words_of(made)
    for word in ("أمزيل", "AMZIL", "القاعة", code_of(crowd["elected"])[:4]):
        assert word in words
    assert codes_on_first(made) == sorted(badge(crowd[name]) for name in ("elected", "chair", "delegate"))


def codes_on_first(made: bytes) -> list[str]:
    return codes_on(pages_of(made, dpi=150)[0])


def test_badges_noted_as_printed_are_new_again_only_when_they_change(
    desk: Browser, crowd: dict[str, str], world: World
) -> None:
    assert desk.post(f"{MANAGE}/badges/printed").status_code == 303
    seat(world, crowd["chair"], "agadir.W1")
    assert codes_on_first(pdf(desk, f"{MANAGE}/badges.pdf?new=1")) == [badge(crowd["chair"])]
    desk.post(f"{MANAGE}/badges/printed")
    assert desk.get(f"{MANAGE}/badges.pdf?new=1").status_code == 409


def test_filter_of_badges_keeps_category_and_workshop(desk: Browser, crowd: dict[str, str]) -> None:
    assert codes_on_first(pdf(desk, f"{MANAGE}/badges.pdf?workshop=W2")) == [badge(crowd["elected"])]
    assert codes_on_first(pdf(desk, f"{MANAGE}/badges.pdf?category=chair")) == [badge(crowd["chair"])]


def test_attendance_sheet_stands_in_the_order_of_precedence(desk: Browser, crowd: dict[str, str]) -> None:
    words = text_of(pdf(desk, f"{MANAGE}/signature.pdf?list={MORNING}"))
    places = [words.index(name) for name in ("رئيس اللقاء", "مليكة", "أمزيل")]
    assert places == sorted(places)
    assert "إبراهيم" in words
    assert "وزارة الداخلية" in words


def test_own_precedence_goes_before_the_name(desk: Browser, world: World) -> None:
    add_person(world, "أحمد بنعلي")
    add_person(world, "يوسف المرابط", precedence=1)
    words = text_of(pdf(desk, f"{MANAGE}/signature.pdf?day=2022-03-25"))
    assert words.index("المرابط") < words.index("بنعلي")


def test_sheet_of_a_workshop_lists_who_has_a_seat_there(desk: Browser, crowd: dict[str, str], world: World) -> None:
    words = text_of(pdf(desk, f"{MANAGE}/signature.pdf?list={sitting_key(world, 'agadir.W2')}"))
    assert "أمزيل" in words
    assert "مليكة" not in words


def test_name_tents_have_a_page_a_person(desk: Browser, crowd: dict[str, str]) -> None:
    assert len(pages_of(pdf(desk, f"{MANAGE}/tents.pdf"), dpi=30)) == 3


def test_own_badge_is_downloaded_by_the_link_and_only_by_whoever_has_a_place(
    desk: Browser, crowd: dict[str, str], world: World
) -> None:
    def address(name: str) -> str:
        with transaction(writes=False):
            return f"/fr/r/{participant_token(db.session.get_one(Participant, crowd[name]))}/badge.pdf"

    stranger = Browser(desk.app, world)
    assert codes_on_first(pdf(stranger, address("elected"))) == [badge(crowd["elected"])]
    assert stranger.get(address("titular")).status_code == 404


def test_certificates_are_made_for_who_was_there(desk: Browser, crowd: dict[str, str], world: World) -> None:
    assert desk.get(f"{MANAGE}/certificates.pdf").status_code == 409
    for name in ("elected", "chair"):
        desk.post(f"{MANAGE}/attendance/{crowd[name]}?list={MORNING}", {"presence": "present"})
    made = pdf(desk, f"{MANAGE}/certificates.pdf")
    assert len(pages_of(made, dpi=30)) == 2
    assert "شهادة مشاركة" in text_of(made)
    with transaction(writes=False):
        own = f"/ar/r/{participant_token(db.session.get_one(Participant, crowd['elected']))}/certificate.pdf"
    assert "أمزيل" in text_of(pdf(Browser(desk.app, world), own))


def states(desk: Browser) -> dict[str, Any]:
    sheet = load_workbook(BytesIO(desk.get(f"{MANAGE}/attendance.xlsx").get_data())).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    return {str(row[2]): row[5] for row in rows[1:]}


def test_titular_whose_delegate_came_is_represented(desk: Browser, crowd: dict[str, str]) -> None:
    desk.post(f"{MANAGE}/door", {"code": code_of(crowd["delegate"]), "list": MORNING})
    found = states(desk)
    assert (found["مليكة أوشن"], found["إبراهيم أوشن"], found["موحا أمزيل"]) == ("حضور بالإنابة", "حضور", None)


def test_who_was_not_seen_is_absent_once_the_half_day_is_over(desk: Browser, crowd: dict[str, str], clock: Any) -> None:
    from datetime import UTC, datetime

    clock.moment = datetime(2022, 3, 25, 20, tzinfo=UTC)
    desk.post(f"{MANAGE}/attendance/{crowd['chair']}?list={MORNING}", {"presence": "excused"})
    found = states(desk)
    assert (found["رئيس اللقاء"], found["موحا أمزيل"]) == ("غياب بعذر", "غياب")


def test_mark_by_hand_is_replaced_by_the_scan_of_who_comes_after_all(desk: Browser, crowd: dict[str, str]) -> None:
    desk.post(f"{MANAGE}/attendance/{crowd['elected']}?list={MORNING}", {"presence": "excused"})
    desk.post(f"{MANAGE}/door", {"code": code_of(crowd["elected"]), "list": MORNING})
    assert states(desk)["موحا أمزيل"] == "حضور"
    desk.post(f"{MANAGE}/attendance/{crowd['elected']}?list={MORNING}", {"presence": ""})
    assert states(desk)["موحا أمزيل"] is None


def test_queries_of_the_overview_do_not_grow_with_the_people(desk: Browser, world: World, count_queries: Any) -> None:
    numbers = []
    for number in range(3):
        add_person(world, f"شخص {number}")
        if number in (0, 2):
            with count_queries() as found:
                desk.get(f"{MANAGE}/attendance?list={MORNING}")
            numbers.append(len(found))
    assert numbers[0] == numbers[1] <= 20
