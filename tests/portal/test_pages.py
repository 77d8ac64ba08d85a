"""Home, the pages about the platform, the dashboard and the journal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import event

from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.portal import wording
from app.portal.demonstration.state import MOMENTS
from tests.client import Browser
from tests.world import World

PUBLIC = ("/", "/about", "/accessibility", "/privacy", "/open-data", "/contact", "/gallery", "/demo")


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_public_pages_keep_the_rules_of_pages(browser: Browser, lang: str, path: str) -> None:
    assert browser.get(f"/{lang}{path}").status_code == 200


@pytest.mark.parametrize("asked", [("fr-FR,fr;q=0.9", "/fr/"), ("de", "/ar/"), ("en", "/en/")])
def test_root_leads_to_the_language_of_the_browser(browser: Browser, asked: tuple[str, str]) -> None:
    answer = browser.get("/", headers={"Accept-Language": asked[0]})
    assert answer.headers["Location"] == asked[1]


@pytest.mark.parametrize("phase", ["draft", "open", "closed", "running", "concluded", "published", "archived"])
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_dashboard_in_every_phase_keeps_the_rules_of_pages(
    browser: Browser, world: World, lang: str, phase: str
) -> None:
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = phase
    assert browser.sign_in("organiser").get(f"/{lang}/meetings/agadir-2022/manage/").status_code == 200


def test_dashboard_asks_a_fixed_number_of_queries(browser: Browser, world: World, clock: FixedClock) -> None:
    browser.sign_in("organiser")
    counts = []
    for acts in (1, 6):
        with transaction():
            meeting = db.session.get_one(Meeting, world.things["agadir"])
            for _ in range(acts):
                journal.record("meeting.changed", meeting, actor=SYSTEM, clock=clock, meeting=meeting)
        seen: list[str] = []
        note = lambda *args, seen=seen: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", note)
        browser.get("/ar/meetings/agadir-2022/manage/")
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len([one for one in seen if one.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_journal_page_shows_the_latest_and_goes_on(browser: Browser, world: World, clock: FixedClock) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        for number in range(105):
            journal.record("meeting.changed", meeting, actor=SYSTEM, clock=clock, meeting=meeting, values={"n": number})
    first = browser.sign_in("organiser").get("/ar/meetings/agadir-2022/manage/journal").get_data(as_text=True)
    assert first.count("<tr>") == 101
    assert "before=6" in first
    rest = browser.get("/ar/meetings/agadir-2022/manage/journal?before=6").get_data(as_text=True)
    assert rest.count("<tr>") == 6


def test_unknown_kind_of_act_still_has_words() -> None:
    assert wording.sentence("nothing.known") == wording.sentence("other.thing")


def test_moments_are_the_six_of_the_demonstration_in_their_order() -> None:
    assert list(MOMENTS) == ["invitations", "eve", "day1", "plenary", "published", "one-year-later"]
    walls = [moment.wall for moment in MOMENTS.values()]
    assert walls == sorted(walls)


def test_every_kind_of_act_in_the_program_has_words_of_its_own() -> None:
    kinds = set()
    for path in Path("app").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        kinds |= set(re.findall(r'journal\.record\(\s*"([a-z_]+\.[a-z_]+)"', source))
    assert kinds
    assert sorted(kind for kind in kinds if wording.sentence(kind) == wording.sentence("nothing.known")) == []


@pytest.mark.parametrize(
    ("person", "places"),
    [
        ("organiser", ["meetings/agadir-2022/manage/"]), ("desk", ["meetings/agadir-2022/manage/door"]),
        ("secretary", ["meetings/agadir-2022/manage/plenary"]),
        ("rapporteur", ["meetings/agadir-2022/workshops/W1/capture"]),
        ("coordinator", ["meetings/agadir-2022/workshops/W1/review"]), ("officer", ["my-commune"]),
        ("official", ["my-commune"]), ("unit", ["programmes/papc/"]), ("admin", ["manage/accounts"]), ("nobody", []),
    ],
)  # fmt: skip
def test_home_leads_everybody_to_the_work_of_their_roles(browser: Browser, person: str, places: list[str]) -> None:
    html = browser.sign_in(person).get("/ar/").text
    _before, found, rest = html.partition('id="work"')
    links = re.findall(r'<a href="/ar/([^"]+)"', rest.partition("</section>")[0])
    assert (bool(found), links) == (bool(places), places)
    for place in places:
        assert browser.get(f"/ar/{place}", follow_redirects=True).status_code == 200


def test_home_of_the_public_names_no_workplace(browser: Browser) -> None:
    assert 'id="work"' not in browser.get("/ar/").text


def rail(browser: Browser, path: str) -> list[str]:
    """The addresses of the side navigation, and the one that is current, marked."""
    nav = browser.get(path).text.partition('id="app-nav"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]+)"', nav)


def test_rail_of_a_workshop_has_the_pages_of_its_people(browser: Browser) -> None:
    place = "/ar/meetings/agadir-2022/workshops/W1"
    links = rail(browser.sign_in("coordinator"), f"{place}/review")
    assert links[:2] == [f"{place}/review", f"{place}/capture"]


@pytest.mark.parametrize("path", ["/ar/manage/accounts", "/ar/manage/accounts/new", "/ar/territory/bodies"])
def test_rail_of_the_administrator_has_the_pages_of_the_platform(browser: Browser, path: str) -> None:
    links = rail(browser.sign_in("admin"), path)
    assert links == ["/ar/manage/accounts", "/ar/territory/bodies", "/ar/territory/days-off"]
