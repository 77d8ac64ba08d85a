"""The rules of the files of words: the files keep them, and each rule catches what it is there for."""

from pathlib import Path

import pytest

from tools import words_rules, words_use
from tools.words import COLUMNS, WORDS, Word, read_words

NB, NARROW = "\u00a0", "\u202f"


def word(key: str = "area.thing", ar: str = "حفظ", fr: str = "Enregistrer", en: str = "Save", zgh: str = "") -> Word:
    forms = {"ar": ar.split(" | "), "fr": fr.split(" | "), "en": en.split(" | "), "zgh": zgh.split(" | ")}
    return Word(key, forms, "", "test.csv")


def broken(row: Word) -> set[str]:
    """The names of the rules the row breaks."""
    return {rule.__name__ for rule in words_rules.RULES if list(rule(row))}


def test_every_file_of_words_keeps_every_rule() -> None:
    assert words_rules.findings(read_words()) == []


def test_every_word_said_is_in_a_file() -> None:
    assert words_use.findings(read_words(), words_use.read_uses()) == []


def test_every_file_of_words_has_the_columns() -> None:
    for path in WORDS.glob("*.csv"):
        assert path.read_text("utf-8").splitlines()[0].split(",") == COLUMNS, path.name


def test_row_of_the_design_breaks_no_rule() -> None:
    assert broken(word()) == set()


SIX = "لا توصية | توصية واحدة | توصيتان | {count} توصيات | {count} توصية | {count} توصية"
BREAKS = [
    ("whole", word(ar="")),
    ("whole", word(fr="Enregistrer ")),
    ("whole", word(key="Thing")),
    ("whole", word(en="Save {")),
    ("plural_forms", word(ar="واحد | اثنان", fr="un | deux", en="one | two")),
    ("plural_forms", word(ar=SIX, fr="{count} point", en="{count} point | {count} points")),
    ("placeholders", word(ar="نقل {name}", fr="Déplacer {nom}", en="Move {name}")),
    (
        "placeholders",
        word(ar=SIX.replace("{count} توصيات", "توصيات"), fr="{count} a | {count} b", en="{count} a | {count} b"),
    ),
    ("placeholders", word(fr="Enregistrer {x}")),
    ("no_invisible_marks", word(ar="حفظ\u200f")),
    ("no_vowel_signs", word(ar="حِفظ")),
    ("no_vowel_signs", word(ar="أُنجُز")),
    ("no_vowel_signs", word(ar="حـفظ")),
    ("no_vowel_signs", word(key="paper.thing", ar="أُنجز")),
    ("arabic_letters", word(ar="رمز QR")),
    ("arabic_letters", word(ar="الموالي ←")),
    ("arabic_letters", word(ar="٣ توصيات")),
    ("arabic_letters", word(ar="نقل إلى ب{name}", fr="vers {name}", en="to {name}")),
    ("arabic_punctuation", word(ar="نعم, هنا")),
    ("arabic_punctuation", word(ar="هنا ؟")),
    ("arabic_punctuation", word(ar="« هنا »")),
    ("arabic_punctuation", word(ar="مشارك(ة)")),
    ("arabic_punctuation", word(ar="مشارك/مشاركة")),
    ("french_typography", word(fr="l'atelier")),
    ("french_typography", word(fr="Nom : x")),
    ("french_typography", word(fr=f"Quoi{NB}?")),
    ("french_typography", word(fr="« ici »")),
    ("french_typography", word(fr="souhait n° 2")),
    ("french_typography", word(fr="Etat des lieux")),
    ("french_typography", word(fr="participant·e")),
    ("english_typography", word(en="person's")),
    ("voice", word(en="Saved!")),
    ("voice", word(ar="تم الحفظ وتم الإرسال")),
    ("voice", word(ar="المرجو الحفظ")),
    ("voice", word(en="Please save")),
]


@pytest.mark.parametrize(
    ("rule", "row"), BREAKS, ids=[f"{rule}-{number}" for number, (rule, _row) in enumerate(BREAKS)]
)
def test_row_that_breaks_a_rule_is_found(rule: str, row: Word) -> None:
    assert broken(row) == {rule}


@pytest.mark.parametrize(
    "arabic",
    [
        "تنزيل الملف",
        "للمتابعة",
        "تسجيل الدخول",
        "سجلوا حضوركم",
        "قائمة الانتظار",
        "الجهة المعنية",
        "جهة أخرى",
        "طباعة البادج",
        "في سكان",
        "إمكانية الوصول",
        "التزام معلق",
        "جاري الحفظ",
        "تم الحفظ بنجاح",
        "25 مايو",
        "بياناتكم",
        "المستخدم",
        "تحديث الصفحة",
        "الحالة: جارية",
        "يرجى الانتظار",
        "لقد أخطأتم",
        "قام بالحفظ",
        "بلدية أكادير",
    ],
)
def test_arabic_word_of_the_never_table_is_found(arabic: str) -> None:
    assert broken(word(ar=arabic)) == {"never_words"}


