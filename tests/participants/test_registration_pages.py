"""Registration as a visitor without JavaScript meets it: four steps, a check, one confirmation whatever is repeated."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.jobs.models import OutboxMail
from app.kernel.clock import FixedClock
from app.kernel.database import db, new_id
from app.kernel.text import fold
from app.kernel.transaction import transaction
from app.participants.models import Participant
from app.participants.queries import links
from app.territory.models import Body
from tests.client import Browser
from tests.lint import lint_page
from tests.participants.people import agadir, make_small, register_one, taken
from tests.queries import count_queries
from tests.world import World

PAGE = "/{}/meetings/agadir-2022/register"
NAME = "فاطمة الزهراء العلوي"


def said(**more: Any) -> dict[str, Any]:
    """What a visitor has typed by the last step."""
    fields = {
        "name": NAME, "name_latin": "Fatima-Zahra El Alaoui", "address_form": "f", "rank": "", "language": "ar",
        "category": "elected", "body": "ايت ملول", "body_id": "", "post": "", "email": "f.alaoui@aitmelloul.example",
        "phone": "٠٦ ٦١ ٢٣ ٤٥ ٦٧", "seen": "check", "step": "check",
    }  # fmt: skip
    return fields | {"_key": "0190a0a0-0000-7000-8000-000000000001"} | more


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("step", ["identity", "body", "wishes"])
def test_every_step_passes_the_lint_and_leads_to_the_next(browser: Browser, lang: str, step: str) -> None:
    first = browser.get(PAGE.format(lang))
    assert (first.status_code, lint_page(first, lang)) == (200, [])
    answer = browser.post(PAGE.format(lang), said(step=step, seen=step))
    assert (answer.status_code, lint_page(answer, lang, values=[NAME])) == (200, [])
    following = {"identity": "body", "body": "wishes", "wishes": "check"}[step]
    assert f'name="step" value="{following}"' in answer.text


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_registration_sent_leads_to_a_durable_confirmation_with_code_and_mail(
    browser: Browser, world: World, lang: str
) -> None:
    answer = browser.post(PAGE.format(lang) + "/send", said(wishes=[world.things["agadir.W3"], world.things["agadir.W1"],
                                                                    world.things["agadir.W2"]]))  # fmt: skip
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.location)
    assert (page.status_code, lint_page(page, lang, values=[NAME])) == (200, [])
    with transaction(writes=False):
        person = db.session.scalars(select(Participant)).one()
        mail = db.session.scalars(select(OutboxMail)).one()
        assert person.body is not None
        assert (person.body.code, person.phone, person.name_ar) == ("09.273.01.05", "+212661234567", NAME)
        assert next(wish.workshop_id for wish in person.wishes) == world.things["agadir.W3"]
        assert (mail.to, [one["filename"] for one in mail.attachments]) == (
            "f.alaoui@aitmelloul.example", ["liqaa.ics", "liqaa-qr.png"])  # fmt: skip
        code = f"{person.code[:4]}-{person.code[4:]}"
        assert code in page.text
        assert code in mail.text
        assert 'class="qr"' in page.text


def test_requests_of_a_registration_cost_a_fixed_number_of_statements(browser: Browser, world: World) -> None:
    page = PAGE.format("ar")

    def cost(send: Callable[[], TestResponse]) -> tuple[int, TestResponse]:
        with count_queries() as counted:
            answer = send()
        return counted.count, answer

    browser.post(f"{page}/send", said(name="من سبقها", email="b@example.org", phone="", _key=new_id()))
    costs = [cost(lambda: browser.get(page))[0]]
    for typed in (said(step=step, seen=step) for step in ("identity", "body", "wishes")):
        costs.append(cost(partial(browser.post, page, typed))[0])
    sent, answer = cost(lambda: browser.post(f"{page}/send", said()))
    shown = cost(lambda: browser.get(answer.location))[0]
    assert (costs, sent, shown) == ([4, 4, 7, 7], 21, 6)


def test_registration_sent_twice_is_one_with_the_same_confirmation(browser: Browser, world: World) -> None:
    one, two = (browser.post(PAGE.format("ar") + "/send", said()) for _ in range(2))
    changed = browser.post(PAGE.format("ar") + "/send", said(name="اسم آخر"))
    assert (one.location, two.headers["Idempotent-Replay"]) == (two.location, "true")
    assert changed.location == one.location
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 1


def test_same_person_with_another_form_is_told_nothing_and_gets_the_link_by_mail(
    browser: Browser, world: World
) -> None:
    browser.post(PAGE.format("ar") + "/send", said())
    again = browser.post(PAGE.format("ar") + "/send", said(_key=new_id()))
    assert again.location.endswith("/register/received")
    page = browser.get(again.location)
    assert (lint_page(page, "ar"), NAME in page.text) == ([], False)
    with transaction(writes=False):
        mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        assert [mail.template for mail in mails] == ["participants/confirmation", "participants/lost_link"]
        assert taken(world.things["agadir"]) == 1


def test_lost_link_page_says_the_same_whether_somebody_is_registered_or_not(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    with transaction():
        register_one(agadir(world), clock, email="known@commune.example")
    pages = []
    for address in ("known@commune.example", "unknown@commune.example"):
        answer = browser.post("/ar/meetings/agadir-2022/lost-link", {"email": address})
        page = browser.get(answer.location)
        pages.append(re.sub(r'content="[^"]*"|value="[^"]*"', "", page.text))
    assert pages[0] == pages[1]
    with transaction(writes=False):
        lost = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "participants/lost_link")).all()
        assert [mail.to for mail in lost] == ["known@commune.example"]


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_step_with_faults_keeps_what_was_typed_and_says_what_to_mend(browser: Browser, lang: str) -> None:
    answer = browser.post(PAGE.format(lang), said(step="body", seen="body", phone="06 00 00 00", email="a@@b.example",
                                                  category=""))  # fmt: skip
    assert (answer.status_code, lint_page(answer, lang)) == (422, [])
    for typed in ("06 00 00 00", "a@@b.example", "ايت ملول", NAME):
        assert f'value="{typed}"' in answer.text
    for field in ("category", "email", "phone"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-error"' in answer.text


def test_commune_written_nearly_right_is_offered_to_choose_from(browser: Browser) -> None:
    answer = browser.post(PAGE.format("ar"), said(step="body", seen="body", body="الدشيره"))
    assert answer.status_code == 422
    assert "الدشيرة الجهادية" in answer.text
    assert answer.text.count('name="body_id"') >= 2


def test_commune_chosen_among_two_of_one_name_is_taken(browser: Browser, world: World) -> None:
    with transaction():
        twin = Body(code="04.001.01.01", kind="commune", name_ar="أيت ملول", name_fr="Ait Melloul",
                    folded="|ايت ملول|ait melloul|", parent_id=world.things["03.231"])  # fmt: skip
        db.session.add(twin)
        db.session.flush()
        chosen = twin.id
    asked = browser.post(PAGE.format("ar"), said(step="body", seen="body"))
    assert (asked.status_code, chosen in asked.text) == (422, True)
    answer = browser.post(PAGE.format("ar"), said(step="body", seen="body", body_id=chosen))
    assert answer.status_code == 200


def test_body_that_is_in_no_list_is_kept_as_it_was_typed(browser: Browser) -> None:
    answer = browser.post(PAGE.format("ar") + "/send", said(body="شركة التنمية المحلية", body_id="-"))
    assert answer.status_code == 303
    with transaction(writes=False):
        person = db.session.scalars(select(Participant)).one()
        assert (person.body, person.body_text) == (None, "شركة التنمية المحلية")
        assert fold("شركة التنمية") in person.folded


def test_identity_card_number_is_taken_out_and_said(browser: Browser) -> None:
    answer = browser.post(PAGE.format("ar"), said(step="wishes", seen="wishes", needs="CIN AB123456"))
    assert (answer.status_code, "AB123456" in answer.text) == (422, False)


def test_wish_moved_by_its_button_moves_without_a_script(browser: Browser, world: World) -> None:
    ids = [world.things[f"agadir.W{number}"] for number in (1, 2, 3)]
    answer = browser.post(PAGE.format("ar"), said(step="wishes", wishes=ids, **{"wishes-up": ids[2]}))
    assert re.findall(r'name="wishes" value="([^"]+)"', answer.text) == [ids[0], ids[2], ids[1]]


def test_change_on_the_check_leads_to_its_step_and_straight_back(browser: Browser) -> None:
    step = browser.post(PAGE.format("ar"), said(to="identity"))
    assert ('name="step" value="identity"' in step.text, step.status_code) == (True, 200)
    back = browser.post(PAGE.format("ar"), said(step="identity", seen="check", name="سعيد الطاهري"))
    assert 'name="step" value="check"' in back.text
    assert "سعيد الطاهري" in back.text


def test_last_step_forged_with_a_fault_shows_the_step_to_mend(browser: Browser, world: World) -> None:
    answer = browser.post(PAGE.format("ar") + "/send", said(name=""))
    assert (answer.status_code, 'name="step" value="identity"' in answer.text) == (422, True)
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 0


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("phase", ["open", "closed", "cancelled"])
def test_registration_page_outside_its_time_says_so(
    browser: Browser, world: World, clock: FixedClock, lang: str, phase: str
) -> None:
    from datetime import UTC, datetime

    clock.moment = datetime(2022, 3, 24, tzinfo=UTC)
    with transaction():
        agadir(world).phase = phase
    page = browser.get(PAGE.format(lang))
    assert (page.status_code, lint_page(page, lang), "<form" in page.text) == (200, [], False)
    assert browser.post(PAGE.format(lang) + "/send", said()).status_code == 422


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_waiting_list_says_its_rank(browser: Browser, world: World, clock: FixedClock, lang: str) -> None:
    with transaction():
        make_small(agadir(world), 1)
        register_one(agadir(world), clock, "أحمد")
        person = register_one(agadir(world), clock, "سعيد", language=lang).participant
        path = f"/{lang}/r/{links.participant_token(person)}"
    page = browser.get(path)
    assert (page.status_code, lint_page(page, lang, values=["سعيد"]), 'class="qr"' in page.text) == (200, [], False)
    form = browser.get(PAGE.format(lang))
    assert lint_page(form, lang) == []
