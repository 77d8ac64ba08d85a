"""The letters: cleaning, folding, ordering, skeletons, identity numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from app.kernel import text as words


def same(a: str, b: str) -> bool:
    return words.fold(a) == words.fold(b)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  حسن\u00a0أيت   القاضي ", "حسن أيت القاضي"),
        ("\u200fخديجة بوعزة\u200f", "خديجة بوعزة"),
        ("rapport\u202efdp.exe", "rapportfdp.exe"),
        ("E\u0301milie", "Émilie"),
        ("a\x00b\x07c", "abc"),
        ("one\r\ntwo\tthree", "one two three"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
        ("", ""),
    ],
)
def test_clean_takes_out_what_nobody_sees(raw: str, cleaned: str) -> None:
    assert words.clean(raw) == cleaned


def test_clean_keeps_tatweel_unless_asked() -> None:
    assert words.clean("مـحـمـد") == "مـحـمـد"
    assert words.clean("مـحـمـد", tatweel=False) == "محمد"


def test_clean_multiline_keeps_paragraphs() -> None:
    assert words.clean_multiline(" a \r\n\r\n\r\n\r\nb\u202e \n") == "a\n\nb"


def test_strip_bidi_tells_whether_order_was_turned() -> None:
    assert words.strip_bidi("رشيد \u202eلصاف\u202c") == ("رشيد لصاف", True)
    assert words.strip_bidi("a\u200bb\ufeff") == ("ab", False)
    assert words.strip_bidi("plain") == ("plain", False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أكادير", "اكادير"),
        ("محمد", "مُحَمَّد"),
        ("محمد", "مـحـمد"),
        ("محمد", "ﻣﺤﻤﺪ"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("آيت ملول", "أيت ملول"),
        ("أكادير", "أگادير"),
        ("أكادير", "أڭادير"),
        ("2022", "٢٠٢٢"),
        ("2022", "۲۰۲۲"),
        ("عبدالله", "عبد الله"),
        ("عبد الرحيم", "عبدالرحيم"),
        ("Aït Melloul", "AIT MELLOUL"),
        ("Énergie", "energie"),
        ("œuvre", "oeuvre"),
        ("M'barek", "M’BAREK"),
        ("Fatima-Zahra", "fatima zahra"),
        ("مؤسسة", "موسسه"),
        ("شؤون", "شوون"),
        ("هيئة", "هييه"),
    ],
)
def test_fold_joins_the_spellings_people_use(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("سلا", "سلام"), ("Fès", "Feriat"), ("جماعات", "الجماعات"), ("عبد", "عبدال")]
)
def test_fold_keeps_different_words_apart(one: str, other: str) -> None:
    assert not same(one, other)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_clean_and_fold_are_idempotent_and_never_crash(text: str) -> None:
    for function in (words.clean, words.clean_multiline, words.fold):
        once = function(text)
        assert function(once) == once
    words.clean(text).encode()
    words.skeleton(text)
    words.mask_identity_numbers(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ابتعأإآةىءؤئ ـًَُ٠١۲ڭگپ'’-–é œÉİıßﷲﻣ\u200f\u00a0عبد ال", max_size=30))
def test_fold_is_idempotent_on_arabic_and_marks(text: str) -> None:
    once = words.fold(text)
    assert words.fold(once) == once


def ordered(names: list[str], lang: str) -> list[str]:
    return sorted(names, key=lambda name: words.sort_key(name, lang))


def test_sort_key_puts_arabic_first_in_arabic_and_orders_within_scripts() -> None:
    names = ["Zagora", "إنزكان", "Agadir", "أكادير", "Émintanoute", "اكادير", "élhajeb", "الدار البيضاء", "Fès", "آسفي"]
    in_arabic = ordered(names, "ar")
    assert [words.script_of(name) for name in in_arabic] == ["ar"] * 5 + ["latin"] * 5
    assert in_arabic[5:] == ["Agadir", "élhajeb", "Émintanoute", "Fès", "Zagora"]
    assert in_arabic.index("إنزكان") > in_arabic.index("اكادير")
    assert abs(in_arabic.index("أكادير") - in_arabic.index("اكادير")) == 1
    assert ordered(names, "fr")[:5] == ["Agadir", "élhajeb", "Émintanoute", "Fès", "Zagora"]


def test_sort_key_is_plain_lower_case_hexadecimal_and_bounded() -> None:
    key = words.sort_key("جماعة " * 60, "ar")
    assert len(key) == words.SORT_KEY_LENGTH
    assert set(key) <= set("0123456789abcdef")


def test_sort_key_of_tifinagh_comes_first_in_tamazight() -> None:
    assert ordered(["Agadir", "أكادير", "ⴰⴳⴰⴷⵉⵔ"], "zgh")[0] == "ⴰⴳⴰⴷⵉⵔ"


TRUE_PAIRS = [
    ("أحمد بنعلي", "Ahmed BENALI"),
    ("فاطمة الزهراء العلوي", "EL ALAOUI Fatima-Zahra"),
    ("محمد عبد الله الإدريسي", "Mohamed Abdellah EL IDRISSI"),
    ("حسن أيت القاضي", "AÏT EL KADI Hassan"),
    ("سعيد الطاهري", "Saïd TAHIRI"),
    ("يوسف المرابط", "Youssef MRABET"),
    ("مليكة أوشن", "Malika OUCHEN"),
    ("عبد الله لحلو", "Abdellah LAHLOU"),
    ("عمر العمراني", "Omar EL AMRANI"),
    ("خديجة بوعزة", "Khadija BOUAZZA"),
    ("موحا أمزيل", "ⵎⵓⵃⴰ ⴰⵎⵣⵉⵍ"),
]


def likeness(a: str, b: str) -> float:
    a, b = words.skeleton(a), words.skeleton(b)
    return max(fuzz.token_sort_ratio(a, b), fuzz.token_set_ratio(a, b))


def test_skeletons_bring_two_scripts_together_and_keep_strangers_apart() -> None:
    true = [likeness(a, b) for a, b in TRUE_PAIRS]
    false = [likeness(a, b) for i, (a, _) in enumerate(TRUE_PAIRS) for j, (_, b) in enumerate(TRUE_PAIRS) if i != j]
    assert min(true) >= 80
    assert max(false) < 75
    assert min(true) > max(false)


@pytest.mark.parametrize(
    "text", ["J000001", "AB 123456", "رقم البطاقة الوطنية 123456", "CIN : jb12345", "QA٤٥٦٧٨٩", "CNIE n° 1234567"]
)
def test_identity_numbers_are_recognised(text: str) -> None:
    assert words.looks_like_identity_number(text)


@pytest.mark.parametrize(
    "text",
    ["ODD 2030", "PAPC 2022", "AGA22/13", "CP 80000", "0600000001", "+212600000001", "15/DGCT", "09.001.01.01", "B-7",
     "agadir", "a12345@agadir.example", "2022/13", "القانون 113.14"],
)  # fmt: skip
def test_other_codes_are_not_identity_numbers(text: str) -> None:
    assert not words.looks_like_identity_number(text)


def test_masking_takes_the_number_and_leaves_the_rest() -> None:
    assert words.mask_identity_numbers("Contacter Ahmed J000001 demain") == ("Contacter Ahmed demain", True)
    assert words.mask_identity_numbers("rien ici") == ("rien ici", False)


def test_digits_western_reads_both_eastern_sets() -> None:
    assert words.digits_western("٠٦٠۰۱ x7") == "06001 x7"