@pytest.mark.parametrize(
    "arabic",
    [
        "باقي الجماعات",
        "الباقي",
        "جار الآن",
        "معطياتكم",
        "سكان الجماعة",
        "عدد السكان",
        "مع بيان السبب",
        "تتبع",
        "ماي",
        "في هذه الحالة",
    ],
)
def test_arabic_word_that_only_looks_like_one_is_left_alone(arabic: str) -> None:
    assert broken(word(ar=arabic)) == set()


@pytest.mark.parametrize("french", ["telle qu’amendée", "numéro invalide", "initier une tâche"])
def test_french_word_of_the_never_table_is_found(french: str) -> None:
    assert broken(word(fr=french)) == {"never_words"}


def test_button_that_says_ok_is_found() -> None:
    assert broken(word(key="action.thing", fr="Valider")) == {"never_words"}
    assert broken(word(key="thing.other", fr="Valider")) == set()


def test_key_given_twice_is_found() -> None:
    assert words_rules.findings([word(), word()]) == ["area.thing: given 2 times"]


def test_words_said_in_code_and_templates_are_gathered() -> None:
    uses = words_use.Uses()
    words_use.read_python(
        "t('a.one')\nt.plain('a.two' if x else 'a.three')\nt(f'b.{x}')\nt('c.' + x)\n"
        "other.t('z.z')\nraise Refusal('full')\n",
        "m.py",
        uses,
    )
    words_use.read_template(
        "{{ t('d.one', x=t.plain('d.two')) }}{{ t('e.' ~ x) }}{% if t('f') %}{% endif %}", "p", uses
    )
    assert set(uses.keys) == {"a.one", "a.two", "a.three", "d.one", "d.two", "f"}
    assert set(uses.beginnings) == {"b.", "c.", "e."}
    assert uses.codes == {"full": "m.py:6"}


def test_code_of_a_kind_of_refusal_is_gathered() -> None:
    uses = words_use.Uses()
    words_use.read_python(
        "class Gone(Refusal):\n    def __init__(self):\n        super().__init__('gone')\n", "m.py", uses
    )
    assert uses.codes == {"gone": "m.py:3"}


def test_word_said_and_written_nowhere_is_found() -> None:
    uses = words_use.Uses()
    words_use.read_python("t('no.where')\nt(f'no.{x}')\nRefusal('odd')\n", "m.py", uses)
    assert words_use.findings([word()], uses) == [
        "m.py:1: no words for no.where",
        "m.py:2: no words begin with no.",
        "m.py:3: no sentence error.odd",
    ]


def test_word_of_a_room_that_nothing_says_is_a_warning() -> None:
    uses = words_use.Uses()
    assert words_use.warnings([word()], uses) == ["test.csv: area.thing: nothing says it"]
    words_use.read_python("TITLES = {'a': 'area.thing'}", "m.py", uses)
    assert words_use.warnings([word()], uses) == []


def test_french_number_does_not_leave_its_noun(tmp_path: Path) -> None:
    from tools.catalogues import build, gettext_form

    assert gettext_form("dans les 30 jours, {count} a 5 %", "fr") == f"dans les 30{NB}jours, %(num)s{NB}a 5 %%"
    build([word(fr="100 %")], tmp_path)
    assert (tmp_path / "fr" / "LC_MESSAGES" / "messages.mo").stat().st_size > 0


def test_catalogue_of_arabic_has_six_forms_in_the_order_they_are_written(tmp_path: Path) -> None:
    from gettext import GNUTranslations

    from tools.catalogues import build

    forms = " | ".join(f"شكل {name}" for name in ("صفر", "واحد", "اثنان", "قليل", "كثير", "آخر"))
    build([word(ar=forms, fr="a | b", en="form | forms")], tmp_path)
    with (tmp_path / "ar" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        catalogue = GNUTranslations(file)
    said = [
        catalogue.npgettext("area.thing", "form", "forms", n).split()[1] for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)
    ]
    assert said == ["صفر", "واحد", "اثنان", "قليل", "قليل", "كثير", "كثير", "آخر", "قليل"]
    assert "#, fuzzy" not in (tmp_path / "ar" / "LC_MESSAGES" / "messages.po").read_text("utf-8")


def test_tidying_sets_french_spaces_and_apostrophes_and_nothing_else(tmp_path: Path) -> None:
    from tools.catalogues import tidy

    path = tmp_path / "room.csv"
    path.write_text("key,ar,fr,en,zgh,context\na.b,حفظ,\"L'avis n° 2 : « x » ? M. A\",Person's,,it's said\n", "utf-8")
    tidy(tmp_path)
    french = f"L’avis n°{NB}2{NB}: «{NB}x{NB}»{NARROW}? M.{NB}A"
    assert path.read_text("utf-8") == f"key,ar,fr,en,zgh,context\na.b,حفظ,{french},Person’s,,it's said\n"
