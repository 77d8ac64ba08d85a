"""What the public reads: the demonstration's meeting on its pages, filters, calendars, and how much each page costs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import transaction
from app.meetings import actions, exchange, hooks, queries
from app.meetings.models import Meeting
from app.territory import actions as territory
from app.territory.seed import read_seed
from config import ROOT
from tests.client import Browser
from tests.lint import lint_page
from tests.queries import count_queries
from tests.world import World

AFTER = datetime(2022, 4, 5, 12, tzinfo=UTC)


@pytest.fixture
def demonstration(world: World, clock: FixedClock, stage: Callable[..., None]) -> World:
    """The world with the demonstration's meeting beside its own, published, at the address `demo`."""
    stage("demonstration", lambda: load_demonstration(clock))
    clock.moment = AFTER
    return world


def load_demonstration(clock: FixedClock) -> None:
    data = json.loads((ROOT / "app" / "portal" / "demonstration" / "agadir-2022.json").read_text(encoding="utf-8"))
    data["meeting"] |= {"slug": "demo", "phase": "published"}
    data["programme"]["slug"] = "demo"
    with transaction():
        territory.load_bodies(read_seed(), actor=SYSTEM, clock=clock)
        exchange.load(data, actor=SYSTEM, clock=clock)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize(
    "path", ["meetings/demo/", "meetings/demo/article", "meetings/demo/documents", "programmes/demo/"]
)
def test_page_of_the_demonstration_keeps_the_rules_of_pages(
    demonstration: World, browser: Browser, path: str, lang: str
) -> None:
    answer = browser.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []


def test_article_of_the_demonstration_says_what_was_published(demonstration: World, browser: Browser) -> None:
    text = browser.get("/ar/meetings/demo/article").text
    for words in ("تعزيز قدرات الجماعات في تدبير المشاريع", "أضحت الجماعات عبر تطورها شريكا", "التي تمكنهم من اتخاذ",
                  "1 أبريل 2022", "5 محاور أساسية", "103 جماعة", "خاليد سفير", "محمد بنيس"):  # fmt: skip
        assert words in text
    assert "تكنهم" not in text
    order = [
        text.index(word) for word in ("رئاسة اللقاء", "العمال المدراء", "رؤساء الجماعات الترابية", "موظفو الجماعات")
    ]
    assert order == sorted(order)
    assert '<span class="whole">صاحب الجلالة الملك محمد السادس نصره الله</span>' in text


def test_telegram_stands_alone_with_its_formulas_whole(demonstration: World, browser: Browser) -> None:
    with transaction(writes=False):
        meeting = queries.find_meeting("demo")
        assert meeting is not None
        telegram = next(one for one in queries.documents(meeting) if one.kind == "telegram")
        path = f"/ar/meetings/demo/documents/{telegram.id}"
    answer = browser.get(path)
    assert lint_page(answer, "ar") == []
    assert 'إلى <span class="whole">صاحب الجلالة الملك محمد السادس نصره الله</span>' in answer.text
    assert '<span class="whole">خديم الأعتاب الشريفة</span>' in answer.text


def test_documents_keep_the_order_of_the_article(demonstration: World, browser: Browser) -> None:
    text = browser.get("/ar/meetings/demo/documents").text
    titles = ("توصيات اللقاء", "المخطط الاستراتيجي", "برنامج تحسين أداء الجماعات<", "برقية الولاء", "أقوى لحظات اللقاء")
    order = [text.index(title) for title in titles]
    assert order == sorted(order)


def test_document_whose_hour_lies_ahead_is_announced_and_not_opened(
    demonstration: World, browser: Browser, clock: FixedClock
) -> None:
    clock.moment = datetime(2022, 3, 20, tzinfo=UTC)
    with transaction(writes=False):
        meeting = queries.find_meeting("demo")
        assert meeting is not None
        ids = {one.kind: one.id for one in queries.documents(meeting)}
    assert browser.get(f"/ar/meetings/demo/documents/{ids['strategic_plan']}").status_code == 200
    assert browser.get(f"/ar/meetings/demo/documents/{ids['telegram']}").status_code == 404
    assert browser.get("/ar/meetings/demo/article").status_code == 404


def test_programme_shows_what_was_announced_and_what_is_counted(demonstration: World, browser: Browser) -> None:
    text = browser.get("/ar/programmes/demo/").text
    assert text.count("103") >= 2
    assert "لائحة للعرض التجريبي" in text
    for words in ("PAPC", "2019", "البنك الدولي", "المشاريع الفرعية", "النزاهة", "المقاولات"):
        assert words in text
    fewer = browser.get("/ar/programmes/papc/").text
    assert "العدد المعلن <bdi>103</bdi>، والعدد حسب اللائحة <bdi>3</bdi>" in fewer


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [("day=2022-03-25", "14:45", "11:20"), ("day=2022-03-26", "11:30", "14:45"), ("workshop=W1", "الورشة 1</bdi></span>", "الورشة 2</bdi></span>"),
     ("day=yesterday", "14:45", "zzz"), ("day=2022-12-01", "لا شيء يوافق", "14:45")],
)  # fmt: skip
def test_agenda_filtered_in_the_address_shows_only_that(browser: Browser, query: str, seen: str, unseen: str) -> None:
    answer = browser.get(f"/ar/meetings/agadir-2022/agenda?{query}")
    assert lint_page(answer, "ar") == []
    assert seen in answer.text
    assert unseen not in answer.text


