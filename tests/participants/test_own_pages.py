"""One's own link: change, delegate, withdraw, calendar, data, erasure; and the end of the time of keeping."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from sqlalchemy import select, text

from app.jobs.models import OutboxMail
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.languages import t
from app.kernel.transaction import transaction
from app.participants.actions import delegating, erasing
from app.participants.models import Participant
from app.participants.queries import links
from app.territory.queries import find_body_by_code
from tests.client import Browser
from tests.lint import lint_page
from tests.participants.people import agadir, details, holder, make_small, register_one, taken
from tests.world import World

NAME = "فاطمة الزهراء العلوي"


def one(world: World, clock: FixedClock, **more: Any) -> tuple[str, str]:
    """The id and the token of somebody registered."""
    with transaction():
        given = {"email": "f@commune.example", "phone": "+212661234567", "body": find_body_by_code("09.273.01.05"),
                 "wishes": (world.things["agadir.W2"], world.things["agadir.W1"])} | more  # fmt: skip
        person = register_one(agadir(world), clock, NAME, **given).participant
        return person.id, links.participant_token(person)


def form(world: World, **more: Any) -> dict[str, Any]:
    return {"name": NAME, "name_latin": "", "address_form": "f", "language": "ar", "category": "guest",
            "body": "آيت ملول", "body_id": world.things["09.273.01.05"], "email": "f@commune.example",
            "phone": "0661234567", "any_workshop": "y"} | more  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_page_of_one_s_own_link_passes_the_lint(
    world: World, clock: FixedClock, browser: Browser, lang: str
) -> None:
    _ident, token = one(world, clock)
    for path in ("", "/change", "/delegate", "/withdraw", "/data", "/erase"):
        page = browser.get(f"/{lang}/r/{token}{path}")
        assert (page.status_code, lint_page(page, lang, values=[NAME])) == (200, []), path


def test_link_altered_or_made_void_opens_nothing(world: World, clock: FixedClock, browser: Browser) -> None:
    ident, token = one(world, clock)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), ident, f"{ident}."):
        assert browser.get(f"/ar/r/{wrong}").status_code == 404
    with transaction():
        person = db.session.get(Participant, ident)
        assert person is not None
        person.link_version += 1
    assert browser.get(f"/ar/r/{token}").status_code == 404


def test_change_by_link_keeps_the_category_and_lands_in_the_history(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    ident, token = one(world, clock)
    answer = browser.post(f"/ar/r/{token}/change", form(world, post="نائبة الرئيس"))
    assert answer.status_code == 303, answer.text
    with transaction(writes=False):
        person = db.session.get(Participant, ident)
        assert person is not None
        assert (person.post, person.category, person.wishes) == ("نائبة الرئيس", "elected", [])
        line = journal.history("participant", ident)[0]
        assert (line.kind, "post" in line.fields, line.actor_kind) == ("participant.changed", True, "link")
    bad = browser.post(f"/ar/r/{token}/change", form(world, phone="06 00"))
    assert (bad.status_code, 'value="06 00"' in bad.text) == (422, True)


def test_delegate_gets_the_seat_a_code_and_a_mail_and_the_titular_may_come_back(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    ident, token = one(world, clock)
    sent = browser.post(f"/ar/r/{token}/delegate", {"name": "سعيد الطاهري", "category": "elected", "language": "fr",
                                                    "email": "s@commune.example", "address_form": "m"})  # fmt: skip
    assert sent.status_code == 303, sent.text
    with transaction(writes=False):
        titular = db.session.get(Participant, ident)
        person = db.session.scalar(select(Participant).where(Participant.titular_id == ident))
        assert titular is not None
        assert person is not None
        assert (titular.status, titular.holds_seat, person.status, person.holds_seat) == (
            "represented", False, "confirmed", True)  # fmt: skip
        assert taken(world.things["agadir"]) == 1
        mails = {mail.to: mail for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))}
        assert set(mails) == {"f@commune.example", "s@commune.example"}
        assert "سعيد الطاهري" in mails["f@commune.example"].text
    page = browser.get(f"/ar/r/{token}")
    assert lint_page(page, "ar", values=[NAME, "سعيد الطاهري"]) == []
    assert browser.post(f"/ar/r/{token}/return").status_code == 303
    with transaction(writes=False):
        states = [person.status for person in db.session.scalars(select(Participant).order_by(Participant.id))]
        assert (states, taken(world.things["agadir"])) == (["confirmed", "cancelled"], 1)


def test_delegate_sends_nobody_in_turn(world: World, clock: FixedClock, browser: Browser) -> None:
    ident, _token = one(world, clock)
    with transaction():
        titular = db.session.get(Participant, ident)
        assert titular is not None
        person = delegating.delegate(titular=titular, details=details("نائب"), actor=holder(titular), clock=clock)
        own = links.participant_token(person)
    assert "<form" not in browser.get(f"/ar/r/{own}/delegate").text
    assert browser.post(f"/ar/r/{own}/delegate").status_code == 422


def test_withdrawal_frees_the_seat_and_its_calendar_file_removes_the_entry(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    _ident, token = one(world, clock)
    before = icalendar.Calendar.from_ical(browser.get(f"/ar/r/{token}/calendar.ics").data)
    assert browser.post(f"/ar/r/{token}/withdraw", {"reason": "سفر"}).status_code == 303
    assert browser.post(f"/ar/r/{token}/withdraw", {}).status_code == 303
    after = icalendar.Calendar.from_ical(browser.get(f"/ar/r/{token}/calendar.ics").data)
    assert (before["method"], after["method"]) == ("PUBLISH", "CANCEL")
    first, second = before.walk("VEVENT")[0], after.walk("VEVENT")[0]
    assert (first["uid"], second["sequence"] > first["sequence"]) == (second["uid"], True)
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 0
        templates = [mail.template for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
        assert templates == ["participants/confirmation", "participants/ended"]


def test_link_changes_nothing_once_the_meeting_runs(world: World, clock: FixedClock, browser: Browser) -> None:
    _ident, token = one(world, clock)
    with transaction():
        agadir(world).phase = "running"
    for path in ("change", "delegate"):
        assert browser.post(f"/ar/r/{token}/{path}", form(world)).status_code == 422
        for lang in ("ar", "fr", "en"):
            page = browser.get(f"/{lang}/r/{token}/{path}")
            assert (page.status_code, "<form" in page.text) == (200, False)
            assert t.plain("error.too_late_by_link", lang=lang) in page.text
            assert f'href="/{lang}/r/{token}"' in page.text
    assert browser.post(f"/ar/r/{token}/withdraw").status_code == 303


def test_own_data_hold_everything_that_is_kept(world: World, clock: FixedClock, browser: Browser) -> None:
    _ident, token = one(world, clock)
    data = json.loads(browser.get(f"/ar/r/{token}/data.json").data)
    assert data["registration"]["name_ar"] == NAME
    assert len(data["registration"]["wishes"]) == 2
    assert (data["history"][0]["what"], len(data["mails"])) == ("participant.registered", 1)


def _everything(*words: str) -> list[str]:
    """The tables in which one of the words still stands."""
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
            said = " ".join(str(value) for value in row.values())
            found += [table.name for word in words if word in said]
    return found


def test_erasure_leaves_no_trace_of_the_person_and_passes_the_place_on(
    world: World, clock: FixedClock, browser: Browser
) -> None:
    with transaction():
        make_small(agadir(world), 1)
    sent = browser.post("/ar/meetings/agadir-2022/register/send", {
        "name": NAME, "address_form": "f", "language": "ar", "category": "elected", "body": "آيت ملول",
        "email": "f.alaoui@commune.example", "phone": "0661234567", "seen": "check", "step": "check",
        "_key": "0190a0a0-0000-7000-8000-000000000009"})  # fmt: skip
    token = sent.location.rsplit("/", 1)[1]
    with transaction():
        waiting = register_one(agadir(world), clock, "منتظر").participant.id
    browser.post(f"/ar/r/{token}/change", form(world, post="نائبة", email="f.alaoui@commune.example"))
    with transaction(writes=False):
        assert _everything(NAME, "f.alaoui", "661234567") != []
    done = browser.post(f"/ar/r/{token}/erase")
    assert (done.status_code, lint_page(done, "ar")) == (200, [])
    with transaction(writes=False):
        assert _everything(NAME, "f.alaoui", "661234567", token.split(".")[1]) == []
        person = db.session.get(Participant, waiting)
        assert person is not None
        assert (person.status, taken(world.things["agadir"])) == ("confirmed", 1)
        assert journal.verify()[1] == []
    assert browser.get(f"/ar/r/{token}").status_code == 404


def test_names_go_when_the_time_of_keeping_is_over_and_states_stay(world: World, clock: FixedClock) -> None:
    one(world, clock)
    with transaction():
        meeting = agadir(world)
        meeting.published_on = date(2022, 4, 1)
        assert erasing.kept_until(meeting) == date(2023, 4, 1)
        clock.moment = datetime(2023, 4, 2, tzinfo=UTC)
        assert erasing.anonymise(meeting=meeting, actor=SYSTEM, clock=clock) == 1
        assert erasing.anonymise(meeting=meeting, actor=SYSTEM, clock=clock) == 0
    with transaction(writes=False):
        assert _everything(NAME, "f@commune.example") == []
        person = db.session.scalars(select(Participant)).one()
        assert (person.status, person.category, person.name) == ("confirmed", "elected", "")
