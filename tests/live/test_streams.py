"""Streams: what was missed, then what happens, to those who may, as long as there are places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.accounts.models import Device
from app.kernel import journal
from app.kernel.access import SYSTEM, Actor, Grant
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.tokens import hash_token
from app.kernel.transaction import LiqaaFlask, transaction
from app.live import rules, streams
from app.live.streams import Places
from app.meetings.models import Meeting
from tests.client import Browser
from tests.world import World

STREAM = "/api/v1/meetings/agadir-2022/stream"
HINTS = "/api/v1/meetings/agadir-2022/hints"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, app: LiqaaFlask) -> None:
    """Streams that give up after what is there, so that a test reads them to their end."""
    monkeypatch.setattr(streams, "SLICE", 0.01)
    monkeypatch.setitem(app.extensions, "liqaa-alive", lambda: False)


def _happen(world: World, clock: FixedClock, *kinds: str, name: str = "agadir") -> None:
    for kind in kinds:
        with transaction():
            meeting = db.session.get(Meeting, world.things[name])
            journal.record(kind, meeting, actor=SYSTEM, clock=clock, meeting=meeting, values={"rev": 7, "secret": "s"})


def _told(answer: TestResponse) -> list[dict[str, Any]]:
    text = answer.get_data(as_text=True)
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]


def test_stream_tells_what_was_missed_in_order_and_never_its_values(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    _happen(world, clock, "meeting.changed", "participant.tested", "plenary.shown")
    _happen(world, clock, "meeting.changed", name="fes")
    answer = browser.sign_in("organiser").get(f"{STREAM}?since=1")
    assert answer.content_type == "text/event-stream; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert [(one["seq"], one["kind"], one["rev"]) for one in _told(answer)] == [
        (2, "participant.tested", 7),
        (3, "plenary.shown", 7),
    ]
    assert _told(answer)[0]["subject"] == {"type": "meeting", "id": world.things["agadir"]}
    assert "secret" not in answer.get_data(as_text=True)


def test_stream_goes_on_after_the_last_event_id(browser: Browser, world: World, clock: FixedClock) -> None:
    _happen(world, clock, *["meeting.changed"] * 4)
    browser.sign_in("organiser")
    answer = browser.get(f"{STREAM}?since=0", headers={"Last-Event-ID": "3"})
    assert [one["seq"] for one in _told(answer)] == [4]
    assert _told(browser.get(STREAM)) == []


def test_stream_tells_too_much_missed_as_one_reset(
    browser: Browser, world: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST", 3)
    _happen(world, clock, *["meeting.changed"] * 5)
    text = browser.sign_in("organiser").get(f"{STREAM}?since=0").get_data(as_text=True)
    assert "event: reset" in text
    assert text.count("data:") == 1


def test_stream_tells_what_happens_while_it_is_open(
    browser: Browser, world: World, clock: FixedClock, app: LiqaaFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "liqaa-alive", lambda: True)
    monkeypatch.setattr(streams, "SLICE", 5.0)
    answer = browser.sign_in("organiser").get(STREAM)
    lines: Iterator[bytes] = answer.response  # type: ignore[assignment]
    assert next(lines) == b"retry: 3000\n\n"
    _happen(world, clock, "plenary.shown")
    assert b'"kind":"plenary.shown"' in next(lines)
    answer.close()
    assert streams.places_of(app).free == app.config["LIQAA"].streams_per_process


def test_stream_sends_a_sign_of_life_when_nothing_happens(
    browser: Browser, app: LiqaaFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "liqaa-alive", lambda: True)
    monkeypatch.setattr(streams, "HEARTBEAT", 0.0)
    answer = browser.sign_in("organiser").get(STREAM)
    lines: Iterator[bytes] = answer.response  # type: ignore[assignment]
    next(lines)
    assert next(lines) == b": 0\n\n"
    answer.close()


def test_stream_without_a_place_is_told_to_come_back(browser: Browser, app: LiqaaFlask) -> None:
    browser.sign_in("organiser")
    app.extensions["liqaa-places"] = Places(1)
    try:
        first = browser.get(STREAM)
        refused = browser.get(STREAM)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
        assert (refused.json["error"], bool(refused.json["message"])) == ("streams_full", True)
        first.get_data()
        first.close()
        assert browser.get(STREAM).status_code == 200
    finally:
        del app.extensions["liqaa-places"]


@pytest.mark.parametrize(
    ("person", "kinds"),
    [
        ("organiser", {"participant.tested", "recommendation.edit", "workshop.moved", "plenary.shown"}),
        ("rapporteur", {"recommendation.edit", "workshop.moved", "plenary.shown"}),
        ("coordinator", {"recommendation.edit", "workshop.moved", "plenary.shown"}),
    ],
)
def test_stream_shows_each_person_the_kinds_of_their_work(
    browser: Browser, world: World, clock: FixedClock, person: str, kinds: set[str]
) -> None:
    _happen(world, clock, "participant.tested", "recommendation.edit", "workshop.moved", "plenary.shown")
    told = _told(browser.sign_in(person).get(f"{STREAM}?since=0"))
    assert {one["kind"] for one in told} == kinds


def test_wall_sees_the_plenary_and_nobody(browser: Browser, world: World, app: LiqaaFlask) -> None:
    meeting = db.session.get(Meeting, world.things["agadir"])
    wall = Actor("link", "wall", "wall", frozenset({Grant("wall", "meeting", world.things["agadir"])}))
    kinds = rules.kinds_for(wall, meeting)
    assert kinds is not None
    assert rules.may_see(kinds, "plenary.shown")
    assert not rules.may_see(kinds, "participant.tested")
    assert rules.kinds_for(wall, db.session.get(Meeting, world.things["fes"])) is None


@pytest.mark.parametrize("path", [STREAM, HINTS])
def test_strangers_and_people_of_other_meetings_follow_nothing(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 401
    assert browser.sign_in("outsider").get(path).status_code == 404
    assert browser.sign_in("officer").get(path).status_code == 404
    assert browser.get("/api/v1/meetings/nowhere/stream").status_code == 404


def _device(world: World, token: str) -> dict[str, str]:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    with transaction():
        db.session.add(Device(kind="capture", label="d", role="rapporteur", scope="workshop", token_hash=hash_token(token),
                              scope_id=world.things["agadir.W1"], created_at=now, expires_at=now + timedelta(hours=72)))  # fmt: skip
    return {"Authorization": f"Bearer {token}"}


def test_device_of_a_workshop_gets_a_ticket_that_opens_one_stream_once(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    _happen(world, clock, "recommendation.edit")
    headers = _device(world, "t" * 24)
    given = browser.client.post("/api/v1/meetings/agadir-2022/tickets", headers=headers, base_url="http://localhost")
    assert given.status_code == 201
    ticket = given.json["ticket"]
    assert browser.get(f"/api/v1/meetings/fes-2023/stream?ticket={ticket}").status_code == 404
    assert len(_told(browser.get(f"{STREAM}?ticket={ticket}&since=0"))) == 1
    assert browser.get(f"{STREAM}?ticket={ticket}").status_code == 404


def test_ticket_older_than_a_minute_opens_nothing(browser: Browser, world: World, app: LiqaaFlask) -> None:
    from app.live import actions
    from tests.jobs.conftest import MovedClock

    early = MovedClock()
    with transaction():
        stream = f"meeting:{world.things['agadir']}"
        token = actions.give_ticket(stream_id=stream, kinds=("",), clock=early)
    early.pass_(seconds=61)
    with transaction():
        assert actions.take_ticket(token=token, stream_id=stream, now=early.moment) is None


def test_hints_answer_what_is_new_and_304_when_nothing_is(browser: Browser, world: World, clock: FixedClock) -> None:
    _happen(world, clock, "meeting.changed", "plenary.shown")
    browser.sign_in("organiser")
    answer = browser.get(f"{HINTS}?since=1")
    assert answer.json["seq"] == 2
    assert [one["kind"] for one in answer.json["hints"]] == ["plenary.shown"]
    assert browser.get(f"{HINTS}?since=2", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    _happen(world, clock, "plenary.shown")
    assert browser.get(f"{HINTS}?since=2", headers={"If-None-Match": answer.headers["ETag"]}).json["seq"] == 3
