"""The organisers' pages: what they change, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy import select

from app.kernel import journal
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings import queries
from app.meetings.models import Document, Meeting, Room, Sitting, Workshop
from tests.client import Browser
from tests.lint import lint_page
from tests.world import World

HOME = "/ar/meetings/agadir-2022/manage"
PAGES = ("settings", "agenda", "agenda/new", "rooms/new", "agenda/workshops/new", "agenda/workshops/W1", "documents",
         "documents/new", "quotes/new", "programme", "phase/closed", "phase/cancelled", "phase/postponed")  # fmt: skip


@pytest.fixture
def organiser(browser: Browser) -> Browser:
    """The organiser of the meeting at Agadir."""
    return browser.sign_in("organiser")


def _meeting() -> Meeting:
    meeting = queries.find_meeting("agadir-2022")
    assert meeting is not None
    return meeting


def _one(model: Any, *conditions: Any) -> Any:
    with transaction(writes=False):
        found = db.session.scalar(select(model).where(*conditions))
        db.session.expunge_all()  # What was read stays readable after the transaction.
        return found


def _typed(answer: Any) -> dict[str, Any]:
    """The form of a page as its reader would send it unchanged."""
    from lxml import html

    form = next(one for one in html.fromstring(answer.text).forms if (one.method or "") == "POST")
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        value = value.lstrip("\r\n")  # A browser drops the line end that opens a text area.
        found[name] = [*found[name], value] if isinstance(found.get(name), list) else (
            [found[name], value] if name in found else value)  # fmt: skip
    found.pop("csrf_token", None)
    return found


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_organisers_page_keeps_the_rules_of_pages(organiser: Browser, path: str, lang: str) -> None:
    answer = organiser.get(f"{HOME.replace('/ar/', f'/{lang}/')}/{path}")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []


def test_settings_sent_unchanged_change_and_record_nothing(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/settings"))
    assert organiser.post(f"{HOME}/settings", typed).status_code == 303
    with transaction(writes=False):
        assert journal.latest(_meeting()) == []


def test_settings_keep_the_official_formulas_one_a_line(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/settings")) | {"formulas": "جلالة الملك نصره الله\nخديم الأعتاب الشريفة"}
    assert organiser.post(f"{HOME}/settings", typed).status_code == 303
    again = _typed(organiser.get(f"{HOME}/settings"))
    assert again["formulas"].replace("\r", "") == "جلالة الملك نصره الله\nخديم الأعتاب الشريفة"


def test_settings_with_a_later_first_day_move_the_agenda(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/settings")) | {
        "starts_on-day": "1", "starts_on-month": "4", "ends_on-day": "٢", "ends_on-month": "4",
    }  # fmt: skip
    assert organiser.post(f"{HOME}/settings", typed).status_code == 303
    with transaction(writes=False):
        lines = queries.sittings(_meeting())
        assert lines[0].starts.isoformat() == "2022-04-01T09:00:00"
        assert _meeting().calendar_sequence == 1


def test_settings_with_days_in_the_wrong_order_say_so_and_lose_nothing(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/settings")) | {"ends_on-day": "1", "title_fr": "Titre neuf"}
    answer = organiser.post(f"{HOME}/settings", typed)
    assert answer.status_code == 422
    assert "Titre neuf" in answer.text
    assert "تاريخ النهاية" in answer.text
    assert lint_page(answer, "ar") == []


def test_categories_sent_in_another_number_are_kept_in_their_order(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/settings")) | {"categories": ["chair", "elected", "president"]}
    assert organiser.post(f"{HOME}/settings", typed).status_code == 303
    with transaction(writes=False):
        assert [row.code for row in queries.categories(_meeting())] == ["chair", "elected", "president"]


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"starts": "10:00", "ends": "11:00"}, 303, ""),
        ({"starts": "٠٩:٣٠", "ends": "10:30"}, 422, "مشغولة"),
        ({"starts": "11:00", "ends": "10:00"}, 422, "ساعة النهاية"),
        ({"starts": "half past", "ends": "10:00"}, 422, "اكتبوا الساعة"),
        ({"starts": "", "ends": "10:00"}, 422, "ساعة البداية"),
    ],
)
def test_sitting_typed_by_the_organiser_is_added_or_explained(
    organiser: Browser, world: World, fields: dict[str, str], status: int, words: str
) -> None:
    typed = {"kind": "presentation", "title_ar": "عرض جديد", "day": "2022-03-25", "room_id": world.things["agadir.hall"],
             "workshop_id": "", "speakers": "السيد | خاليد سفير | الوالي | المدير العام"} | fields  # fmt: skip
    answer = organiser.post(f"{HOME}/agenda/new", typed)
    assert answer.status_code == status
    assert words in answer.text
    made = _one(Sitting, Sitting.title_ar == "عرض جديد")
    assert (made is not None) == (status == 303)
    if made is not None:
        assert (made.speakers[0].name_ar, made.speakers[0].rank_ar) == ("خاليد سفير", "الوالي")
    else:
        assert "عرض جديد" in answer.text


def test_sitting_edited_unchanged_keeps_its_speakers(organiser: Browser, world: World) -> None:
    path = f"{HOME}/agenda/{world.things['agadir.opening9']}"
    typed = _typed(organiser.get(path)) | {"speakers": "السيد | خاليد سفير | الوالي"}
    assert organiser.post(path, typed).status_code == 303
    again = _typed(organiser.get(path))
    assert again["speakers"] == "السيد | خاليد سفير | الوالي"
    assert organiser.post(path, again).status_code == 303


def test_sitting_is_removed_after_a_question(organiser: Browser, world: World) -> None:
    path = f"{HOME}/agenda/{world.things['agadir.closing36.5']}/remove"
    assert "؟" in organiser.get(path).text
    assert organiser.post(path).status_code == 303
    assert _one(Sitting, Sitting.id == world.things["agadir.closing36.5"]) is None


def test_room_in_use_is_not_removed(organiser: Browser, world: World) -> None:
    assert organiser.post(f"{HOME}/rooms/{world.things['agadir.hall']}/remove").status_code == 303
    assert "غيروا قاعتها" in organiser.get(f"{HOME}/agenda").text
    assert _one(Room, Room.id == world.things["agadir.hall"]) is not None


def test_workshop_gets_its_officers_and_keeps_the_post_of_those_who_stay(organiser: Browser, world: World) -> None:
    path = f"{HOME}/agenda/workshops/W1"
    typed = _typed(organiser.get(path)) | {"coordinators": "سلمى الإدريسي | Salma Idrissi", "rapporteurs": "يونس بوعزة"}
    assert organiser.post(path, typed).status_code == 303
    with transaction(writes=False):
        workshop = queries.find_workshop(_meeting(), "W1")
        assert workshop is not None
        assert [(one.role, one.name_fr) for one in workshop.officers] == [
            ("coordinator", "Salma Idrissi"),
            ("rapporteur", ""),
        ]


def test_workshop_with_the_code_of_another_is_refused(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/agenda/workshops/W1")) | {"code": "W2"}
    answer = organiser.post(f"{HOME}/agenda/workshops/W1", typed)
    assert answer.status_code == 422
    assert _one(Workshop, Workshop.id == world.things["agadir.W1"]).code == "W1"


def test_document_is_uploaded_published_moved_and_read(organiser: Browser, browser: Browser, world: World) -> None:
    for title in ("المخطط", "التوصيات"):
        data = {"kind": "strategic_plan", "title_ar": title, "lang": "ar", "visibility": "public", "sitting_id": "",
                "file": (io.BytesIO(b"%PDF-1.7 plan"), "plan.pdf")}  # fmt: skip
        answer = organiser.post(f"{HOME}/documents/new", data, content_type="multipart/form-data")
        assert answer.status_code == 303
    second = _one(Document, Document.title_ar == "التوصيات")
    public = f"/ar/meetings/agadir-2022/documents/{second.id}/file"
    stranger = Browser(organiser.app, world)
    assert stranger.get(public).status_code == 404
    for act in ("publish", "up"):
        assert organiser.post(f"{HOME}/documents/{second.id}/{act}").status_code == 303
    answer = stranger.get(public)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    page = stranger.get("/ar/meetings/agadir-2022/documents").text
    assert page.index("التوصيات</bdi>") < page.index("المخطط</bdi>")
    organiser.post(f"{HOME}/documents/{second.id}/withdraw")
    assert stranger.get(public).status_code == 404


@pytest.mark.parametrize("visibility", ["participants", "organisers"])
def test_document_not_for_the_public_is_nowhere_for_it(
    organiser: Browser, world: World, visibility: str
) -> None:  # fmt: skip
    organiser.post(f"{HOME}/documents/new", {"kind": "slides", "title_ar": "عرض داخلي", "lang": "ar",
                                             "visibility": visibility, "sitting_id": "", "text": "نص"})  # fmt: skip
    row = _one(Document, Document.title_ar == "عرض داخلي")
    organiser.post(f"{HOME}/documents/{row.id}/publish")
    stranger = Browser(organiser.app, world)
    assert "عرض داخلي" not in stranger.get("/ar/meetings/agadir-2022/documents").text
    assert stranger.get(f"/ar/meetings/agadir-2022/documents/{row.id}").status_code == 404
    desk = Browser(organiser.app, world).sign_in("desk")
    assert desk.get(f"/ar/meetings/agadir-2022/documents/{row.id}").status_code == 200
    outsider = Browser(organiser.app, world).sign_in("outsider")
    assert outsider.get(f"/ar/meetings/agadir-2022/documents/{row.id}").status_code == 404


def test_telegram_sealed_cannot_be_changed_or_removed(organiser: Browser, world: World) -> None:
    typed = {"kind": "telegram", "title_ar": "برقية الولاء والإخلاص", "lang": "ar", "visibility": "public",
             "sitting_id": "", "text": "نعم سيدي أعزكم الله", "signatory": "خديم الأعتاب الشريفة"}  # fmt: skip
    organiser.post(f"{HOME}/documents/new", typed)
    row = _one(Document, Document.kind == "telegram")
    assert lint_page(organiser.get(f"{HOME}/documents/{row.id}/ask/seal"), "ar") == []
    assert organiser.post(f"{HOME}/documents/{row.id}/seal").status_code == 303
    answer = organiser.post(f"{HOME}/documents/{row.id}", typed | {"text": "نص آخر"})
    assert answer.status_code == 422
    assert "مختومة" in answer.text
    organiser.post(f"{HOME}/documents/{row.id}/remove")
    assert _one(Document, Document.id == row.id).text == "نعم سيدي أعزكم الله"


def test_quote_is_added_and_removed(organiser: Browser, world: World) -> None:
    organiser.post(f"{HOME}/quotes/new", {"text_ar": "قول", "person_ar": "السيد الوالي"})
    with transaction(writes=False):
        (quote,) = queries.quotes(_meeting())
        ident = quote.id
    assert organiser.post(f"{HOME}/quotes/{ident}", {"remove": "1"}).status_code == 303
    with transaction(writes=False):
        assert queries.quotes(_meeting()) == []


def test_programme_sent_unchanged_keeps_its_axes_and_tracks(organiser: Browser, world: World) -> None:
    from lxml import html

    page = html.fromstring(organiser.get(f"{HOME}/programme").text)
    form = next(one for one in page.forms if one.action is None and one.method == "POST")
    typed = {name: value for name, value in form.form_values() if name != "csrf_token"}
    assert organiser.post(f"{HOME}/programme", typed).status_code == 303
    with transaction(writes=False):
        programme = queries.programme_of(_meeting())
        assert [axis.title_fr for axis in programme.axes] == ["Axe 1", "Axe 2", "Axe 3"]
        assert [track.id for track in programme.tracks] == [world.things[f"papc.track{n}"] for n in (1, 2, 3)]


def test_track_with_a_workshop_cannot_be_dropped(organiser: Browser, world: World) -> None:
    answer = organiser.post(f"{HOME}/programme", {"name_ar": "البرنامج", "axes": "محور", "tracks": "واحد"})
    assert answer.status_code == 422
    with transaction(writes=False):
        assert len(queries.programme_of(_meeting()).tracks) == 3


def test_pasted_communes_are_added_and_what_is_unclear_is_shown_again(organiser: Browser, world: World) -> None:
    text = "code,name\n09.001.01.01\nفاس\nبلدة لا وجود لها\nوزارة الداخلية\n"
    answer = organiser.post(f"{HOME}/programme/communes", {"list": text, "cohort": "2022"})
    assert answer.status_code == 200
    assert "أُضيفت جماعة واحدة" in answer.text
    assert "بلدة لا وجود لها" in answer.text
    assert lint_page(answer, "ar") == []
    with transaction(writes=False):
        assert len(queries.members(queries.programme_of(_meeting()))) == 4
    organiser.post(f"{HOME}/programme/communes/03.231.01.0/remove")
    with transaction(writes=False):
        today = _meeting().starts_on
        assert queries.count_members(queries.programme_of(_meeting()), today) == 3


def test_double_click_on_save_adds_one_room(organiser: Browser, world: World) -> None:
    typed = _typed(organiser.get(f"{HOME}/rooms/new")) | {"name_ar": "قاعة الاجتماعات"}
    first, again = organiser.post(f"{HOME}/rooms/new", typed), organiser.post(f"{HOME}/rooms/new", typed)
    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["Idempotent-Replay"] == "true"
    with transaction(writes=False):
        assert [room.name_ar for room in queries.rooms(_meeting())].count("قاعة الاجتماعات") == 1


def test_new_meeting_is_made_by_the_programme_unit_and_unseen_by_others(browser: Browser, world: World) -> None:
    unit = browser.sign_in("unit")
    path = "/ar/programmes/papc/meetings/new"
    assert lint_page(unit.get(path), "ar") == []
    typed = {"slug": "rabat-2023", "code": "RAB23", "title_ar": "لقاء الرباط", "place_ar": "الرباط",
             "starts_on-day": "3", "starts_on-month": "3", "starts_on-year": "2023", "ends_on-day": "4",
             "ends_on-month": "3", "ends_on-year": "2023"}  # fmt: skip
    assert unit.post(path, typed).status_code == 303
    assert unit.get("/ar/meetings/rabat-2023/").status_code == 200
    for person in ("outsider", "organiser", None):
        other = Browser(browser.app, world)
        other = other.sign_in(person) if person else other
        assert other.get("/ar/meetings/rabat-2023/").status_code == 404
    assert unit.post(path, typed | {"_key": ""}).status_code == 422
