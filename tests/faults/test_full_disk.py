"""A disk without room: nothing acknowledged is lost, who writes is told so and keeps what they wrote, and it passes."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.attendance.models import Scan
from app.kernel import journal
from app.kernel.database import db, engine_name, new_id
from app.kernel.languages import t
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Document
from app.participants.models import Participant
from app.recommendations.models import Recommendation
from tests.attendance.people import add_person, badge, lend, scan
from tests.client import Browser
from tests.faults.trouble import full_disk, full_uploads
from tests.participants.test_registration_pages import PAGE, said
from tests.recommendations.conftest import Desk
from tests.world import World

CHECKINS = "/api/v1/meetings/agadir-2022/checkins"
DOCUMENTS = "/ar/meetings/agadir-2022/manage/documents"
MOST = 200
"""More small writes than the pages of any table have room for."""


@pytest.fixture(autouse=True)
def _whole(app: LiqaaFlask) -> Iterator[None]:
    """After every test here the database is whole."""
    yield
    with transaction(writes=False):
        assert journal.verify()[1] == []
        if engine_name() == "sqlite":
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def _stored(column: Any) -> set[str]:
    with transaction(writes=False):
        return set(db.session.scalars(select(column)))


def _register(browser: Browser, lang: str, number: int) -> tuple[dict[str, Any], TestResponse]:
    typed = said(name=f"مشاركة {number}", email=f"p{number}@example.org", phone=f"0661{number:06}", _key=new_id())
    return typed, browser.post(PAGE.format(lang) + "/send", typed)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_registration_on_a_full_disk_is_kept_in_the_page_and_passes_once_there_is_room(
    browser: Browser, lang: str
) -> None:
    told = []
    with full_disk():
        for number in range(MOST):
            typed, answer = _register(browser, lang, number)
            if answer.status_code != 303:
                break
            told.append(typed["name"])
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert _stored(Participant.name_ar) == set(told)
        assert browser.get(PAGE.format(lang)).status_code == 200
    assert t.plain("error.no_room", lang=lang).split(". ")[0] in answer.text
    [form] = html.fromstring(answer.text).forms
    kept = dict(form.form_values())
    assert {name: kept[name] for name in typed if typed[name]} == {name: typed[name] for name in typed if typed[name]}
    path = form.action or PAGE.format(lang) + "/send"
    one, two = (browser.client.post(path, data=kept, base_url="http://localhost") for _ in range(2))
    assert (one.status_code, one.location) == (303, two.location)
    assert sorted(_stored(Participant.name_ar)) == sorted([*told, typed["name"]])


def test_page_of_a_503_keeps_no_password(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.accounts.actions.sign_in", refuse)
    answer = browser.post("/ar/sign-in", {"email": "n@example.org", "password": "a secret of mine"})
    assert answer.status_code == 503
    assert "a secret of mine" not in answer.text
    assert html.fromstring(answer.text).forms == []


def test_change_of_a_capture_device_on_a_full_disk_is_asked_for_again_and_passes(
    browser: Browser, world: World
) -> None:
    desk = Desk(browser.sign_in("rapporteur"))
    ident, op_id = new_id(), new_id()
    long = {"body.ar": "تأهيل الفضاءات الخضراء. " * 120}
    with full_disk():
        answer = desk.change(ident, long, op_id=op_id)
        batch = browser.send("POST", f"{desk.place}/operations", [desk.op("create", new_id(), fields=long)])
    # The client keeps its queue at any 5xx; a stored refusal would have taken the text out of it.
    for one in (answer, batch):
        assert (one.status_code, one.json["error"]) == (503, "no_room")
    assert _stored(Recommendation.id) == set()
    again = [desk.change(ident, long, op_id=op_id) for _ in range(2)]
    assert [(one.status_code, one.headers.get("Idempotent-Replay")) for one in again] == [(200, None), (200, "true")]
    assert _stored(Recommendation.id) == {ident}


def test_scans_on_a_full_disk_are_all_there_once_they_were_sent_again(browser: Browser, world: World) -> None:
    person, headers = badge(add_person(world)), lend(world)
    acknowledged = []
    with full_disk():
        for _ in range(MOST):
            one = scan(person)
            answer = browser.send("POST", CHECKINS, [one], headers=headers)
            if answer.status_code != 200:
                break
            acknowledged.append(one["scan_id"])
        assert (answer.status_code, answer.json["error"]) == (503, "no_room")
    assert _stored(Scan.scan_id) == set(acknowledged)
    assert browser.send("POST", CHECKINS, [one], headers=headers).status_code == 200
    assert _stored(Scan.scan_id) == {*acknowledged, one["scan_id"]}


def test_file_that_finds_no_room_is_refused_at_its_field_and_what_was_typed_stays(
    browser: Browser, app: LiqaaFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = app.config["LIQAA"].uploads_folder
    before = _stored(Document.id)
    browser.sign_in("organiser")

    def send() -> TestResponse:
        fields = {"kind": "strategic_plan", "title_ar": "وثيقة تأطيرية", "lang": "ar", "visibility": "public",
                  "sitting_id": "", "_key": new_id()}  # fmt: skip
        return browser.post(f"{DOCUMENTS}/new", {**fields, "file": (io.BytesIO(b"%PDF-1.7 text"), "note.pdf")})

    with full_uploads(monkeypatch):
        answer = send()
    assert answer.status_code == 503
    assert "وثيقة تأطيرية" in answer.text
    assert t.plain("error.no_room", lang="ar").split(". ")[0] in answer.text
    assert _stored(Document.id) == before
    assert [one for one in uploads.rglob("*") if one.is_file()] == []
    assert send().status_code == 303
    assert len(_stored(Document.id)) == len(before) + 1


def test_command_on_a_full_disk_ends_with_a_sentence(app: LiqaaFlask) -> None:
    with full_disk():
        told = [app.test_cli_runner().invoke(args=["journal", "seal"]) for _ in range(30)]
    refused = next(one for one in told if one.exit_code)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert refused.stderr.startswith("The disk or the database cannot serve now (")
    assert app.test_cli_runner().invoke(args=["journal", "seal"]).exit_code == 0


def test_a_server_that_does_not_know_a_full_disk_fails(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.answers.unavailable", lambda _error: None)
    browser.sign_in("rapporteur")
    with full_disk(), pytest.raises(OperationalError):
        Desk(browser).change(new_id(), {"body.ar": "تأهيل الفضاءات الخضراء. " * 120})


def test_operation_that_is_refused_on_a_full_disk_is_not_called_refused_before_it_is_stored(
    browser: Browser, world: World
) -> None:
    desk = Desk(browser.sign_in("rapporteur"))
    ident, op_id = new_id(), new_id()
    unknown = {"title.ar": "تأهيل الفضاءات الخضراء. " * 300}
    with full_disk():
        assert desk.change(ident, unknown, op_id=op_id).status_code == 503
    assert desk.change(ident, unknown, op_id=op_id).status_code == 422
    assert desk.change(ident, unknown, op_id=op_id).headers["Idempotent-Replay"] == "true"


def test_upload_that_finds_no_room_on_its_way_in_is_a_503_and_not_a_crash(
    browser: Browser, app: LiqaaFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def __init__(self, **_more: Any) -> None:
            super().__init__()

        def write(self, _content: Any) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    browser.sign_in("organiser")
    before = _stored(Document.id)
    file = FileStorage(io.BytesIO(b"%PDF-1.7 " + b"x" * 600_000), "note.pdf", name="file")
    boundary, body = encode_multipart({"title_ar": "وثيقة تأطيرية", "csrf_token": browser.csrf(), "file": file})
    with monkeypatch.context() as patch:
        patch.setattr("werkzeug.formparser.SpooledTemporaryFile", Full)
        answer = browser.client.post(
            f"{DOCUMENTS}/new", data=body, content_type=f'multipart/form-data; boundary="{boundary}"',
            base_url="http://localhost",
        )  # fmt: skip
    assert answer.status_code == 503
    assert t.plain("error.no_room", lang="ar").split(". ")[0] in answer.text
    assert _stored(Document.id) == before
