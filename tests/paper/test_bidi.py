import pytest

from app.paper.bidi import isolate, runs

TOKENS = """06 61 23 45 67|+212 528-84 22 33|2022-03-25|45%|45 %|7K3M-PX9D|31-13|2022/1|15/DGCT|3/5|-5|09:00-10:30
a.b@dgct.example|https://liqaa.example/ar?x=1|liqaa.example/agadir-2022|09.001.01.01"""


@pytest.mark.parametrize("token", TOKENS.replace("\n", "|").split("|"))
def test_left_to_right_token_in_arabic_is_isolated_whole(token: str) -> None:
    assert isolate(f"قبل {token} بعد", "ar") == f"قبل \u2066{token}\u2069 بعد"


def test_plain_numbers_and_dates_in_words_are_left_alone() -> None:
    text = "يومي 25 و26 مارس 2022، من أصل 103 جماعات"
    assert isolate(text, "ar") == text


def test_isolate_of_the_caller_keeps_its_direction_and_is_not_doubled() -> None:
    assert isolate("الاسم \u2068Ali (X) 06 61 23 45 67\u2069.", "ar") == "الاسم \u2066Ali (X) 06 61 23 45 67\u2069."
    assert isolate("M. \u2068أحمد (أكادير)\u2069.", "fr") == "M. \u2067أحمد (أكادير)\u2069."


def test_latin_text_in_french_is_untouched() -> None:
    assert isolate("Tél. 06 61 23 45 67 (45 %)", "fr") == "Tél. 06 61 23 45 67 (45 %)"


def test_bidi_override_is_dropped() -> None:
    assert "".join(piece for piece, _ in runs("rapport\u202efdp.exe", "rtl")) == "rapportfdp.exe"


def test_isolate_that_is_never_closed_loses_no_letter() -> None:
    assert "".join(piece for piece, _ in runs("قبل \u2068Ali", "rtl")) == "قبل Ali"
