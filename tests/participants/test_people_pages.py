"""The organiser's list: search across scripts, filters, decisions for many, duplicates, export."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import event, select

from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.participants.models import Participant
from app.participants.queries import duplicates, listing
from app.participants.queries.listing import Wanted
from app.territory.queries import find_body_by_code
from tests.client import Browser
from tests.lint import lint_page
from tests.participants.people import agadir, make_small, register_one, taken
from tests.queries import count_queries
from tests.world import World

BASE = "/{}/meetings/agadir-2022/manage/participants"
PEOPLE = (
    ("فاطمة الزهراء العلوي", "Fatima-Zahra El Alaoui", "elected", "+212661234567", "09.273.01.05"),
    ("أحمد بنعلي", "Ahmed Benali", "president", "+212600000042", "09.001.01.01"),
    ("Claire Dupont", "", "partner", "", ""),
    ("محمد عبد الله الإدريسي", "", "commune_staff", "+212528842233", "09.273.01.13"),
)


def fill(world: World, clock: FixedClock) -> list[str]:
    with transaction():
        return [
            register_one(
                agadir(world), clock, name, latin=latin, category=category, phone=phone,
                body=find_body_by_code(code) if code else None, email=f"p{number}@commune.example",
            ).participant.id
            for number, (name, latin, category, phone, code) in enumerate(PEOPLE)
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("فاطمه العلوى", [0]), ("alaoui", [0]), ("ALAOUI fatima", [0]), ("ايت ملول", [0]), ("Ait Melloul", [0]),
        ("4567", [0]), ("06 61 23 45 67", [0]), ("٤٥٦٧", [0]), ("dupont", [2]), ("عبدالله", [3]), ("عبد الله", [3]),
        ("p1@commune", [1]), ("لا أحد", []),
    ],
)  # fmt: skip
def test_search_finds_people_in_any_script_and_spelling(
    world: World, clock: FixedClock, typed: str, found: list[int]
) -> None:
    ids = fill(world, clock)
    with transaction(writes=False):
        assert [one.id for one in listing.people(agadir(world), Wanted(q=typed)).people] == [ids[n] for n in found]


def test_search_by_code_takes_it_as_it_is_printed(world: World, clock: FixedClock) -> None:
    ids = fill(world, clock)
    with transaction(writes=False):
        person = db.session.get(Participant, ids[1])
        assert person is not None
        for typed in (person.code, f"{person.code[:4]}-{person.code[4:]}", person.code.lower()):
            assert [one.id for one in listing.people(agadir(world), Wanted(q=typed)).people] == [ids[1]]


def test_list_in_order_of_precedence_puts_a_person_s_own_rank_first(world: World, clock: FixedClock) -> None:
    ids = fill(world, clock)
    with transaction():
        partner = db.session.get(Participant, ids[2])
        assert partner is not None
        partner.precedence = 1
    with transaction(writes=False):
        assert [one.id for one in listing.people(agadir(world), Wanted()).people] == [ids[2], ids[1], ids[0], ids[3]]
        by_name = listing.people(agadir(world), Wanted(sort="name")).people
        assert [one.id for one in by_name] == [ids[1], ids[0], ids[3], ids[2]]


@pytest.mark.parametrize("sort", listing.SORTS)
@pytest.mark.parametrize("way", ["up", "down"])
def test_pages_of_the_list_laid_together_are_the_whole_list_in_its_order(
    world: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, sort: str, way: str
) -> None:
    fill(world, clock)
    with transaction():
        for number in range(5):
            # Some are alike in everything but their id, and some lack what the list is ordered by.
            register_one(agadir(world), clock, "محمد العلوي", email=f"m{number}@example.org", phone="",
                         body=find_body_by_code("09.001.01.01") if number % 2 else None)  # fmt: skip
    monkeypatch.setattr(listing, "PAGE", 2)
    with transaction(writes=False):
        asked = Wanted(sort=sort, way=way)
        whole = listing.ids(agadir(world), asked)
        pages = [listing.people(agadir(world), asked.having(page=number)) for number in range(1, 6)]
        assert [one.id for page in pages for one in page.people] == whole
        assert {page.total for page in pages} == {len(whole)} == {9}


@pytest.mark.parametrize(("page", "shown"), [(1, 0), (2, 2), (3, 4), (9, 4)])
def test_page_of_a_search_is_found_with_its_number_of_people_and_the_last_stands_for_those_after_it(
    world: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, page: int, shown: int
) -> None:
    with transaction():
        for number in range(5):
            register_one(agadir(world), clock, f"مشارك {number}", email=f"m{number}@example.org", phone="")
    monkeypatch.setattr(listing, "PAGE", 2)
    with transaction(writes=False):
        meeting, asked = agadir(world), Wanted(q="مشارك", sort="name", page=page)
        with count_queries() as counted:
            found = listing.people(meeting, asked)
        assert [one.id for one in found.people] == listing.ids(meeting, asked)[shown : shown + 2]
        assert (found.total, found.page) == (5, min(page, 3))
        assert counted.count == 4
        assert listing.people(meeting, Wanted(q="لا أحد", page=page)).total == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Wanted(category="elected"), [0]), (Wanted(status="confirmed"), [1, 0, 3, 2]), (Wanted(status="cancelled"), []),
        (Wanted(lack="body"), [2]), (Wanted(lack="latin"), [3]), (Wanted(source="form", q="dupont"), [2]),
    ],
)  # fmt: skip
def test_list_filtered_by_the_words_of_the_address(
    world: World, clock: FixedClock, asked: Wanted, found: list[int]
) -> None:
    ids = fill(world, clock)
    with transaction(writes=False):
        page = listing.people(agadir(world), asked)
        assert ([one.id for one in page.people], page.total) == ([ids[n] for n in found], len(found))


def test_list_filtered_by_region_holds_the_communes_inside(world: World, clock: FixedClock) -> None:
    ids = fill(world, clock)
    with transaction(writes=False):
        found = listing.people(agadir(world), Wanted(region=world.things["09"])).people
        assert {one.id for one in found} == {ids[0], ids[1], ids[3]}
        assert listing.people(agadir(world), Wanted(region=world.things["03"])).people == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions_however_many_people(
    world: World, clock: FixedClock, browser: Browser, count: int
) -> None:
    with transaction():
        for number in range(count):
            register_one(agadir(world), clock, f"مشارك {number}", wishes=(world.things["agadir.W1"],),
                         body=find_body_by_code("09.001.01.01"))  # fmt: skip
    own = browser.sign_in("organiser")
    own.get(BASE.format("ar"))
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    own.get(BASE.format("ar"), headers={"HX-Request": "true", "HX-Target": "people-list"})
    # The session's row with its account and grants, the meeting, then: count, order, page, wishes, categories.
    assert len([one for one in asked if one.startswith("SELECT")]) == 8
    asked.clear()
    own.get(BASE.format("ar"))
    # The whole page asks further what stands round the table.
    assert len([one for one in asked if one.startswith("SELECT")]) == 14


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_the_list_pass_the_lint(world: World, clock: FixedClock, browser: Browser, lang: str) -> None:
    own = browser.sign_in("organiser")
    assert lint_page(own.get(BASE.format(lang)), lang) == []
    ids = fill(world, clock)
    with transaction():
        register_one(agadir(world), clock, "فاطمه الزهراء العلوى", latin="Fatima Zahra Alaoui", phone="+212661234567",
                     email="other@commune.example")  # fmt: skip
    for path in ("", "?q=alaoui", "?status=cancelled", f"/{ids[0]}", "/duplicates", "/new", f"/{ids[0]}/edit",
                 f"/{ids[0]}/cancel", f"/{ids[0]}/decline", f"/{ids[0]}/delegate", f"/{ids[0]}/erase",
                 f"/{ids[0]}/merge/{ids[1]}"):  # fmt: skip
        page = own.get(BASE.format(lang) + path)
        assert (page.status_code, lint_page(page, lang, values=[PEOPLE[0][0]])) == (200, []), path
    fragment = own.get(BASE.format(lang), headers={"HX-Request": "true", "HX-Target": "people-list"})
    assert "<html" not in fragment.text


def test_decision_for_many_shows_who_is_hit_then_acts_and_goes_back(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    ids = fill(world, clock)
    own = browser.sign_in("organiser")
    asked = own.post(BASE.format("ar") + "/bulk", {"act": "cancel", "id": ids[:2]})
    assert (asked.status_code, PEOPLE[0][0] in asked.text, PEOPLE[2][0] in asked.text) == (200, True, False)
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 4
    done = own.post(BASE.format("ar") + "/bulk", {"act": "cancel", "id": ids[:2], "sure": "yes"})
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 2
    token = re.search(r'name="token" value="([^"]+)"', done.text)
    assert token is not None
    own.post(BASE.format("ar") + "/bulk/undo", {"token": token.group(1)})
    with transaction(writes=False):
        states = db.session.scalars(select(Participant.status)).all()
        assert (set(states), taken(world.things["agadir"])) == ({"confirmed"}, 4)


def test_category_changed_for_all_found_and_taken_back(world: World, clock: FixedClock, browser: Browser) -> None:
    fill(world, clock)
    own = browser.sign_in("organiser")

    done = own.post(BASE.format("ar") + "/bulk", {"act": "category", "new_category": "guest", "all": "yes", "sure": "yes",
                                                  "q": "ايت"})  # fmt: skip
    with transaction(writes=False):
        assert sorted(db.session.scalars(select(Participant.category))) == [
            "commune_staff",
            "guest",
            "partner",
            "president",
        ]
    token = re.search(r'name="token" value="([^"]+)"', done.text)
    assert token is not None
    own.post(BASE.format("ar") + "/bulk/undo", {"token": token.group(1)})
    with transaction(writes=False):
        assert sorted(db.session.scalars(select(Participant.category)))[1] == "elected"


def test_undo_of_a_cancellation_waits_when_the_seat_is_gone(world: World, clock: FixedClock, browser: Browser) -> None:
    ids = fill(world, clock)
    own = browser.sign_in("organiser")
    with transaction():
        make_small(agadir(world), 4)
        register_one(agadir(world), clock, "منتظر")
    done = own.post(BASE.format("ar") + "/bulk", {"act": "decline", "id": ids[0], "sure": "yes"})
    token = re.search(r'name="token" value="([^"]+)"', done.text)
    assert token is not None
    own.post(BASE.format("ar") + "/bulk/undo", {"token": token.group(1)})
    with transaction(writes=False):
        person = db.session.get(Participant, ids[0])
        assert person is not None
        assert (person.status, taken(world.things["agadir"])) == ("waitlisted", 4)


def test_two_rows_of_one_person_are_proposed_with_reasons_and_merged(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    ids = fill(world, clock)
    with transaction():
        twin = register_one(agadir(world), clock, "Fatima Zahra EL ALAOUI", phone="+212661234567", email="",
                            post="مستشارة").participant.id  # fmt: skip
    with transaction(writes=False):
        pairs = duplicates.pairs(agadir(world))
        assert [({one.first, one.second}, one.reasons) for one in pairs] == [({ids[0], twin}, ("name", "phone"))]
        person = db.session.get(Participant, ids[0])
        assert person is not None
        assert len(duplicates.pairs_of(agadir(world), person)) == 1
    own = browser.sign_in("organiser")
    answer = own.post(f"{BASE.format('ar')}/{ids[0]}/merge/{twin}", {"side-post": "gone", "side-email": "kept"})
    assert answer.status_code == 303
    with transaction(writes=False):
        kept, gone = db.session.get(Participant, ids[0]), db.session.get(Participant, twin)
        assert kept is not None
        assert gone is not None
        assert (kept.post, kept.name_ar, kept.email) == ("مستشارة", PEOPLE[0][0], "p0@commune.example")
        assert (gone.status, taken(world.things["agadir"])) == ("cancelled", 4)


def test_two_people_kept_apart_are_not_proposed_again(world: World, clock: FixedClock, browser: Browser) -> None:
    ids = fill(world, clock)
    with transaction():
        twin = register_one(
            agadir(world), clock, "Fatima Zahra El Alaoui", phone="+212661234567", email=""
        ).participant.id
    own = browser.sign_in("organiser")
    own.post(f"{BASE.format('ar')}/{ids[0]}/apart/{twin}")
    with transaction(writes=False):
        assert duplicates.pairs(agadir(world)) == []


def test_export_holds_what_the_address_filters_and_no_formula(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    fill(world, clock)
    with transaction():
        register_one(agadir(world), clock, "=HYPERLINK(1)", category="elected", email="x@commune.example")
    own = browser.sign_in("organiser")
    book = openpyxl.load_workbook(BytesIO(own.get(BASE.format("ar") + "/export.xlsx?category=elected").data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 3
    assert not any(str(cell).startswith("=") for row in rows for cell in row)
    assert "+212661234567" in {cell for row in rows for cell in row}
    text = own.get(BASE.format("fr") + "/export.csv").data.decode("utf-8-sig")
    assert len(text.splitlines()) == 6
    assert own.get(BASE.format("ar") + "/list.pdf").data.startswith(b"%PDF")


def test_view_saved_belongs_to_whoever_saved_it(world: World, clock: FixedClock, browser: Browser) -> None:
    own = browser.sign_in("organiser")
    own.post(BASE.format("ar") + "/views", {"name": "المنتخبون", "query": "category=elected&page=9&evil=1"})
    assert "?category=elected" in own.get(BASE.format("ar")).text
    assert own.post(BASE.format("ar") + "/columns", {"column": ["code", "phone", "nothing"]}).status_code == 303
    assert own.get(BASE.format("ar")).status_code == 200


def test_organiser_adds_edits_and_decides_on_the_pages(world: World, clock: FixedClock, browser: Browser) -> None:
    own = browser.sign_in("organiser")
    person = {"name": "أحمد بنعلي", "category": "president", "language": "ar", "address_form": "m", "body": "",
              "email": "", "phone": "", "precedence": "٣"}  # fmt: skip
    made = own.post(BASE.format("ar") + "/new", person)
    assert made.status_code == 303, made.text
    assert own.post(BASE.format("ar") + "/new", person).status_code == 422
    home = made.location
    assert own.post(f"{home}/edit", person | {"post": "رئيس"}).status_code == 303
    with transaction(writes=False):
        row = db.session.scalars(select(Participant)).one()
        assert (row.precedence, row.post, row.status) == (3, "رئيس", "confirmed")
    assert own.post(f"{home}/decline", {"reason": "سفر"}).status_code == 303
    assert "سفر" in own.get(home).text
    assert own.post(f"{home}/confirm").status_code == 303
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 1
