"""The words and the language somebody is spoken to in."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import flask_babel
import pytest
from flask import Flask, render_template_string, url_for
from jinja2 import StrictUndefined

from app.kernel import languages
from app.kernel.clock import Clock, FixedClock, provide
from app.kernel.languages import LANGUAGES, ltr, speaking, t, words
from tools import catalogues

catalogues.build_if_older()

FSI, PDI = "\u2068", "\u2069"


@pytest.fixture
def small() -> Flask:
    """A small application with the languages and three pages, enough to see what they do to addresses."""
    app = Flask("small")
    app.testing = True
    app.jinja_env.undefined = StrictUndefined
    languages.init_app(app)

    @app.get("/<lang>/meetings/<slug>")
    def meeting(slug: str) -> str:
        return json.dumps([languages.current_language(), slug, url_for("meeting", slug=slug), url_for("plain")])

    @app.get("/<lang>/links")
    def links() -> str:
        return json.dumps(languages.language_links())

    @app.get("/plain")
    def plain() -> str:
        return languages.current_language()

    @app.errorhandler(404)
    def missing(_error: Exception) -> tuple[str, int]:
        return f"{languages.current_language()} {t('error.not_found')[:4]}", 404

    return app


def page(app: Flask, source: str, lang: str = "ar", **values: object) -> str:
    with app.test_request_context("/"), speaking(lang):
        return render_template_string(source, **values)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا توجد أي توصية"),
        (1, "توصية واحدة"),
        (2, "توصيتان"),
        (3, "3 توصيات"),
        (10, "10 توصيات"),
        (11, "11 توصية"),
        (99, "99 توصية"),
        (100, "100 توصية"),
        (102, "102 توصية"),
        (103, "103 توصيات"),
        (1111, "1.111 توصية"),
    ],
)
def test_arabic_number_picks_the_form_that_agrees(count: int, said: str) -> None:
    assert t("count.recommendations", lang="ar", count=count).replace(FSI, "").replace(PDI, "") == said


def test_french_zero_is_singular_and_english_zero_is_plural() -> None:
    assert t("count.recommendations", lang="fr", count=0) == f"{FSI}0{PDI}\u00a0recommandation"
    assert t("count.recommendations", lang="en", count=0) == f"{FSI}0{PDI} recommendations"


def test_counted_sentence_without_count_is_refused() -> None:
    with pytest.raises(TypeError, match="count="):
        t("count.recommendations", lang="ar")


def test_same_english_under_three_keys_has_three_translations() -> None:
    said = [t(key, lang="ar") for key in ("phase.cancelled", "task.cancelled", "participant.cancelled")]
    assert said == ["ملغى", "ملغاة", "تسجيل ملغى"]


def test_plain_text_isolates_every_value() -> None:
    assert t("text.merged_into", lang="ar", code="2022/7") == f"مدمجة في {FSI}2022/7{PDI}"
    assert t("text.merged_into", lang="ar", code=ltr("2022/7")) == f"مدمجة في {FSI}2022/7{PDI}"


def test_page_text_escapes_and_isolates_every_value(small: Flask) -> None:
    said = page(small, "{{ t('participant.represented_by', name=name, delegate='فاطمة') }}", name="<b>Ali Amin</b>")
    assert said == "ينوب عن <bdi>&lt;b&gt;Ali Amin&lt;/b&gt;</bdi>: <bdi>فاطمة</bdi>"


@pytest.mark.parametrize(
    "value",
    [
        "2022/7",
        "06 61 23 45 67",
        "+212 528-84 22 33",
        "45%",
        "-5",
        "09-08",
        "09.08",
        "a@b.example",
        "liste_v3.xlsx",
        "7K3M-PX9D",
        "REC-2022-014",
        "09:00–10:30",
        "3/5",
    ],
)
def test_code_or_phone_on_a_page_runs_left_to_right(small: Flask, value: str) -> None:
    assert page(small, "{{ v|bdi }}", v=value) == f'<bdi dir="ltr">{value}</bdi>'


@pytest.mark.parametrize("value", ["محمد", "Ahmed Benali", "المكتب 2", "57", "1.234,5", "25 mars 2022"])
def test_name_or_number_on_a_page_keeps_its_own_direction(small: Flask, value: str) -> None:
    assert page(small, "{{ v|bdi }}", v=value) == f"<bdi>{value}</bdi>"


def test_value_already_isolated_is_not_wrapped_twice(small: Flask) -> None:
    said = page(small, "{{ t('text.merged_into', code='A4'|ltr) }}", "fr")
    assert said == 'Fusionnée dans <bdi dir="ltr">A4</bdi>'


@pytest.mark.parametrize(
    "source",
    [
        """<a title="{{ t('text.merged_into', code='A <b>') }}">x</a>""",
        """<a title="{{ t.plain('text.merged_into', code='A <b>') }}">x</a>""",
        """{% macro link(label) %}<a{% if label %} title="{{ label }}"{% endif %}>x</a>{% endmacro %}"""
        """{{ link(t('text.merged_into', code='A <b>')) }}""",
    ],
)
def test_words_in_an_attribute_are_plain_text(small: Flask, source: str) -> None:
    assert page(small, source, "en") == f'<a title="Merged into {FSI}A &lt;b&gt;{PDI}">x</a>'


def test_words_in_a_title_or_an_option_are_plain_text_and_elsewhere_markup(small: Flask) -> None:
    words_of = "{{ t('text.merged_into', code='A4'|ltr) }}"
    said = page(
        small, f"<title>{words_of}</title><option value='1'>{words_of}</option><p class='x'>{words_of}</p>", "en"
    )
    plain, markup = f"Merged into {FSI}A4{PDI}", 'Merged into <bdi dir="ltr">A4</bdi>'
    assert said == f"<title>{plain}</title><option value='1'>{plain}</option><p class='x'>{markup}</p>"


def test_markup_of_a_block_is_plain_text_in_the_title(small: Flask) -> None:
    source = "{% if false %}{% block title %}x {{ 'A4'|ltr }}{% endblock %}{% endif %}<title>{{ self.title() }}</title>"
    assert page(small, source) == f"<title>x {FSI}A4{PDI}</title>"


def test_french_no_break_spaces_survive_in_an_attribute(small: Flask) -> None:
    said = page(small, """<a title="{{ t('count.documents', count=3) }}">""", "fr")
    assert said == f'<a title="{FSI}3{PDI}\u00a0documents">'


def test_words_missing_in_amazigh_are_shown_as_arabic_and_say_so(small: Flask) -> None:
    assert page(small, "{{ t('nav.home') }}", "zgh") == "ⵜⴰⵙⵏⴰ ⵏ ⵓⵙⵏⵓⴱⴳ"
    assert page(small, "{{ t('nav.menu') }}", "zgh") == '<span lang="ar" dir="rtl">القائمة</span>'
    assert page(small, "<h1 {{ text_attrs('nav.menu') }}>", "zgh") == '<h1 lang="ar" dir="rtl">'
    assert page(small, "<h1{{ text_attrs('nav.menu') }}>", "ar") == "<h1>"
    assert t("nav.menu", lang="zgh") == "القائمة"


def test_key_of_no_file_is_refused_in_tests_and_logged_in_service(small: Flask) -> None:
    with pytest.raises(languages.UnknownWord):
        t("nav.nowhere")
    small.testing = False
    with small.app_context():
        assert t("nav.nowhere") == "nav.nowhere"


def test_lazy_words_wait_for_the_reader(small: Flask) -> None:
    label = t.lazy("seats.left_of", count=3, total=9)
    assert page(small, "{{ label }}", "fr", label=label) == "<bdi>3</bdi>\u00a0places restantes sur <bdi>9</bdi>"
    with speaking("en"):
        assert str(label) == f"{FSI}3{PDI} places left of {FSI}9{PDI}"


def test_forms_for_a_script_carry_the_categories_of_the_browser() -> None:
    assert t.forms("count.documents", lang="fr") == {"one": "{count}\u00a0document", "other": "{count}\u00a0documents"}
    arabic = t.forms("count.documents", lang="ar")
    assert list(arabic) == ["zero", "one", "two", "few", "many", "other"]
    assert arabic["few"] == "{count} وثائق"


def test_speaking_ends_where_it_began() -> None:
    with speaking("fr"):
        with speaking("en"):
            assert t("nav.search") == "Search"
        assert t("nav.search") == "Rechercher"
    assert t("nav.search") == "البحث"


def test_flask_babel_follows_the_language_spoken(small: Flask) -> None:
    with small.test_request_context("/"):
        with speaking("fr"):
            assert str(flask_babel.get_locale()) == "fr_MA"
        assert str(flask_babel.get_locale()) == "ar_MA"


def test_path_says_the_language_and_addresses_keep_it(small: Flask) -> None:
    answer = small.test_client().get("/fr/meetings/agadir")
    assert answer.json is None
    assert json.loads(answer.text) == ["fr", "agadir", "/fr/meetings/agadir", "/plain"]


@pytest.mark.parametrize(("path", "start"), [("/de/meetings/x", "ar"), ("/fr/nowhere", "fr Cett"), ("/no", "ar هذه ")])
def test_unknown_path_answers_404_in_a_language(small: Flask, path: str, start: str) -> None:
    answer = small.test_client().get(path)
    assert answer.status_code == 404
    assert answer.text.startswith(start)


def test_language_of_one_request_does_not_reach_the_next(small: Flask) -> None:
    with small.app_context():
        client = small.test_client()
        client.get("/fr/links")
        assert client.get("/plain").text == "ar"
        assert client.get("/plain", headers={"Accept-Language": "de, en;q=0.5"}).text == "en"
        assert client.get("/plain", headers={"Accept-Language": "de"}).text == "ar"


def test_language_links_keep_the_page_and_its_query(small: Flask) -> None:
    links = json.loads(small.test_client().get("/en/links?q=%D8%A3&page=2").text)
    assert [link["url"] for link in links] == [f"/{code}/links?q=%D8%A3&page=2" for code in LANGUAGES]
    assert [link["lang"] for link in links if link["current"]] == ["en"]
    assert links[3]["label"] == "ⵜⴰⵎⴰⵣⵉⵖⵜ"
    assert links[3]["dir"] == "ltr"


def test_dates_are_said_in_words() -> None:
    day = date(2022, 3, 25)
    assert [languages.format_date(day, lang=code) for code in LANGUAGES] == [
        "25 مارس 2022", "25 mars 2022", "25 March 2022", "25 ⵎⴰⵕⵚ 2022",
    ]  # fmt: skip
    assert languages.format_date(day, lang="ar", weekday=True) == "الجمعة 25 مارس 2022"
    assert languages.format_date(day, lang="fr", weekday=True) == "vendredi 25 mars 2022"
    assert languages.format_date(date(2022, 5, 1), lang="fr") == "1er mai 2022"
    assert languages.format_date(date(2022, 5, 11), lang="fr") == "11 mai 2022"


def test_months_and_days_of_babel_are_the_ones_of_the_design() -> None:
    for lang in LANGUAGES:
        for month in range(1, 13):
            assert languages.format_date(date(2022, month, 2), lang=lang).split()[1] == t(
                f"date.month.{month:02}", lang=lang
            )
        for weekday in range(1, 8):
            said = languages.format_date(date(2022, 8, weekday), lang=lang, weekday=True)
            assert said.split()[0] == t(f"date.day.{weekday}", lang=lang)


@pytest.mark.parametrize(
    ("last", "lang", "said"),
    [
        ((2022, 3, 25), "ar", "يوم 25 مارس 2022"),
        ((2022, 3, 25), "fr", "le 25 mars 2022"),
        ((2022, 3, 26), "ar", "يومي 25 و26 مارس 2022"),
        ((2022, 3, 26), "fr", "les 25 et 26 mars 2022"),
        ((2022, 3, 26), "en", "25 and 26 March 2022"),
        ((2022, 3, 27), "ar", "من 25 إلى 27 مارس 2022"),
        ((2022, 3, 27), "fr", "du 25 au 27 mars 2022"),
        ((2022, 4, 1), "fr", "du 25 mars au 1er avril 2022"),
        ((2022, 4, 2), "ar", "من 25 مارس إلى 2 أبريل 2022"),
        ((2023, 1, 2), "ar", "من 25 مارس 2022 إلى 2 يناير 2023"),
        ((2023, 1, 2), "en", "25 March 2022 to 2 January 2023"),
    ],
)
def test_range_of_days_is_said_in_words(last: tuple[int, int, int], lang: str, said: str) -> None:
    assert languages.date_range(date(2022, 3, 25), date(*last), lang=lang) == said


def test_range_of_days_with_weekdays_names_both() -> None:
    said = languages.date_range(date(2022, 3, 25), date(2022, 3, 26), lang="ar", weekday=True)
    assert said == "يومي الجمعة 25 والسبت 26 مارس 2022"
    assert languages.date_range(date(2022, 12, 31), date(2023, 1, 1), lang="fr") == (
        "les 31 décembre 2022 et 1er janvier 2023"
    )


def test_hours_are_on_the_24_hour_clock() -> None:
    assert languages.time_range(time(9), time(10, 30), lang="ar") == "من 09:00 إلى 10:30"
    said = languages.format_datetime(datetime(2022, 3, 25, 15, 5), lang="ar")
    assert said == "يوم 25 مارس 2022 على الساعة 15:05"


def test_moment_is_shown_at_the_hour_of_morocco_of_its_day(small: Flask) -> None:
    shown = "{{ m|date }} {{ m|time }}"
    assert page(small, shown, m=datetime(2022, 3, 25, 8, tzinfo=UTC)) == "25 مارس 2022 09:00"
    assert page(small, shown, m=datetime(2022, 3, 28, 9, tzinfo=UTC)) == "28 مارس 2022 09:00"
    assert page(small, shown, m=datetime(2026, 11, 23, 9, tzinfo=UTC)) == "23 نونبر 2026 09:00"
    assert page(small, "{{ m|date }}", m=datetime(2022, 3, 25, 23, 30, tzinfo=UTC)) == "26 مارس 2022"
    assert page(small, "{{ m|time(zone='Europe/Paris') }}", m=datetime(2022, 3, 25, 8, tzinfo=UTC)) == "09:00"


def test_numbers_have_no_invisible_marks(small: Flask) -> None:
    said = page(small, "{{ -1234567.5|number }} {{ 0.4567|percent }}")
    assert said == '-1.234.567,5 <bdi dir="ltr">46%</bdi>'
    assert page(small, "{{ 1234567.5|number }} {{ 0.4567|percent }}", "fr") == (
        '1\u202f234\u202f567,5 <bdi dir="ltr">46\u202f%</bdi>'
    )


@pytest.mark.parametrize(("ratio", "said"), [(0, "0%"), (0.001, "1%"), (0.999, "99%"), (1, "100%")])
def test_share_is_all_or_nothing_only_when_it_is(small: Flask, ratio: float, said: str) -> None:
    assert page(small, "{{ r|percent }}", r=ratio) == f'<bdi dir="ltr">{said}</bdi>'


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+212661234567", "06 61 23 45 67"), ("+33612345678", "+33 6 12 34 56 78"), ("14", "14"), ("", "")],
)
def test_phone_is_shown_as_people_here_write_it(small: Flask, stored: str, shown: str) -> None:
    assert page(small, "{{ v|phone }}", v=stored) == (f'<bdi dir="ltr">{shown}</bdi>' if shown else "")


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "1 كيلوبايت"),
        (245_300, "245 كيلوبايت"),
        (1_234_567, "1,2 ميغابايت"),
        (25_000_000, "25 ميغابايت"),
        (999_700, "1 ميغابايت"),
        (3_100_000_000, "3,1 غيغابايت"),
    ],
)
def test_size_of_a_file_is_said_in_its_unit(size: int, said: str) -> None:
    assert languages.file_size(size, lang="ar") == said


@pytest.mark.parametrize(
    ("hours", "lang", "said"),
    [
        (0, "ar", "قبل أقل من دقيقة"),
        (0.05, "ar", "قبل 3 دقائق"),
        (5, "fr", "il y a 5\u00a0heures"),
        (20, "fr", "il y a 20\u00a0heures"),
        (30, "fr", "hier"),
        (30, "ar", "أمس"),
        (72, "ar", "قبل 3 أيام"),
        (24 * 40, "en", "14 October 2026"),
    ],
)
def test_time_past_is_said_in_minutes_hours_then_days(hours: float, lang: str, said: str) -> None:
    now = datetime(2026, 11, 23, 18, tzinfo=UTC)
    provide(lambda: FixedClock(now))
    try:
        assert languages.ago(now - timedelta(hours=hours), lang=lang) == said
    finally:
        provide(Clock)


def test_list_joins_its_last_part_in_words(small: Flask) -> None:
    assert languages.list_join(["أ", "ب", "ج"], lang="ar") == f"{FSI}أ{PDI}، {FSI}ب{PDI}، و{FSI}ج{PDI}"
    assert page(small, "{{ list_join(['A', '<']) }}", "fr") == "<bdi>A</bdi> et <bdi>&lt;</bdi>"
    assert page(small, "{{ list_join(['A']) }}|{{ list_join([]) }}", "fr") == "<bdi>A</bdi>|"


def test_length_in_months_says_whole_years_as_years() -> None:
    assert languages.months(24, lang="ar") == "سنتان"
    assert languages.months(18, lang="ar") == "18 شهرا"
    assert languages.months(12, lang="fr") == "1\u00a0an"


def test_text_in_another_language_than_the_page_says_so(small: Flask) -> None:
    thing = {"title_ar": "", "title_fr": "Titre & sous-titre", "title_en": None}
    assert page(small, "{{ passage(v, 'title') }}", v=thing) == '<bdi lang="fr" dir="ltr">Titre &amp; sous-titre</bdi>'
    assert page(small, "{{ passage(v, 'title') }}", "fr", v=thing) == "<bdi>Titre &amp; sous-titre</bdi>"
    assert page(small, "{{ pick(v, 'title') }}|{{ pick(v, 'note') }}", "en", v=thing) == "Titre &amp; sous-titre|"


def test_catalogue_that_was_not_built_says_how_to_build_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words._catalogue.cache_clear()
    try:
        with pytest.raises(languages.UnknownWord, match=r"tools/catalogues\.py build"):
            t("nav.home")
    finally:
        words._catalogue.cache_clear()


def test_days_in_amazigh_are_not_half_arabic(small: Flask) -> None:
    days = {"a": date(2022, 3, 25), "b": date(2022, 3, 26)}
    assert page(small, "{{ a|date }}", "zgh", **days) == "25 ⵎⴰⵕⵚ 2022"
    said = page(small, "{{ date_range(a, b) }}", "zgh", **days)
    assert said == '<span lang="ar" dir="rtl">يومي 25 و26 مارس 2022</span>'
    assert page(small, "{{ date_range(a, b) }}", "fr", **days) == "les 25 et 26 mars 2022"
