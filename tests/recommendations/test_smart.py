"""The five letters: advice on a wording in Arabic and French."""

from __future__ import annotations

import pytest

from app.recommendations.smart import advise, is_action

GOOD_AR = "نشر دليل مؤشرات تقييم الأداء من طرف المديرية العامة قبل انطلاق كل دورة بثلاثة أشهر على الأقل."
GOOD_FR = "Publier le guide des indicateurs par la DGCT au moins trois mois avant chaque cycle."


@pytest.mark.parametrize(("text", "lang"), [(GOOD_AR, "ar"), (GOOD_FR, "fr")])
def test_a_whole_wording_has_every_letter(text: str, lang: str) -> None:
    advice = advise(text, lang=lang, axis=True)
    assert (advice.s, advice.m, advice.a, advice.r, advice.t, advice.hints) == (True, True, True, True, True, [])


def test_a_short_wording_misses_measure_body_axis_and_date() -> None:
    advice = advise("تبسيط الوثائق المطلوبة في المنصة.", lang="ar")
    assert (advice.s, advice.m, advice.a, advice.r, advice.t) == (True, False, False, False, False)
    assert advice.hints == ["addressee", "measure", "date", "axis"]


@pytest.mark.parametrize(
    ("text", "lang", "hint"),
    [
        ("الجماعات لا تتوفر على دليل.", "ar", "verb"),
        ("Les communes manquent de guide.", "fr", "verb"),
        ("تعميم التدقيق الداخلي بالجماعات وإحداث وحداته.", "ar", "two_actions"),
        ("إحداث جائزة سنوية وتوثيقها في بنك للتجارب.", "ar", "two_actions"),
        ("Généraliser l'audit interne et créer les unités.", "fr", "two_actions"),
        ("توفير التجهيزات والموارد إلخ.", "ar", "vague"),
        ("Renforcer les équipes, le cas échéant.", "fr", "vague"),
        ("تعبئة كل المتدخلين لإنجاح البرنامج.", "ar", "everybody"),
        ("Mobiliser tous les acteurs.", "fr", "everybody"),
        ("نشر " + "كلمة " * 60, "ar", "long"),
    ],
)
def test_a_weakness_is_named(text: str, lang: str, hint: str) -> None:
    assert hint in advise(text, lang=lang).hints


def test_sixty_words_are_not_too_long() -> None:
    assert "long" not in advise("نشر " + "كلمة " * 59, lang="ar").hints


def test_everybody_is_nobody_even_with_a_body_named() -> None:
    assert advise("تعبئة كل المتدخلين.", lang="ar", addressed=True).a is False


def test_linked_facts_count_without_words() -> None:
    advice = advise("تبسيط الوثائق.", lang="ar", addressed=True, axis=True, dated=True, indicator=True)
    assert (advice.s, advice.m, advice.a, advice.r, advice.t, advice.hints) == (True, True, True, True, True, [])


def test_arabic_digits_measure_and_date() -> None:
    advice = advise("تكوين ٦٠ منتخبا قبل متم سنة ٢٠٢٢.", lang="ar")
    assert (advice.m, advice.t) == (True, True)


def test_an_empty_text_has_no_letter() -> None:
    advice = advise("", lang="ar")
    assert (advice.s, advice.m, advice.a, advice.t) == (False, False, False, False)


@pytest.mark.parametrize("word", ["نشر", "تقوية", "استكمال", "الرفع", "إحداث", "مواكبة"])
def test_verbal_nouns_open_a_recommendation(word: str) -> None:
    assert is_action(word, arabic=True)


@pytest.mark.parametrize("word", ["الجماعات", "هناك", "يجب", "دورة"])
def test_other_words_do_not(word: str) -> None:
    assert not is_action(word, arabic=True)
