"""Reminders: when, to whom, once, in working hours, and nothing when there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.followup import actions, handlers, queries, reminders
from app.followup.actions import Answer, Plan, Proof
from app.followup.models import DigestSent, Subscription
from app.followup.reminders import ABOVE, OWN, UNIT, Item
from app.jobs.models import OutboxMail
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.territory.models import DayOff
from tests.client import Browser
from tests.followup.conftest import Scene

MONDAY = date(2023, 3, 27)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def item(days: int | None, *, awaiting: bool = False, heard: int | None = None, today: date = MONDAY) -> Item:
    """One due `days` from today, last heard of so many days ago."""
    due = today + timedelta(days=days) if days is not None else None
    return Item("x", due, awaiting, moment(today) - timedelta(days=heard) if heard is not None else None)


@pytest.mark.parametrize(
    ("days", "reach", "told"),
    [
        (30, OWN, True), (31, OWN, False), (-1, OWN, True), (-6, ABOVE, False), (-7, ABOVE, True), (10, ABOVE, False),
        (-29, UNIT, False), (-30, UNIT, True),
    ],
)  # fmt: skip
def test_lateness_widens_the_circle(days: int, reach: str, told: bool) -> None:
    assert reminders.concerns(item(days), reach, MONDAY) is told


def test_unanswered_concerns_its_own_body_whatever_the_date() -> None:
    assert reminders.concerns(item(None, awaiting=True), OWN, MONDAY)
    assert not reminders.concerns(item(None, awaiting=True), ABOVE, MONDAY)


def period(one: Item, today: date, reach: str = OWN, weekday: int = 0) -> str:
    return reminders.chosen([(one, reach)], today, moment(today), weekday=weekday)[0]


def test_digest_is_weekly_and_daily_in_the_last_seven_days() -> None:
    assert period(item(20), MONDAY) == "2023-W13"
    tuesday = MONDAY + timedelta(days=1)
    assert period(item(8, today=tuesday), tuesday) == "2023-W13"  # The week's own, if it has not left yet.
    assert period(item(7, today=tuesday), tuesday) == "2023-03-28"
    assert period(item(0, today=tuesday), tuesday) == "2023-03-28"
    assert period(item(7), MONDAY) == "2023-W13"
    assert period(item(40), MONDAY) == ""


def test_chosen_day_of_the_week_is_kept() -> None:
    assert period(item(20), MONDAY, weekday=2) == ""
    wednesday = MONDAY + timedelta(days=2)
    assert period(item(20, today=wednesday), wednesday, weekday=2) == "2023-W13"


def test_long_late_comes_once_a_month() -> None:
    assert period(item(-40), MONDAY) == ""
    first = date(2023, 4, 3)
    assert period(item(-40, today=first), first) == "2023-W14"
    assert period(item(-30), MONDAY, UNIT) == "2023-W13"


def test_report_or_extension_in_the_period_gives_rest() -> None:
    assert period(item(20, heard=6), MONDAY) == ""
    assert period(item(20, heard=7), MONDAY) == "2023-W13"
    first = date(2023, 4, 3)
    assert period(item(-40, heard=29, today=first), first) == ""


@pytest.mark.parametrize(
    ("hour", "working", "open_"),
    [(8, True, False), (9, True, True), (14, True, True), (15, True, False), (10, False, False)],
)
def test_mail_leaves_in_working_hours_of_ramadan_too(hour: int, working: bool, open_: bool) -> None:
    assert reminders.open_now(datetime(2023, 3, 27, hour), working) is open_


class Run:
    """A run of a job, as a handler sees it."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock


def mails(template: str) -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.to)))


@pytest.fixture
def published(scene: Scene) -> Iterator[Scene]:
    """Monday 20 June 2022 at ten, the meeting published: 1 is due in ten days, 2 later, 3 has no date."""
    with transaction():
        db.session.get_one(Meeting, scene.world.things["agadir"]).phase = "published"
    scene.clock.moment = moment(date(2022, 6, 20))
    return scene


def run(scene: Scene, job: str = "send_digests") -> int:
    with transaction():
        return int(getattr(handlers, job)(Run(scene.clock))["sent"])


def test_digest_tells_each_body_its_own_and_leaves_once(published: Scene) -> None:
    assert run(published) == 3  # The officers of two communes and the official of one.
    assert run(published) == 0
    with transaction(writes=False):
        sent = {mail.to: mail for mail in mails("followup/digest")}
        assert set(sent) == {"officer@liqaa.example", "officer2@liqaa.example", "official@liqaa.example"}
        text = sent["officer2@liqaa.example"].text
        assert "آيت ملول" in sent["officer2@liqaa.example"].subject
        assert "2022/1" in text
        assert "2022/3" not in text
        assert "/ar/meetings/agadir-2022/commitments/" in text
        assert sent["officer@liqaa.example"].unsubscribe_url is not None
        assert {row.period for row in db.session.scalars(select(DigestSent))} == {"2022-W25"}


@pytest.mark.parametrize(
    "when",
    [
        datetime(2022, 6, 20, 6, tzinfo=UTC),
        datetime(2022, 6, 20, 16, tzinfo=UTC),
        datetime(2022, 6, 19, 10, tzinfo=UTC),
    ],
)
def test_no_digest_leaves_at_night_or_on_sunday(published: Scene, when: datetime) -> None:
    published.clock.moment = when
    assert run(published) == 0


