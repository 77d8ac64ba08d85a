"""The coordinator's review: steps by the table, merging with provenance, translations, the hand-over."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.recommendations.models import HandOver, Link, Recommendation
from tests.recommendations.conftest import Desk

PAGE = "/ar/meetings/agadir-2022/workshops/W1/review"
WHOLE = "/ar/meetings/agadir-2022/manage/recommendations"


@pytest.fixture
def lead(sit: Callable[..., Desk]) -> Desk:
    """The coordinator of the first workshop."""
    return sit("coordinator")


def go(desk: Desk, ident: str, after: str, reason: str = "") -> int:
    return desk.browser.post(f"{PAGE}/{ident}/state", {"after": after, "reason": reason}).status_code


def state(desk: Desk, ident: str) -> str:
    return str(desk.state()[ident]["state"])


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_page_keeps_the_rules_of_pages(lead: Desk, sit: Callable[..., Desk], lang: str) -> None:
    one = lead.write("نشر دليل مؤشرات تقييم الأداء قبل انطلاق كل دورة.")
    two = lead.write("نشر دليل المؤشرات قبل كل دورة تقييم.")
    lead.change(one, {"body.fr": "Publier le guide des indicateurs.", "axis": "1", "addressees": "ma.dgct 09.001",
                      "horizon": "2022-09-30", "priority": "high", "flagged": True, "note": "ملاحظة"})  # fmt: skip
    lead.change(one, {"body.ar": "نص"}, {})
    page = PAGE.replace("/ar/", f"/{lang}/")
    for path in (page, f"{page}?state=draft", f"{page}/{one}", f"{page}/{one}/merge", f"{page}/{one}/merge?into={two}",
                 f"{page}/{one}/split"):  # fmt: skip
        assert lead.browser.get(path).status_code == 200
    assert sit("organiser").browser.get(WHOLE.replace("/ar/", f"/{lang}/")).status_code == 200


def test_a_text_goes_from_draft_to_retained_and_back_with_a_reason(lead: Desk) -> None:
    ident = lead.write("نشر الدليل.")
    assert go(lead, ident, "proposed") == 303
    assert go(lead, ident, "under_review") == 303
    assert go(lead, ident, "retained") == 303
    assert state(lead, ident) == "retained"
    assert go(lead, ident, "draft") == 422
    assert go(lead, ident, "draft", "الأجل غير واقعي") == 303
    row = lead.state()[ident]
    assert (row["state"], row["review_reason"]) == ("draft", "الأجل غير واقعي")


def test_retaining_a_proposed_text_takes_it_up_on_the_way(lead: Desk) -> None:
    ident = lead.write("نشر الدليل.")
    go(lead, ident, "proposed")
    assert go(lead, ident, "retained") == 303
    kinds = [one["kind"] for one in lead.changes()["changes"]]
    assert kinds[-2:] == ["recommendation.taken_up", "recommendation.retained"]


def test_steps_outside_the_table_are_refused(lead: Desk) -> None:
    ident = lead.write("نشر الدليل.")
    assert go(lead, ident, "retained") == 422
    assert go(lead, ident, "adopted") == 422
    assert state(lead, ident) == "draft"


def test_nothing_without_a_text_is_proposed(lead: Desk) -> None:
    ident = lead.write("نشر")
    lead.change(ident, {"body.ar": ""}, {"body.ar": 1})
    assert go(lead, ident, "proposed") == 422


def test_the_rapporteur_writes_until_the_coordinator_takes_the_text_up(sit: Callable[..., Desk], lead: Desk) -> None:
    rapporteur = sit("rapporteur")
    ident = rapporteur.write("نشر الدليل.")
    go(lead, ident, "proposed")
    assert rapporteur.change(ident, {"body.ar": "نشر الدليل كاملا."}, {"body.ar": 1}).status_code == 200
    go(lead, ident, "under_review")
    late = rapporteur.change(ident, {"body.ar": "نشر الدليل غدا."}, {"body.ar": 2})
    assert (late.status_code, late.json["error"]) == (403, "text_under_review")
    assert lead.change(ident, {"body.ar": "نشر الدليل المحين."}, {"body.ar": 2}).status_code == 200


def test_rewriting_while_somebody_else_did_keeps_both(lead: Desk, sit: Callable[..., Desk]) -> None:
    ident = lead.write("نص")
    sit("rapporteur").change(ident, {"body.ar": "نص أول"}, {"body.ar": 1})
    form = {"base": '{"body.ar": 1}', "body_ar": "نص ثان", "body_fr": "Texte", "title_ar": "عنوان"}
    assert lead.browser.post(f"{PAGE}/{ident}", form).status_code == 303
    row = lead.state()[ident]
    assert row["fields"]["body.ar"]["text"] == "نص أول"
    assert [one["text"] for one in row["variants"]] == ["نص ثان"]
    assert row["fields"]["title.ar"]["text"] == "عنوان"


def test_merging_keeps_provenance_and_is_undone(lead: Desk) -> None:
    target, source = lead.write("نشر دليل المؤشرات."), lead.write("نشر دليل المؤشرات قبل الدورة.")
    page = lead.browser.get(f"{PAGE}/{source}/merge?into={target}").text
    assert "<del>" in page
    rev = re.search(r'name="rev"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="rev"', page)
    assert rev
    sent = {"text": "نشر دليل المؤشرات قبل كل دورة.", "kept": "الأجل", "rev": "1"}
    assert lead.browser.post(f"{PAGE}/{source}/merge?into={target}", sent).status_code == 303
    assert lead.state()[target]["fields"]["body.ar"]["text"] == "نشر دليل المؤشرات قبل كل دورة."
    shown = lead.browser.get(f"{PAGE}/{target}").text
    assert "نشر دليل المؤشرات قبل الدورة." in shown
    assert "الأجل" in shown
    assert lead.browser.post(f"{PAGE}/{source}/unmerge").status_code == 303
    assert state(lead, source) == "draft"


def test_splitting_makes_a_second_recommendation(lead: Desk) -> None:
    ident = lead.write("تعميم التدقيق وإحداث وحداته.")
    sent = {"rest": "تعميم التدقيق.", "part": "إحداث وحدات التدقيق.", "rev": "1"}
    assert lead.browser.post(f"{PAGE}/{ident}/split", sent).status_code == 303
    assert sorted(row["fields"]["body.ar"]["text"] for row in lead.state().values()) == [
        "إحداث وحدات التدقيق.",
        "تعميم التدقيق.",
    ]


def test_two_that_are_different_are_not_proposed_again(lead: Desk) -> None:
    one, two = lead.write("نشر دليل مؤشرات تقييم الأداء."), lead.write("نشر دليل المؤشرات لتقييم الأداء.")
    place = f"{lead.place}/recommendations/{one}/similar"
    assert [row["id"] for row in lead.browser.send("GET", place).json["similar"]] == [two]
    for _ in range(2):
        assert lead.browser.post(f"{PAGE}/{one}/apart?into={two}").status_code == 303
    assert lead.browser.send("GET", place).json["similar"] == []
    with transaction(writes=False):
        assert db.session.query(Link).filter_by(kind="distinct").count() == 1


def test_a_translation_is_outdated_once_its_source_moves(lead: Desk) -> None:
    ident = lead.write("نشر الدليل.")
    lead.change(ident, {"body.fr": "Publier le guide."})
    place = f"{PAGE}/{ident}"
    assert (
        lead.browser.post(f"{place}/translation", {"field": "body.fr", "translation": "certified"}).status_code == 303
    )
    assert "ترجمة مصادق عليها" in lead.browser.get(place).text
    lead.change(ident, {"body.ar": "نشر الدليل كاملا."}, {"body.ar": 1})
    assert "ترجمة لم تعد مطابقة للنص" in lead.browser.get(place).text
    assert (
        lead.browser.post(f"{place}/translation", {"field": "body.ar", "translation": "certified"}).status_code == 422
    )
    assert (
        lead.browser.post(f"{place}/translation", {"field": "title.fr", "translation": "certified"}).status_code == 422
    )


def test_handing_over_freezes_and_reopening_says_who_and_why(lead: Desk) -> None:
    ident = lead.write("نشر الدليل.")
    lead.browser.post(f"{PAGE}/hand-over")
    with transaction(writes=False):
        assert db.session.query(HandOver).count() == 0
    go(lead, ident, "proposed")
    go(lead, ident, "retained")
    assert lead.browser.post(f"{PAGE}/hand-over").status_code == 303
    lead.browser.post(f"{PAGE}/hand-over")
    assert lead.changes()["frozen"] == 1
    assert lead.change(ident, {"body.ar": "آخر"}, {"body.ar": 1}).json["error"] == "handed_over"
    assert go(lead, ident, "draft", "سبب") == 422
    lead.browser.post(f"{PAGE}/reopen", {"reason": ""})
    assert lead.changes()["frozen"] == 1
    lead.browser.post(f"{PAGE}/reopen", {"reason": "خطأ في الأجل"})
    assert lead.changes()["frozen"] is None
    page = lead.browser.get(PAGE).text
    assert "خطأ في الأجل" in page
    assert "نعيمة المنصوري" in page
    lead.browser.post(f"{PAGE}/hand-over")
    assert lead.changes()["frozen"] == 2


def test_a_retained_text_with_two_wordings_is_not_handed_over(lead: Desk) -> None:
    ident = lead.write("نص")
    lead.change(ident, {"body.ar": "نص أول"}, {"body.ar": 1})
    lead.change(ident, {"body.ar": "نص ثان"}, {"body.ar": 1})
    go(lead, ident, "proposed")
    go(lead, ident, "retained")
    lead.browser.post(f"{PAGE}/hand-over")
    assert lead.changes()["frozen"] is None


def test_reopening_is_over_once_the_plenary_has_read(lead: Desk) -> None:
    ident = lead.write("نشر الدليل.")
    go(lead, ident, "proposed")
    go(lead, ident, "retained")
    lead.browser.post(f"{PAGE}/hand-over")
    with transaction():
        db.session.get_one(Recommendation, ident).state = "read"
    lead.browser.post(f"{PAGE}/reopen", {"reason": "سبب"})
    assert lead.changes()["frozen"] == 1


def test_the_organiser_sees_every_workshop_and_narrows_the_list(sit: Callable[..., Desk]) -> None:
    sit("rapporteur").write("نشر الدليل الأول.")
    sit("rapporteur2", "W2").write("إحداث الخلية الثانية.")
    browser = sit("organiser").browser
    page = browser.get(WHOLE).text
    assert "نشر الدليل الأول." in page
    assert "إحداث الخلية الثانية." in page
    assert "نشر الدليل الأول." not in browser.get(f"{WHOLE}?workshop=W2").text
    assert "نشر الدليل الأول." not in browser.get(f"{WHOLE}?state=retained").text


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_many(lead: Desk, counted: Callable[..., int]) -> None:
    lead.change(lead.write("نشر"), {"addressees": "ma.dgct", "axis": "1"})
    lead.browser.get(PAGE)
    one = counted(lambda: lead.browser.get(PAGE))
    for number in range(4):
        lead.change(lead.write(f"إحداث رقم {number}"), {"addressees": "ma.dgct", "axis": "1"})
    assert counted(lambda: lead.browser.get(PAGE)) == one
