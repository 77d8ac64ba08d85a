"""The public pages, the feed, the open data and the desk."""

from __future__ import annotations

import hashlib
import json
import re
from xml.etree import ElementTree

import pytest

from app.jobs.worker import Worker
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.publication import queries
from tests.client import Browser
from tests.followup.conftest import AGADIR, recommendation
from tests.lint import lint_page
from tests.publication.conftest import acting
from tests.publication.test_publishing import approve, meeting_of, prepare
from tests.queries import count_queries
from tests.world import World

HOME = "meetings/agadir-2022"


def text_of(answer: object) -> str:
    """The words of a page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_list_before_publication_says_when(browser: Browser, lang: str) -> None:
    answer = browser.get(f"/{lang}/{HOME}/recommendations")
    assert answer.status_code == 200
    assert {"ar": "السبت 26 مارس 2022", "fr": "samedi 26 mars 2022", "en": "Saturday 26 March 2022"}[lang] in text_of(
        answer
    )
    assert lint_page(answer, lang) == []


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("path", ["recommendations", "recommendations/1", "recommendations/2", "editions/1"])
def test_public_page_keeps_the_rules_of_pages(browser: Browser, published: World, lang: str, path: str) -> None:
    answer = browser.get(f"/{lang}/{HOME}/{path}")
    assert answer.status_code == 200
    assert lint_page(answer, lang) == []


def test_recommendation_marked_as_published_without_an_edition_is_not_there(
    browser: Browser, world: World, clock: FixedClock
) -> None:
    browser.sign_in("organiser")
    with transaction():
        recommendation(world, 1, bodies=(AGADIR,))
    for path in ("recommendations/1", "manage/publication/erratum/1"):
        assert browser.get(f"/ar/{HOME}/{path}").status_code == 404


def test_list_shows_number_text_outcome_and_counts_what_it_shows(browser: Browser, published: World) -> None:
    shown = text_of(browser.get(f"/ar/{HOME}/recommendations"))
    assert "2022/1" in shown
    assert "إحداث خلية داخل كل جماعة" in shown
    assert "معتمدة بعد التعديل" in shown
    assert "4 توصيات" in shown
    assert "السبب: يُعرض على اللقاء المقبل" in shown


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("q=الجمـاعات", ["2022/3"]), ("q=2022/2", ["2022/2"]), ("q=٢٠٢٢/٢", ["2022/2"]),
        ("q=autorite", ["2022/1"]), ("axis=2", ["2022/3"]), ("track=1", ["2022/1", "2022/2"]),
        ("outcome=adopted_as_amended", ["2022/1"]), ("addressee=ma.dgct", ["2022/2", "2022/3"]),
        ("addressee=target_communes", ["2022/1"]), ("axis=1&q=دليل", ["2022/2"]), ("axis=9", []),
    ],
)  # fmt: skip
def test_search_and_filters_of_the_address_are_kept(
    browser: Browser, published: World, query: str, numbers: list[str]
) -> None:
    body = browser.get(f"/ar/{HOME}/recommendations?{query}").get_data(as_text=True)
    items = body[body.index('class="rec-list"') :]
    assert re.findall(r'rec-item-code"><bdi class="code" dir="ltr">(\d{4}/\d+)<', items) == numbers


def test_list_asks_the_database_the_same_few_times_for_one_and_for_all(browser: Browser, published: World) -> None:
    browser.get(f"/ar/{HOME}/recommendations")
    with count_queries() as all_of_them:
        browser.get(f"/ar/{HOME}/recommendations")
    with count_queries() as one:
        browser.get(f"/ar/{HOME}/recommendations?q=2022/2")
    assert all_of_them.count == one.count <= 8, all_of_them.statements


def test_page_of_a_recommendation_shows_its_text_history_and_earlier_wording(
    browser: Browser, published: World
) -> None:
    body = browser.get(f"/ar/{HOME}/recommendations/1").get_data(as_text=True)
    shown = text_of(browser.get(f"/ar/{HOME}/recommendations/1"))
    assert "<del>لتتبع</del>" in body
    assert "الموافقون: 41" in shown
    assert "Créer dans chaque commune" in shown
    assert "ترجمة تمت مراجعتها" in shown
    assert "النص المرجعي" in shown
    assert "الجماعات المستهدفة" in shown
    assert "26 مارس 2022" in shown
    assert "دُونت في الورشة 1" in shown
    assert "النشرة 1" in shown
    assert "http://localhost/ar/meetings/agadir-2022/recommendations/1" in shown
    assert 'role="img" aria-label="http://localhost/ar/meetings/agadir-2022/recommendations/1"' in body


def test_page_of_a_recommendation_says_what_became_of_it(browser: Browser, published: World) -> None:
    answer = browser.get(f"/ar/{HOME}/recommendations/1")
    assert "أصبحت التزاما على 3 هيئات" in text_of(answer)
    assert "الأجل الأصلي: 30 شتنبر 2022" in text_of(answer)
    assert 'aria-current="page">التوصيات' in answer.get_data(as_text=True)


def test_page_in_a_language_without_translation_says_so(browser: Browser, published: World) -> None:
    shown = text_of(browser.get(f"/fr/{HOME}/recommendations/2"))
    assert "Pas encore de traduction" in shown
    assert "نشر دليل مؤشرات" in shown


@pytest.mark.parametrize("serial", ["4", "01", "-1", "x", "99999999999999999999", "٢"])
def test_number_that_nothing_published_has_is_not_found(browser: Browser, published: World, serial: str) -> None:
    assert browser.get(f"/ar/{HOME}/recommendations/{serial}").status_code == 404


def test_recommendation_before_publication_is_not_found(browser: Browser, concluded: World) -> None:
    assert browser.get(f"/ar/{HOME}/recommendations/1").status_code == 404
    assert browser.get(f"/ar/{HOME}/editions/1").status_code == 404


def test_correction_shows_on_every_page_and_the_old_edition_stays_readable(
    browser: Browser, published: World, clock: FixedClock
) -> None:
    prepare(published, clock, ar="إحداث خلية داخل كل جماعة تتكلف بتتبع مؤشرات الأداء.")
    approve(published, clock)
    page = browser.get(f"/ar/{HOME}/recommendations/1")
    assert "صُححت باستدراك" in text_of(page)
    assert "صُحح اسم المصلحة." in text_of(page)
    assert lint_page(page, "ar") == []
    old = text_of(browser.get(f"/ar/{HOME}/editions/1"))
    assert "صدرت بعدها النشرة" in old
    assert "تحت إشراف المدير العام للمصالح" in old
    assert "صُحح اسم المصلحة." in text_of(browser.get(f"/ar/{HOME}/editions/2"))


def test_public_page_with_a_matching_etag_is_not_sent_again_until_something_public_changes(
    browser: Browser, published: World, clock: FixedClock
) -> None:
    path = f"/ar/{HOME}/recommendations/1"
    tag = browser.get(path).headers["ETag"]
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    prepare(published, clock, ar="نص مصحح.")
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    approve(published, clock)
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_edition_as_json_has_the_hash_of_its_page(browser: Browser, published: World) -> None:
    answer = browser.get("/api/v1/meetings/agadir-2022/editions/1")
    edition = queries.latest(meeting_of(published))
    assert edition is not None
    db.session.remove()
    assert hashlib.sha256(answer.get_data()).hexdigest() == edition.sha256
    assert answer.headers["ETag"] == f'"{edition.sha256}"'
    again = browser.get("/api/v1/meetings/agadir-2022/editions/1", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.slow
def test_documents_are_downloaded_with_their_hash(browser: Browser, published: World) -> None:
    assert browser.get(f"/ar/{HOME}/editions/1/pdf/ar").status_code == 404
    assert "قيد الإعداد" in text_of(browser.get(f"/ar/{HOME}/editions/1"))
    db.session.remove()
    Worker().drain()
    answer = browser.get(f"/ar/{HOME}/editions/1/pdf/ar")
    digest = hashlib.sha256(answer.get_data()).hexdigest()
    assert answer.headers["ETag"] == f'"{digest}"'
    assert answer.headers["Content-Disposition"].startswith("attachment")
    page = browser.get(f"/ar/{HOME}/editions/1")
    assert digest in text_of(page).replace(" ", "")
    assert lint_page(page, "ar") == []
    sheet = browser.get(f"/fr/{HOME}/editions/1/csv/mul")
    assert sheet.get_data().startswith(b"\xef\xbb\xbfnumber,reference")
    assert browser.get(f"/fr/{HOME}/editions/1/exe/ar").status_code == 404


def test_open_data_gives_the_published_and_its_licence(browser: Browser, published: World) -> None:
    answer = browser.get("/api/v1/meetings/agadir-2022/recommendations?axis=1")
    data = answer.get_json()
    assert [one["number"] for one in data["recommendations"]] == [1, 2]
    assert data["licence"]["name"] == "ODbL-1.0"
    assert "HCP" in data["licence"]["attribution"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    one = browser.get("/api/v1/meetings/agadir-2022/recommendations/1").get_json()["recommendation"]
    assert one["url"] == "http://localhost/ar/meetings/agadir-2022/recommendations/1"
    lines = browser.get("/api/v1/meetings/agadir-2022/recommendations.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("1,2022/1,A-1,W1,1,1,adopted_as_amended,2022-03-26T11:00:00Z,hands,ar,")


def test_open_data_before_publication_is_an_empty_list(browser: Browser, concluded: World) -> None:
    assert browser.get("/api/v1/meetings/agadir-2022/recommendations").get_json()["recommendations"] == []


def test_answers_of_the_api_keep_the_schema_they_announce(browser: Browser, published: World) -> None:
    import jsonschema

    document = browser.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert "/meetings/{slug}/recommendations" in document["paths"]
    batch = document["paths"]["/meetings/{slug}/workshops/{workshop_code}/operations"]["post"]
    assert batch["requestBody"]["content"]["application/json"]["schema"]["items"] == {
        "$ref": "#/components/schemas/Operation"}  # fmt: skip
    assert batch["security"] == [{"device": []}, {"session": []}]
    assert all(f"#/components/schemas/{name}" in str(document) for name in ("Change", "Answer", "Error"))
    for path, schema in (("recommendations", "Recommendations"), ("recommendations/1", "Recommendation"),
                         ("editions/1", "Edition")):  # fmt: skip
        whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
        jsonschema.Draft202012Validator(whole).validate(browser.get(f"/api/v1/meetings/agadir-2022/{path}").get_json())


def test_feed_is_atom_with_an_entry_for_each_edition_and_text(browser: Browser, published: World) -> None:
    answer = browser.get(f"/fr/{HOME}/feed.atom")
    feed = ElementTree.fromstring(answer.get_data())
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert len(feed.findall("a:entry", names)) == 1 + 3
    assert feed.findtext("a:updated", namespaces=names) == "2022-04-01T09:00:00Z"
    assert [one.get("rel") for one in feed.findall("a:link", names)] == ["self", "alternate", "license"]


def test_feed_before_publication_has_no_entry(browser: Browser, world: World) -> None:
    feed = ElementTree.fromstring(browser.get(f"/ar/{HOME}/feed.atom").get_data())
    assert feed.findall("{http://www.w3.org/2005/Atom}entry") == []


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_organiser_publishes_from_the_desk(browser: Browser, concluded: World, lang: str) -> None:
    browser.sign_in("organiser")
    desk = browser.get(f"/{lang}/{HOME}/manage/publication")
    assert lint_page(desk, lang) == []
    ask = browser.get(f"/{lang}/{HOME}/manage/publication/publish")
    assert lint_page(ask, lang) == []
    done = browser.post(f"/{lang}/{HOME}/manage/publication/publish")
    assert done.status_code == 303
    after = browser.get(f"/{lang}/{HOME}/manage/publication")
    assert lint_page(after, lang) == []
    assert 'hx-get="' in after.get_data(as_text=True)
    assert browser.get(f"/{lang}/{HOME}/manage/publication/progress").status_code == 200


def test_publishing_what_is_not_ready_says_what_is_missing_on_the_page(browser: Browser, world: World) -> None:
    browser.sign_in("organiser")
    answer = browser.post(f"/ar/{HOME}/manage/publication/publish")
    assert answer.status_code == 422
    assert "اختتام أشغال اللقاء" in text_of(answer)
    assert lint_page(answer, "ar") == []


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "lang"), [("pdf", "ar"), ("docx", "fr"), ("pdf", "en")])
def test_draft_is_made_before_publication(browser: Browser, concluded: World, kind: str, lang: str) -> None:
    browser.sign_in("organiser")
    answer = browser.get(f"/ar/{HOME}/manage/publication/draft/{kind}/{lang}")
    assert answer.status_code == 200
    assert answer.get_data()[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[kind]
    assert answer.headers["Cache-Control"] == "no-store"


def test_erratum_is_prepared_by_one_and_approved_by_another_on_their_pages(browser: Browser, published: World) -> None:
    browser.sign_in("organiser")
    path = f"/ar/{HOME}/manage/publication/erratum/1"
    assert lint_page(browser.get(path), "ar") == []
    refused = browser.post(path, {"body_ar": "نص مصحح.", "erratum": "", "reason": "خطأ"})
    assert refused.status_code == 422
    assert "نص مصحح." in text_of(refused)
    assert browser.post(path, {"body_ar": "نص مصحح.", "erratum": "صُحح.", "reason": "خطأ"}).status_code == 303
    desk = browser.get(f"/ar/{HOME}/manage/publication")
    assert "استدراك في انتظار موافقة شخص ثان" in text_of(desk)
    assert lint_page(desk, "ar") == []
    assert browser.post(f"/ar/{HOME}/manage/publication/approve").status_code == 422
    db.session.remove()
    second = Browser(browser.app, browser.world).sign_in("secretary")
    assert "الموافقة على الاستدراك ونشره" in text_of(second.get(f"/ar/{HOME}/manage/publication"))
    assert second.post(f"/ar/{HOME}/manage/publication/approve").status_code == 303
    assert "نص مصحح." in text_of(Browser(browser.app, browser.world).get(f"/ar/{HOME}/recommendations/1"))


def test_erratum_is_withdrawn_from_the_desk(browser: Browser, published: World, clock: FixedClock) -> None:
    prepare(published, clock, ar="نص مصحح.")
    browser.sign_in("organiser")
    assert browser.post(f"/ar/{HOME}/manage/publication/withdraw").status_code == 303
    assert "استدراك في انتظار" not in text_of(browser.get(f"/ar/{HOME}/manage/publication"))


def test_meeting_that_is_off_promises_nothing(browser: Browser, world: World) -> None:
    with acting():
        meeting = db.session.get(Meeting, world.things["agadir"])
        assert meeting is not None
        meeting.phase = "cancelled"
    assert "السبت 26 مارس" not in text_of(browser.get(f"/ar/{HOME}/recommendations"))


def test_published_list_is_printed_as_json_without_names_of_people(browser: Browser, published: World) -> None:
    whole = json.dumps(browser.get("/api/v1/meetings/agadir-2022/editions/1").get_json(), ensure_ascii=False)
    assert "شخص organiser" not in whole