def test_digest_of_a_day_off_leaves_the_next_working_day(published: Scene) -> None:
    with transaction():
        db.session.add(
            DayOff(day=date(2022, 6, 20), name_ar="عطلة", name_fr="Jour férié", kind="national", status="confirmed")
        )
    assert run(published) == 0
    published.clock.moment = moment(date(2022, 6, 21))
    assert run(published) == 3


def test_nothing_to_say_sends_nothing_and_a_report_gives_rest(published: Scene) -> None:
    with transaction():
        officer = published.actor("officer2")
        row = published.commitment(1, "09.273.01.05")
        answer = Answer("accepted", "فلان", date(2022, 6, 30))
        actions.respond(row, answer=answer, actor=officer, clock=published.clock)
        actions.plan(row, task=Plan("مهمة", "فلان", date(2022, 6, 25)), actor=officer, clock=published.clock)
        actions.report(row, claimed="in_progress", narrative="بدأنا", actor=officer, clock=published.clock)
    run(published)
    with transaction(writes=False):
        assert {mail.to for mail in mails("followup/digest")} == {"officer@liqaa.example", "official@liqaa.example"}


def test_unit_is_told_what_waits_for_its_check(published: Scene) -> None:
    with transaction():
        row, officer = published.commitment(3), published.actor("officer")
        actions.respond(row, answer=Answer("accepted", "فلان", date(2022, 6, 30)), actor=officer, clock=published.clock)
        actions.plan(row, task=Plan("مهمة", "فلان", date(2022, 6, 25)), actor=officer, clock=published.clock)
        proof = [Proof("link", "رابط", url="https://example.ma/x")]
        actions.report(row, claimed="reported_done", narrative="تم", proofs=proof, actor=officer, clock=published.clock)
    run(published)
    with transaction(writes=False):
        (mail,) = [one for one in mails("followup/digest") if one.to == "unit@liqaa.example"]
        assert "تقرير واحد ينتظر تحققكم" in mail.text


def test_one_click_stops_the_digest_without_a_cookie(published: Scene, browser: Browser) -> None:
    token = queries.digests.digest_token(published.world.people["officer2"])
    path = f"/ar/digest/{token}/stop"
    assert (
        browser.client.post(path, base_url="http://localhost", data={"List-Unsubscribe": "One-Click"}).status_code
        == 200
    )
    run(published)
    with transaction(writes=False):
        assert "officer2@liqaa.example" not in {mail.to for mail in mails("followup/digest")}
    wrong = f"/ar/digest/{published.world.people['officer']}.wrong/stop"
    assert browser.client.post(wrong, base_url="http://localhost").status_code == 404


# Following without an account


def subscriptions() -> list[Subscription]:
    with transaction(writes=False):
        found = list(db.session.scalars(select(Subscription)))
        db.session.expunge_all()
        return found


def test_follower_confirms_by_a_link_hears_of_changes_and_stops(published: Scene, browser: Browser) -> None:
    path = "/ar/meetings/agadir-2022/follow"
    assert browser.get(path).status_code == 200
    assert "راجعوا بريدكم" in browser.post(path, {"email": "Citizen@Example.org"}).get_data(as_text=True)
    (row,) = subscriptions()
    assert (row.email, row.subject_type, row.confirmed_at) == ("citizen@example.org", "meeting", None)
    link = f"/ar/follow/{queries.digests.subscription_token(row.id)}"
    with transaction(writes=False):
        assert link in mails("followup/confirm")[0].text
    assert browser.get(link).status_code == 200
    assert subscriptions()[0].confirmed_at is None  # Looking changes nothing.
    assert browser.post(link).status_code == 200
    with transaction():
        officer = published.actor("officer")
        actions.respond(published.commitment(3), answer=Answer("noted"), actor=officer, clock=published.clock)
    published.clock.moment = moment(date(2022, 6, 22))
    assert run(published, "send_news") == 0  # Wednesday.
    published.clock.moment = moment(date(2022, 6, 23))
    assert run(published, "send_news") == 1
    assert run(published, "send_news") == 0
    with transaction(writes=False):
        (mail,) = mails("followup/news")
        assert "التزام واحد تغيرت وضعيته" in mail.subject
    published.clock.moment = moment(date(2022, 7, 7))
    assert run(published, "send_news") == 0  # Nothing changed since.
    assert browser.client.post(f"{link}/stop", base_url="http://localhost").status_code == 200
    assert subscriptions() == []


def test_following_twice_says_the_same_and_asks_once_a_day(published: Scene, browser: Browser) -> None:
    path = "/fr/meetings/agadir-2022/follow?serial=1"
    answers = {browser.post(path, {"email": "a@example.org", "_key": str(n)}).status_code for n in range(3)}
    assert answers == {200}
    (row,) = subscriptions()
    assert row.subject_type == "recommendation"
    with transaction(writes=False):
        assert len(mails("followup/confirm")) == 1


def test_follow_of_what_is_not_there_is_refused(published: Scene, browser: Browser) -> None:
    assert browser.post("/ar/meetings/agadir-2022/follow", {"email": "not an address"}).status_code == 422
    db.session.remove()
    assert browser.get("/ar/meetings/agadir-2022/follow?serial=99").status_code == 404
    db.session.remove()
    assert browser.get("/ar/meetings/agadir-2022/follow?body=no.such").status_code == 404
    db.session.remove()
    assert subscriptions() == []