def test_sitting_under_way_is_marked_while_it_lasts(browser: Browser, world: World, clock: FixedClock) -> None:
    clock.moment = datetime(2022, 3, 25, 8, 30, tzinfo=UTC)  # 09:30 on the wall at +01.
    assert 'id="now"' in browser.get("/ar/meetings/agadir-2022/").text
    clock.moment = datetime(2022, 3, 25, 9, 0, tzinfo=UTC)
    assert 'id="now"' not in browser.get("/ar/meetings/agadir-2022/").text


def test_public_page_unchanged_answers_304_until_something_public_happens(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    first = browser.get("/ar/meetings/agadir-2022/")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert browser.get("/ar/meetings/agadir-2022/", headers=tag).status_code == 304
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        actions.edit_meeting(meeting, fields={"venue_ar": "قصر المؤتمرات"}, actor=SYSTEM, clock=clock)
    again = browser.get("/ar/meetings/agadir-2022/", headers=tag)
    assert again.status_code == 200
    assert "قصر المؤتمرات" in again.text


@pytest.mark.parametrize(
    ("path", "most"),
    [("meetings/{}/", 13), ("meetings/{}/agenda", 9), ("meetings/{}/documents", 6), ("programmes/{}/", 9)],
)
def test_page_costs_as_many_queries_for_three_rows_as_for_many(
    demonstration: World, browser: Browser, path: str, most: int
) -> None:
    small = path.format("papc" if "programmes" in path else "agadir-2022")
    counts = []
    for address in (small, path.format("demo")):
        browser.get(f"/ar/{address}")
        with count_queries() as made:
            browser.get(f"/ar/{address}")
        counts.append(made.count)
    assert max(counts) <= most
    assert counts[1] <= counts[0] + 1  # A published page also asks for its edition.


def test_agenda_as_a_calendar_keeps_the_hours_on_the_wall(demonstration: World, browser: Browser) -> None:
    answer = browser.get("/ar/meetings/demo/agenda.ics")
    assert answer.mimetype == "text/calendar"
    book: Any = icalendar.Calendar.from_ical(answer.data)
    events = book.walk("VEVENT")
    assert len(events) == 21
    starts = {str(event["SUMMARY"])[:14]: event.decoded("DTSTART") for event in events}
    opening = next(value for name, value in starts.items() if name.startswith("الكلمة الافتت"))
    assert opening.replace(tzinfo=None) == datetime(2022, 3, 25, 9, 5)
    assert opening.utcoffset() == timedelta(hours=1)
    assert b"TZOFFSETTO:+0000" in answer.data  # The hour changed the morning after, at 03:00 on 27 March.


def test_calendar_of_a_changed_sitting_has_a_new_version_of_the_same_entry(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    path = f"/ar/meetings/agadir-2022/agenda/{world.things['agadir.closing36.5']}/calendar.ics"
    first: Any = icalendar.Calendar.from_ical(browser.get(path).data).walk("VEVENT")[0]
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        sitting = queries.find_sitting(meeting, world.things["agadir.closing36.5"])
        actions.save_sitting(
            meeting, sitting, fields={"ends": datetime(2022, 3, 26, 13, 30)}, actor=SYSTEM, clock=clock
        )
    second: Any = icalendar.Calendar.from_ical(browser.get(path).data).walk("VEVENT")[0]
    assert first["UID"] == second["UID"]
    assert int(second["SEQUENCE"]) == int(first["SEQUENCE"]) + 1


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [(datetime(2022, 5, 8, 2, 30), datetime(2022, 5, 8, 3, 30), "hour_missing"),
     (datetime(2022, 5, 8, 9), datetime(2022, 5, 8, 9), "sitting_order"),
     (datetime(2022, 5, 9, 9), datetime(2022, 5, 9, 10), "outside_meeting")],
)  # fmt: skip
def test_sitting_at_an_hour_that_does_not_exist_is_refused(
    world: World, clock: FixedClock, starts: datetime, ends: datetime, code: str
) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        fields = {"starts_on": datetime(2022, 5, 7).date(), "ends_on": datetime(2022, 5, 8).date()}
        actions.edit_meeting(meeting, fields=fields, actor=SYSTEM, clock=clock)
    with pytest.raises(Refusal) as refused, transaction():
        meeting = db.session.get_one(Meeting, world.things["agadir"])
        fields = {"title_ar": "جلسة", "starts": starts, "ends": ends}
        actions.save_sitting(meeting, None, fields=fields, actor=SYSTEM, clock=clock)
    assert refused.value.code == code


def test_places_come_from_the_room_that_counts_them(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshops = {
        world.things["agadir.W1"]: hooks.WorkshopPlaces(12),
        world.things["agadir.W2"]: hooks.WorkshopPlaces(0, would_rather=5),
    }
    monkeypatch.setattr(hooks, "_places", lambda meeting: hooks.Places(320, 38))
    monkeypatch.setattr(hooks, "_workshop_places", lambda meeting: workshops)
    answer = browser.get("/ar/meetings/agadir-2022/")
    assert lint_page(answer, "ar") == []
    for words in ("38", "مكتملة", "بقي <bdi>12</bdi> مقعدا"):
        assert words in answer.text
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = "concluded"
    over = browser.get("/ar/meetings/agadir-2022/").text
    assert "مكتملة" not in over  # Places matter until the doors open.
    assert "بقي <bdi>12</bdi> مقعدا" not in over


def test_programme_page_leads_who_may_to_a_new_meeting_and_shows_them_the_drafts(
    browser: Browser, world: World
) -> None:
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = "draft"
    new, draft = "/ar/programmes/papc/meetings/new", "/ar/meetings/agadir-2022/"
    public = browser.get("/ar/programmes/papc/").text
    assert (new in public, draft in public) == (False, False)
    unit = browser.sign_in("unit").get("/ar/programmes/papc/").text
    assert (new in unit, draft in unit) == (True, True)
