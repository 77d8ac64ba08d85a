"""Invitations: seats by quota named through one link, people by name, letters, reminders."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.jobs.models import OutboxMail
from app.kernel.access import Actor, Grant
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import transaction
from app.participants.actions import inviting, naming
from app.participants.actions.inviting import Offer
from app.participants.letters import letters
from app.participants.models import Invitation, Participant
from app.participants.queries import invitations, links
from app.territory.queries import find_body_by_code
from tests.client import Browser
from tests.lint import lint_page
from tests.participants.people import agadir, details, make_small, one_of_the_cast, register_one, taken
from tests.world import World

BASE = "/{}/meetings/agadir-2022/manage/invitations"


def focal(invitation: Invitation) -> Actor:
    return Actor("link", invitation.id, "", frozenset({Grant("focal_point", "invitation", invitation.id)}))


def invite(world: World, clock: FixedClock, **more: object) -> Invitation:
    body = find_body_by_code("09.273.01.05")
    assert body is not None
    offer = Offer(**({"seats": {"president": 1, "elected": 2}, "email": "focal@aitmelloul.example"} | more))  # type: ignore[arg-type]
    return inviting.invite_body(
        meeting=agadir(world), body=body, offer=offer, actor=one_of_the_cast(world, "organiser"), clock=clock
    )


def test_target_communes_invited_at_once_each_get_their_seats_once(world: World, clock: FixedClock) -> None:
    with transaction():
        organiser = one_of_the_cast(world, "organiser")
        offer = Offer(seats={"president": 1, "elected": 2})
        first = inviting.invite_communes(meeting=agadir(world), offer=offer, actor=organiser, clock=clock)
        again = inviting.invite_communes(meeting=agadir(world), offer=offer, actor=organiser, clock=clock)
        assert (len(first), len(again), len({one.code for one in first})) == (3, 0, 3)


def test_focal_point_names_within_the_quota_of_each_category(world: World, clock: FixedClock) -> None:
    with transaction():
        one = invite(world, clock)
        naming.name_seat(invitation=one, details=details("أ", category="president"), actor=focal(one), clock=clock)
        with pytest.raises(Refusal) as refused:
            naming.name_seat(invitation=one, details=details("ب", category="president"), actor=focal(one), clock=clock)
        assert refused.value.code == "quota_reached"
        naming.name_seat(invitation=one, details=details("ج"), actor=focal(one), clock=clock)
        assert [row.used for row in invitations.listed(agadir(world))] == [2]


def test_focal_point_of_another_body_names_nobody(world: World, clock: FixedClock) -> None:
    with transaction():
        one = invite(world, clock)
        other = Actor("link", "x", "", frozenset({Grant("focal_point", "invitation", "x")}))
        with pytest.raises(Refusal):
            naming.name_seat(invitation=one, details=details("أ"), actor=other, clock=clock)


def test_person_replaced_hands_the_seat_over_even_when_others_wait(world: World, clock: FixedClock) -> None:
    with transaction():
        make_small(agadir(world), 1)
        one = invite(world, clock)
        leaving = naming.name_seat(invitation=one, details=details("أ"), actor=focal(one), clock=clock).participant
        waiting = register_one(agadir(world), clock, "منتظر").participant
        coming = naming.replace_seat(
            invitation=one, leaving=leaving, details=details("ب"), actor=focal(one), clock=clock
        )
        assert [leaving.status, coming.status, waiting.status] == ["cancelled", "confirmed", "waitlisted"]
        assert taken(world.things["agadir"]) == 1
        naming.take_back(invitation=one, leaving=coming, actor=focal(one), clock=clock)
        assert waiting.status == "confirmed"


def test_person_of_another_invitation_is_not_replaced(world: World, clock: FixedClock) -> None:
    with transaction():
        one = invite(world, clock)
        stranger = register_one(agadir(world), clock, "غريب").participant
        with pytest.raises(Refusal) as refused:
            naming.take_back(invitation=one, leaving=stranger, actor=focal(one), clock=clock)
        assert refused.value.status == 404


def test_somebody_registered_before_is_counted_to_the_quota(world: World, clock: FixedClock) -> None:
    with transaction():
        one = invite(world, clock)
        known = register_one(agadir(world), clock, "معروف").participant
        made = naming.name_seat(invitation=one, details=details("معروف"), actor=focal(one), clock=clock)
        assert (made.participant.id, known.invitation_id, taken(world.things["agadir"])) == (known.id, one.id, 1)


def test_seats_are_closed_after_the_date_of_the_invitation(world: World, clock: FixedClock) -> None:
    with transaction():
        one = invite(world, clock, answer_before=datetime(2022, 3, 9, 23, 59))
        with pytest.raises(Refusal) as refused:
            naming.name_seat(invitation=one, details=details("أ"), actor=focal(one), clock=clock)
        assert refused.value.code == "seats_closed"


def test_invitations_sent_twice_leave_once_and_reminders_once_a_day(world: World, clock: FixedClock) -> None:
    with transaction():
        one = invite(world, clock)
        organiser, meeting = one_of_the_cast(world, "organiser"), agadir(world)
        for _ in range(2):
            inviting.send(invitations=[one], meeting=meeting, actor=organiser, clock=clock)
        for _ in range(2):
            inviting.remind(invitations=[one], meeting=meeting, actor=organiser, clock=clock)
        assert len(db.session.scalars(select(OutboxMail)).all()) == 2


def test_person_invited_by_name_holds_a_seat_from_the_answer_on(world: World, clock: FixedClock) -> None:
    with transaction():
        row, person = inviting.invite_person(
            meeting=agadir(world), details=details("جون سميث", category="partner"), offer=Offer(seats={}),
            actor=one_of_the_cast(world, "organiser"), clock=clock,
        )  # fmt: skip
        assert (person.status, taken(world.things["agadir"])) == ("invited", 0)
        naming.refuse(invitation=row, actor=focal(row), clock=clock)
        assert person.status == "declined"
        naming.accept(invitation=row, details=details("جون سميث", category="partner"), actor=focal(row), clock=clock)
        assert (person.status, taken(world.things["agadir"])) == ("confirmed", 1)


def test_invitation_withdrawn_has_no_link_and_no_code(world: World, clock: FixedClock, browser: Browser) -> None:
    with transaction():
        one = invite(world, clock)
        token, code = links.invitation_token(one), one.code
        inviting.withdraw_invitation(invitation=one, actor=one_of_the_cast(world, "organiser"), clock=clock)
    assert browser.get(f"/ar/i/{token}").status_code == 404
    assert browser.post("/ar/meetings/agadir-2022/invitation", {"code": code}).status_code == 422


def test_code_typed_as_people_type_it_leads_to_the_seats(world: World, clock: FixedClock, browser: Browser) -> None:
    with transaction():
        code = invite(world, clock).code
    answer = browser.post("/ar/meetings/agadir-2022/invitation", {"code": f" {code[:4].lower()} - {code[4:]}"})
    assert (answer.status_code, "/ar/i/" in answer.location) == (303, True)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_focal_point_names_replaces_and_withdraws_on_the_page(
    world: World, clock: FixedClock, browser: Browser, lang: str
) -> None:
    with transaction():
        token = links.invitation_token(invite(world, clock))
    home = f"/{lang}/i/{token}"
    form = browser.get(f"{home}/name?category=elected")
    assert lint_page(form, lang) == []
    person = {
        "name": "أحمد بنعلي",
        "address_form": "m",
        "category": "elected",
        "email": "",
        "phone": "",
        "language": "ar",
    }
    assert browser.post(f"{home}/name", person).status_code == 303
    page = browser.get(home)
    assert (page.status_code, lint_page(page, lang, values=["أحمد بنعلي"])) == (200, [])
    with transaction(writes=False):
        ident = db.session.scalars(select(Participant)).one().id
    assert browser.get(f"{home}/seats/{ident}/withdraw").status_code == 200
    assert browser.post(f"{home}/seats/{ident}/replace", person | {"name": "سعيد"}).status_code == 303
    assert "سعيد" in browser.get(home).text
    assert browser.post(f"{home}/name", person | {"name": "", "phone": "12"}).status_code == 422


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_organiser_prepares_sends_and_follows_invitations_on_the_pages(
    world: World, clock: FixedClock, browser: Browser, lang: str
) -> None:
    own = browser.sign_in("organiser")
    assert lint_page(own.get(BASE.format(lang)), lang) == []
    assert lint_page(own.get(BASE.format(lang) + "/new"), lang) == []
    bad = own.post(
        BASE.format(lang) + "/new", {"whom": "body", "body": "ايت", "seats-president": "x", "language": "ar"}
    )
    assert (bad.status_code, lint_page(bad, lang)) == (422, [])
    made = own.post(BASE.format(lang) + "/new", {"whom": "communes", "seats-president": "٢", "language": "ar",
                                                 "email": "focal@c.example"})  # fmt: skip
    assert made.status_code == 303
    page = own.get(BASE.format(lang))
    assert (page.status_code, lint_page(page, lang)) == (200, [])
    asked = own.post(BASE.format(lang) + "/send", {"act": "send"})
    assert (asked.status_code, lint_page(asked, lang)) == (200, [])
    assert own.post(BASE.format(lang) + "/send", {"act": "send", "sure": "yes"}).status_code == 303
    with transaction(writes=False):
        assert len(db.session.scalars(select(OutboxMail)).all()) == 3
        ident = db.session.scalars(select(Invitation.id)).first()
    one = own.get(f"{BASE.format(lang)}/{ident}")
    assert (one.status_code, lint_page(one, lang)) == (200, [])
    assert own.post(f"{BASE.format(lang)}/{ident}", {"seats-elected": "3", "language": "fr"}).status_code == 303
    person = own.get(BASE.format(lang) + "/person")
    assert lint_page(person, lang) == []
    assert own.post(f"{BASE.format(lang)}/{ident}/withdraw").status_code == 303


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_letters_carry_the_code_and_the_body_of_each_invitation(world: World, clock: FixedClock, language: str) -> None:
    from tests.paper.reading import words_of

    with transaction():
        one = invite(world, clock, language=language)
        made = letters(agadir(world), [one, one], clock)
        assert made.count(b"/Type /Page\n") == 2 or made.count(b"/Type /Page ") + made.count(b"/Type/Page") >= 2
        assert f"{one.code[:4]}-{one.code[4:]}" in words_of(made)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_person_invited_answers_on_the_page(world: World, clock: FixedClock, browser: Browser, lang: str) -> None:
    with transaction():
        row, _person = inviting.invite_person(
            meeting=agadir(world), details=details("جون سميث", category="partner"), offer=Offer(seats={}),
            actor=one_of_the_cast(world, "organiser"), clock=clock,
        )  # fmt: skip
        token = links.invitation_token(row)
    page = browser.get(f"/{lang}/i/{token}")
    assert (page.status_code, lint_page(page, lang, values=["جون سميث"])) == (200, [])
    assert browser.post(f"/{lang}/i/{token}/answer", {"answer": "no"}).status_code == 303
    said = {"answer": "yes", "name": "جون سميث", "category": "partner", "email": "j@wb.example", "phone": "",
            "address_form": "m", "language": "fr"}  # fmt: skip
    assert "/r/" in browser.post(f"/{lang}/i/{token}/answer", said).location
    assert browser.get(f"/{lang}/i/{token}").status_code == 200
