"""Which body a cell means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.territory.known import known_bodies, matcher

# How many bodies an answer of each kind holds, at least and at most.
PROMISED = {
    "code": (1, 1),
    "exact": (1, 1),
    "alias": (1, 1),
    "proposed": (1, 5),
    "ambiguous": (2, 1600),
    "none": (0, 0),
}


@pytest.mark.parametrize(
    ("text", "province", "kind", "code"),
    [
        ("أكادير", "أكادير إداوتنان", "exact", "09.001.01.01"),
        ("Agadir", None, "exact", "09.001.01.01"),
        ("أيت ملول", "إنزكان أيت ملول", "exact", "09.273.01.05"),
        ("AIT-MELLOUL", None, "exact", "09.273.01.05"),
        ("Taroudant", None, "alias", "09.541.01.13"),
        ("الناظور", "الناظور", "alias", "02.381.01.05"),
        ("Drarga", None, "alias", "09.001.05.09"),
        ("Fez", None, "alias", "03.231.01.0"),
        ("تافراوت", "تيزنيت", "exact", "09.581.01.05"),
        ("Laâyoune", "Laâyoune", "exact", "11.321.01.03"),
        ("Oulad Aissa", "Taroudant", "exact", "09.541.04.33"),
        ("Oulad Aissa (province de Khouribga)", None, "exact", "05.311.07.13"),
        ("Oulad Aissa", "جهة سوس ماسة", "exact", "09.541.04.33"),
        ("الجماعة الترابية لأكادير", None, "exact", "09.001.01.01"),
        ("Commune d’Agadir", None, "exact", "09.001.01.01"),
        ("Agadir / أكادير", None, "exact", "09.001.01.01"),
        ("تارودانت المركز", None, "exact", "09.541.01.13"),
        ("إقليم تيزنيت", None, "exact", "09.581"),
        ("Préfecture d'Agadir Ida-Ou-Tanane", None, "exact", "09.001"),
        ("Wilaya de la région Souss-Massa", None, "exact", "09"),
        ("090010101", None, "code", "09.001.01.01"),
        ("٠٩.٠٠١.٠١.٠١", None, "code", "09.001.01.01"),
        ("DGCL", None, "alias", "dgct"),
        ("قسم نجاعة أداء الجماعات الترابية", "الرباط", "exact", "dgct-performance"),
        ("World Bank", None, "exact", "world-bank"),
        ("Tiznt", "Tiznit", "proposed", "09.581.01.07"),
        ("بودنيب", None, "exact", "08.201.01.03"),
        ("بوذنيب", None, "proposed", "08.201.01.03"),
    ],
)
def test_text_names_one_body(text: str, province: str | None, kind: str, code: str) -> None:
    found = matcher().match(text, province=province)
    assert (found.kind, found.bodies[0].code, found.wrong_province) == (kind, code, False)


def test_code_comes_before_the_name() -> None:
    found = matcher().match("Agadir", code="09.273.01.05")
    assert (found.kind, found.bodies[0].code) == ("code", "09.273.01.05")
    assert matcher().match("Agadir", code="99.999").kind == "exact"


def test_homonym_without_province_is_ambiguous_and_names_each() -> None:
    found = matcher().match("اولاد عيسى")
    assert found.kind == "ambiguous"
    assert found.body is None
    assert {body.code for body in found.bodies} == {"05.311.07.13", "06.181.05.03", "09.541.04.33"}
    assert {matcher().province_of(body).code for body in found.bodies} == {"05.311", "06.181", "09.541"}


def test_name_of_another_province_is_found_and_marked() -> None:
    found = matcher().match("Agadir", province="Nador")
    assert (found.kind, found.body.code, found.wrong_province) == ("exact", "09.001.01.01", True)
    assert found.province.code == "02.381"


def test_province_that_says_nothing_is_no_obstacle() -> None:
    assert matcher().match("Agadir", province="؟؟").kind == "exact"
    assert matcher().match("وزارة الداخلية", province="الرباط").wrong_province is False


@pytest.mark.parametrize("text", ["", "—", "..", "Paris", "رئيس المجلس", "Expert indépendant", "12", "Société civile"])
def test_text_that_names_nobody_finds_none(text: str) -> None:
    assert matcher().match(text).kind == "none"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("إطار بالمديرية العامة للجماعات الترابية", "dgct"),
        ("Chargée de projet, AFD", "afd"),
        ("النائبة الأولى لرئيس جماعة ايت ملول", "09.273.01.05"),
        ("Président de la commune de Tiznit", "09.581.01.07"),
        ("والي جهة سوس ماسة", "09"),
        ("رئيس المجلس الجماعي", None),
    ],
)
def test_body_is_found_inside_a_function(text: str, code: str | None) -> None:
    found = matcher().mentioned(text)
    assert (found.bodies[0].code if found.bodies else None) == code


def test_every_name_of_every_commune_finds_it_within_its_province() -> None:
    index = matcher()
    for body in known_bodies():
        if body.kind == "commune":
            province = index.province_of(body)
            for name in body.names:
                assert index.match(name, province=province.names[0]).bodies == (body,), name


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_answered_with_known_bodies_in_the_number_its_kind_promises(text: str, province: str) -> None:
    known = set(known_bodies())
    for found in (matcher().match(text, province=province), matcher().mentioned(text)):
        least, most = PROMISED[found.kind]
        assert least <= len(found.bodies) <= most
        assert known.issuperset(found.bodies)
        assert 0 <= found.score <= 100


@pytest.mark.parametrize(
    ("text", "province"), [("الدشيرة", "عمالة إنزكان أيت ملول"), ("DCHEIRA", "Inezgane - Ait Melloul")]
)
def test_part_of_a_name_of_the_province_comes_before_the_same_name_elsewhere(text: str, province: str) -> None:
    found = matcher().match(text, province=province)
    assert (found.kind, found.wrong_province) == ("proposed", False)
    assert [body.code for body in found.bodies] == ["09.273.01.13", "11.321.03.03"]


def test_part_of_a_name_without_a_province_stays_the_exact_name() -> None:
    found = matcher().match("الدشيرة")
    assert (found.kind, found.bodies[0].code) == ("exact", "11.321.03.03")
