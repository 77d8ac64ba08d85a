"""The capture page and those beside it, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.kernel.database import new_id
from tests.client import Browser
from tests.recommendations.conftest import Desk

PAGE = "/ar/meetings/agadir-2022/workshops/W1/capture"


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_page_keeps_the_rules_of_pages(desk: Desk, lang: str) -> None:
    ident = desk.write("نشر دليل المؤشرات قبل بداية التقييم.")
    desk.change(ident, {"body.ar": "نص أول", "addressees": "target_communes 09.001"}, {"body.ar": 1})
    desk.change(ident, {"body.ar": "نص ثان"}, {"body.ar": 1})
    desk.change(ident, {"colour": "x", "body.ar": "نص لم يدخل"})
    page = PAGE.replace("/ar/", f"/{lang}/")
    for path in (page, f"{page}?r={ident}", f"{page}/{ident}/history", f"{page}/{ident}/conflict", f"{page}/kept",
                 f"{page}/paper", f"{page}/devices"):  # fmt: skip
        assert desk.browser.get(path).status_code == 200


def test_a_new_recommendation_is_saved_by_the_plain_form(browser: Browser) -> None:
    browser.sign_in("rapporteur")
    sent = {"_key": new_id(), "body": "نشر الدليل.", "authentic": "ar", "axis": "2", "addressees": "target_communes",
            "addressee": "وزارة الداخلية", "horizon": "30/09/2022", "priority": "high", "flagged": "1"}  # fmt: skip
    answer = browser.post(PAGE, sent)
    assert answer.status_code == 303
    again = browser.post(PAGE, sent)
    assert (again.status_code, again.headers["Idempotent-Replay"]) == (303, "true")
    page = browser.get(PAGE)
    assert page.text.count("data-id=") == 2
    assert "نشر الدليل." in page.text
    ident = re.search(r'data-id="([0-9a-f-]{36})"', page.text)[1]
    opened = browser.get(f"{PAGE}?r={ident}").text
    assert 'value="30/09/2022"' in opened
    assert 'value="2" checked' in opened
    assert 'value="ma.moi" checked' in opened


def test_a_refused_form_loses_nothing_typed(browser: Browser) -> None:
    browser.sign_in("rapporteur")
    answer = browser.post(
        PAGE, {"body": "نشر الدليل.", "authentic": "ar", "horizon": "31/02/2022", "addressee": "هيئة لا وجود لها"}
    )
    assert answer.status_code == 422
    assert "نشر الدليل." in answer.text
    assert "هيئة لا وجود لها" in answer.text


def test_two_plain_forms_on_one_text_keep_both(desk: Desk) -> None:
    ident = desk.write("نص")
    browser = desk.browser
    form = {"ident": ident, "authentic": "ar", "base": '{"body.ar": 1}'}
    browser.post(PAGE, {**form, "body": "نص أول"})
    answer = browser.post(PAGE, {**form, "body": "نص ثان"})
    assert answer.headers["Location"].endswith(f"?r={ident}")
    assert [one["text"] for one in desk.state()[ident]["variants"]] == ["نص ثان"]


@pytest.mark.parametrize(("choice", "kept"), [("place", "نص أول"), ("variant", "نص ثان"), ("text", "نص ثالث")])
def test_the_conflict_page_decides(desk: Desk, choice: str, kept: str) -> None:
    ident = desk.write("نص")
    desk.change(ident, {"body.ar": "نص أول"}, {"body.ar": 1})
    [variant] = desk.change(ident, {"body.ar": "نص ثان"}, {"body.ar": 1}).json["variants"]
    page = desk.browser.get(f"{PAGE}/{ident}/conflict").text
    assert "<del>أول</del>" in page
    assert "<ins>ثان</ins>" in page
    answer = desk.browser.post(
        f"{PAGE}/{ident}/conflict", {"variant": variant["id"], "choice": choice, "text": "نص ثالث"}
    )
    assert answer.status_code == 303
    row = desk.state()[ident]
    assert (row["fields"]["body.ar"]["text"], row["variants"]) == (kept, [])


def test_an_earlier_text_can_be_taken_again(desk: Desk) -> None:
    ident = desk.write("نص أول")
    desk.change(ident, {"body.ar": "نص ثان"}, {"body.ar": 1})
    page = desk.browser.get(f"{PAGE}/{ident}/history").text
    revision = re.search(r'name="revision" value="([^"]+)"', page)[1]
    assert desk.browser.post(f"{PAGE}/{ident}/history", {"revision": revision}).status_code == 303
    assert desk.state()[ident]["fields"]["body.ar"] == {"rev": 3, "text": "نص أول"}


def test_proposing_keeps_what_stands_in_the_form(desk: Desk) -> None:
    ident = desk.write("نص")
    form = {"ident": ident, "authentic": "ar", "base": '{"body.ar": 1}', "body": "نشر الدليل."}
    assert desk.browser.post(f"{PAGE}/{ident}/propose", form).status_code == 303
    row = desk.state()[ident]
    assert (row["state"], row["fields"]["body.ar"]["text"]) == ("proposed", "نشر الدليل.")


def test_a_text_that_was_not_taken_in_is_shown_to_its_author_alone(sit: Callable[..., Desk]) -> None:
    desk = sit("rapporteur")
    desk.change(new_id(), {"colour": "x", "body.ar": "نص لم يدخل"})
    assert "نص لم يدخل" in desk.browser.get(f"{PAGE}/kept").text
    assert "نص لم يدخل" not in sit("coordinator").browser.get(f"{PAGE}/kept").text


def test_this_browser_gets_a_right_that_can_be_taken_back(desk: Desk) -> None:
    lent = desk.browser.send("POST", f"{desk.place}/devices")
    assert lent.status_code == 201
    headers = {"Authorization": f"Bearer {lent.json['token']}"}
    fresh = Browser(desk.browser.app, desk.browser.world)
    assert fresh.client.get(f"{desk.place}/changes", headers=headers, base_url="http://localhost").status_code == 200
    further = fresh.client.post(f"{desk.place}/devices", headers=headers, base_url="http://localhost")
    assert further.status_code == 403
    page = desk.browser.get(f"{PAGE}/devices").text
    assert lent.json["id"] in page
    desk.browser.post(f"{PAGE}/devices", {"device": lent.json["id"]})
    assert fresh.client.get(f"{desk.place}/changes", headers=headers, base_url="http://localhost").status_code == 401


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_many(desk: Desk, counted: Callable[..., int]) -> None:
    desk.write("نشر أ")
    desk.browser.get(PAGE)
    one = counted(lambda: desk.browser.get(PAGE))
    for number in range(4):
        desk.change(desk.write(f"نشر {number}"), {"addressees": "ma.dgct", "axis": "1"})
    assert counted(lambda: desk.browser.get(PAGE)) == one


def test_similar_recommendations_of_other_workshops_show_with_the_shared_words(sit: Callable[..., Desk]) -> None:
    desk, other = sit("rapporteur"), sit("rapporteur2", "W2")
    twin = other.write("نشر دليل مؤشرات تقييم الأداء قبل انطلاق كل دورة تقييم.")
    other.write("رقمنة مساطر تدبير الموارد المالية.")
    ident = desk.write("نشر دليل المؤشرات قبل بداية التقييم.")
    [found] = desk.browser.send("GET", f"{desk.place}/recommendations/{ident}/similar").json["similar"]
    assert (found["id"], found["code"], found["mergeable"]) == (twin, "B-1", False)
    assert (
        "".join(piece["text"] for piece in found["pieces"]) == "نشر دليل مؤشرات تقييم الأداء قبل انطلاق كل دورة تقييم."
    )
    assert found["pieces"][0]["same"] is True
