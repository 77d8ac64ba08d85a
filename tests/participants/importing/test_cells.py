"""Single cells: telephones, addresses, dates, names, workshops, capacities."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.participants.importing import KnownCategory
from app.participants.importing.capacities import CODES, CategoryReader
from app.participants.importing.contacts import read_mails, read_phones
from app.participants.importing.dates import read_date
from app.participants.importing.headings import field_of
from app.participants.importing.names import read_name
from app.participants.importing.wishes import WishReader
from tests.participants.importing.sheets import WORKSHOPS
from tests.territory.known import known_bodies, matcher


@pytest.mark.parametrize(
    "value",
    [
        "0661234567", "06 61 23 45 67", "06.61.23.45.67", "06-61-23-45-67", "06/61/23/45/67", "+212 6 61 23 45 67",
        "00212661234567", "212661234567", "661234567", "+2120661234567", "(+212) 661 23 45 67", "٠٦٦١٢٣٤٥٦٧",
        "۰۶۶۱۲۳۴۵۶۷", "\u202a0661234567\u202c", "O661234567", "661234567.0", 661234567, 661234567.0, "Tél : 0661234567",
        "0661234567 (بدر)", "６６１２３４５６７", "'0661234567", "6.61234567E+08",
    ],
)  # fmt: skip
def test_one_number_in_every_shape(value: Any) -> None:
    assert read_phones(value).values == ["+212661234567"]


@pytest.mark.parametrize(
    ("value", "phones", "codes"),
    [
        ("06.61.23.45.67 / 0528842233", ["+212661234567", "+212528842233"], {"second_phone"}),
        ("0661234567 ou 0661234568", ["+212661234567", "+212661234568"], {"second_phone"}),
        ("0661234567 0528842233", ["+212661234567", "+212528842233"], {"second_phone"}),
        ("0661234567-0528842233", ["+212661234567", "+212528842233"], {"second_phone"}),
        ("0661234567\n0528842233", ["+212661234567", "+212528842233"], {"second_phone"}),
        ("0661234567 / 0661234567", ["+212661234567"], set()),
        ("0661234567 / 0661 23", ["+212661234567"], {"phone_invalid"}),
        ("6,61235E+08", [], {"phone_lost_digits"}),
        ("6E+08", [], {"phone_lost_digits"}),
        ("0661 23 45", [], {"phone_invalid"}),
        ("0537 00 00 14 poste 214", ["+212537000014"], {"phone_extension"}),
        ("0537000014 تحويلة 12", ["+212537000014"], {"phone_extension"}),
        ("+1 202 555 0119", ["+12025550119"], set()),
        ("33 6 00 00 00 20", ["+33600000020"], set()),
        ("600000003", ["+212600000003"], {"phone_zero_restored"}),
        ("—", [], set()),
        ("néant", [], set()),
        ("لا يوجد", [], set()),
        ("abc", [], {"phone_invalid"}),
        (None, [], set()),
    ],
)
def test_numbers_of_a_cell_with_their_flags(value: Any, phones: list[str], codes: set[str]) -> None:
    read = read_phones(value)
    assert (read.values, set(read.flags)) == (phones, codes)


@pytest.mark.parametrize(
    ("value", "mails", "codes"),
    [
        ("A.B@Commune.Example ", ["a.b@commune.example"], []),
        ("a@b.example;c@d.example", ["a@b.example", "c@d.example"], ["second_email"]),
        ("Ahmed <a@b.example>", ["a@b.example"], []),
        ("mailto:a@b.example", ["a@b.example"], []),
        ("a @ b.example", ["a@b.example"], []),
        ("a@@b.example", [], ["email_invalid"]),
        ("a..b@c.example", [], ["email_invalid"]),
        ("a@b", [], ["email_invalid"]),
        ("@b.example", [], ["email_invalid"]),
        ("a.b.example", [], ["email_invalid"]),
        ("néant", [], []),
        (12, [], []),
    ],
)
def test_addresses_of_a_cell(value: Any, mails: list[str], codes: list[str]) -> None:
    read = read_mails(value)
    assert (read.values, read.flags) == (mails, codes)


@pytest.mark.parametrize(
    "value",
    [
        "15/03/2022", "15/3/22", "15-03-2022", "15.03.2022", "2022-03-15", "2022/03/15", "15 mars 2022", "15 mars 22",
        "mardi 15 mars 2022", "الثلاثاء 15 مارس 2022", "١٥ مارس ٢٠٢٢", "15 آذار 2022", "15-mar-22", "March 15, 2022", 44635,
        "44635", "44635.5", "15/03/2022 10h30", "2022-03-15T10:00:00Z", "20220315", "le 15/03/2022", "03/15/2022",
    ],
)  # fmt: skip
def test_one_day_in_every_shape(value: Any) -> None:
    assert read_date(value).day == date(2022, 3, 15)


@pytest.mark.parametrize(("word", "month"), [("ماي", 5), ("يوليوز", 7), ("غشت", 8), ("شتنبر", 9), ("نونبر", 11),
                                             ("دجنبر", 12), ("أغسطس", 8), ("août", 8), ("déc.", 12), ("févr.", 2)])  # fmt: skip
def test_months_of_morocco_and_of_others(word: str, month: int) -> None:
    assert read_date(f"3 {word} 2022").day == date(2022, month, 3)


@pytest.mark.parametrize(
    ("text", "codes", "flag"),
    [
        ("1", ["1"], ""), ("Atelier 2", ["2"], ""), ("الورشة الثالثة", ["3"], ""), ("III", ["3"], ""), ("٣", ["3"], ""),
        (2.0, ["2"], ""), ("1 و 2", ["1", "2"], "two_wishes"), ("Ateliers 1 et 3", ["1", "3"], "two_wishes"),
        ("تقوية القدرات", ["3"], ""), ("renforcement", ["3"], ""), ("coopération intercommunale", ["2"], ""),
        ("2 - التعاون", ["2"], ""), ("évaluation / capacités", ["1", "3"], "two_wishes"),
        ("الجلسة الافتتاحية فقط", [], "no_workshop"), ("tous", [], "no_workshop"), ("9", [], "wish_unknown"),
        ("jardinage", [], "wish_unknown"),
    ],
)  # fmt: skip
def test_workshops_of_a_cell(text: Any, codes: list[str], flag: str) -> None:
    read = WishReader(WORKSHOPS).read(text)
    assert (list(read.codes), list(read.flags)) == (codes, [flag] if flag else [])


@pytest.mark.parametrize(
    ("text", "body", "code"),
    [
        ("رئيس المجلس الجماعي", "09.001.01.01", "president"), ("Pdt de commune", None, "president"),
        ("Maire", None, "president"), ("نائبة الرئيس", None, "elected"), ("1er vice-président", None, "elected"),
        ("رئيس لجنة المالية", None, "elected"), ("مستشار جماعي", None, "elected"), ("رئيسة قسم", None, "commune_staff"),
        ("Chef de service", "09.001.01.01", "commune_staff"), ("مدير ديوان الرئيس", None, "commune_staff"),
        ("عامل نظافة", None, "commune_staff"), ("مدير عام المصالح", None, "commune_staff"),
        ("Chef de division", "dgct", "central_cadre"), ("إطار", "dgct", "central_cadre"),
        ("Ingénieur", "interior", "central_admin"), ("ممثل وزارة المالية", "finance", "central_admin"),
        ("Secrétaire général", "09.001", "territorial_admin"), ("باشا المدينة", None, "territorial_admin"),
        ("عامل مدير", "dgct", "governor_director"), ("عامل إقليم تيزنيت", "09.581", "authority_regional"),
        ("والي الجهة", "09", "authority_regional"), ("الوالي المدير العام", "dgct", "chair"),
        ("Chargée de projet", "afd", "partner"), ("Journaliste", None, "guest"), ("رئيس جمعية", None, "guest"),
        ("elected_president", None, "president"), ("central_staff", None, "central_cadre"), ("authority", None, "authority_regional"),
        ("بستان", None, ""),
    ],
)  # fmt: skip
def test_capacity_from_the_words_of_a_function(text: str, body: str | None, code: str) -> None:
    bodies = {each.code: each for each in known_bodies()}
    assert CategoryReader([KnownCategory(each) for each in CODES]).read(text, bodies.get(body)) == code


def test_capacity_the_meeting_does_not_have_is_not_given() -> None:
    reader = CategoryReader([KnownCategory("elected", ("منتخبون",))])
    assert reader.read("رئيس جماعة", None) == ""
    assert reader.read("منتخبون", None) == "elected"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("الاسم الكامل\nNom et prénom ", "name"), ("الصفة / Fonction", "function"), ("العمالة أو الإقليم", "province"),
        ("الهاتف Tél.", "phone"), ("N° de téléphone", "phone"), ("N°", "index"), ("رقم البطاقة الوطنية", "identity"),
        ("N° CIN", "identity"), ("Nom / CIN", "identity"), ("Atelier souhaité", "wish"), ("E-mail *", "mail"),
        ("Date de naissance", "ignored"), ("التوقيع", "ignored"), ("Horodateur", "date"), ("النسب", "family"),
        ("Hassan AMRANI", ""), ("لائحة المشاركين في اللقاء التواصلي حول برنامج تحسين أداء الجماعات", ""),
    ],
)  # fmt: skip
def test_headings_in_three_languages(heading: str, field: str) -> None:
    assert field_of(heading)[0] == field


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.text(max_size=60),
    st.text(alphabet="0123456789٠١٢٣ +-./()eE,;oOxو\u202a\n", max_size=40),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(anything)
def test_any_value_is_read_without_failing(value: Any) -> None:
    phones = read_phones(value)
    assert all(phone.startswith("+") and phone[1:].isdecimal() for phone in phones.values)
    # What was read is read again as itself.
    for phone in phones.values:
        assert read_phones(phone).values == [phone]
    for mail in read_mails(value).values:
        assert read_mails(mail).values == [mail]
    read = read_date(value, year=2022)
    assert read.day is None or read.flag in ("", "date_us_order")
    WishReader(WORKSHOPS).read(value)


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{y}-{m:02}-{d:02}"]),
)
def test_dates_written_day_first_come_back(day: date, shape: str) -> None:
    text = shape.format(d=day.day, m=day.month, y=day.year)
    assert read_date(text, day_first=True).day == day


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_name_is_read_without_failing_and_stays_itself(text: str) -> None:
    read = read_name(text, matcher())
    for name in (read.ar, read.latin, read.zgh):
        assert name == name.strip()
        assert not any(mark in name for mark in "\u202e\u200f\u2067")
