"""Merging two wordings: nothing of either author is lost, and what overlaps is never interleaved."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recommendations.merging import differences, merge, tokens_of, words_of

BASE = "تمكين الجماعات من الاطلاع على التقرير داخل أجل شهر."


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("تمكين كل الجماعات من الاطلاع على التقرير داخل أجل شهر.", "تمكين الجماعات من الاطلاع على التقرير داخل أجل شهرين.",
         "تمكين كل الجماعات من الاطلاع على التقرير داخل أجل شهرين."),
        (BASE, "نص آخر", "نص آخر"),
        ("نص آخر", BASE, "نص آخر"),
        ("نص آخر", "نص آخر", "نص آخر"),
        ("تمكين الجماعات من التقرير داخل أجل شهر.", "تمكين الجماعات من الاطلاع على التقرير داخل أجل شهر كتابة.",
         "تمكين الجماعات من التقرير داخل أجل شهر كتابة."),
    ],
)  # fmt: skip
def test_edits_that_do_not_overlap_are_merged(ours: str, theirs: str, merged: str) -> None:
    assert merge(BASE, ours, theirs) == merged


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("تمكين الجماعات من الاطلاع على التقرير داخل أجل 20 يوم عمل.",
         "تمكين الجماعات من الاطلاع على التقرير كتابة داخل أجل سنة من توصلها به."),
        (BASE + " أولا", BASE + " ثانيا"),
        ("الجماعات", "تمكين الجماعات من الاطلاع على كل التقرير داخل أجل شهر."),
    ],
)  # fmt: skip
def test_edits_that_overlap_are_not_merged(ours: str, theirs: str) -> None:
    assert merge(BASE, ours, theirs) is None


def test_edits_of_neighbouring_words_are_merged() -> None:
    assert merge("one two three four", "one TWO three four", "one two THREE four") == "one TWO THREE four"


def test_two_first_texts_without_an_ancestor_are_not_merged() -> None:
    assert merge("", "one", "two") is None


def test_a_line_break_of_one_author_is_kept() -> None:
    assert merge("one two three", "one\ntwo three", "one two four") == "one\ntwo four"


def test_differences_name_the_words_of_each_text_alone() -> None:
    pieces = differences("one two three", "one 2 three four")
    assert [(piece.text, piece.same) for piece in pieces] == [("one ", True), ("two ", False), ("three", True)]


WORD = st.text("abcdefg", min_size=1, max_size=3)
TEXT = st.lists(WORD, max_size=12)


@st.composite
def edited(draw: st.DrawFn, mark: str) -> tuple[list[str], list[str]]:
    """Positions in a text of ten words where this author inserts or replaces words of their own."""
    words = [f"w{number}" for number in range(10)]
    changes = draw(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["insert", "replace", "delete"])), max_size=5))
    own: list[str] = []
    for count, (place, what) in enumerate(changes):
        place = min(place, max(len(words) - 1, 0))
        fresh = f"{mark}{count}"
        if what == "delete":
            own = [word for word in own if word not in words[place : place + 1]]
            words[place : place + 1] = []
        else:
            gone = words[place : place + 1] if what == "replace" else []
            own = [word for word in own if word not in gone]
            words[place : place + len(gone)] = [fresh]
            own.append(fresh)
    return words, own


@given(edited("x"), edited("y"))
def test_no_word_of_either_author_is_lost(
    first: tuple[list[str], list[str]], second: tuple[list[str], list[str]]
) -> None:
    base = [f"w{number}" for number in range(10)]
    merged = merge(" ".join(base), " ".join(first[0]), " ".join(second[0]))
    if merged is None:
        return
    words = merged.split()
    assert set(first[1]) | set(second[1]) <= set(words)
    # What an author deleted stays deleted, and what both left alone is there once, in its order.
    left = [word for word in base if word in first[0] and word in second[0]]
    assert [word for word in words if word in base] == left


@given(TEXT, TEXT, TEXT)
def test_merging_is_the_same_from_both_sides(base: list[str], ours: list[str], theirs: list[str]) -> None:
    one = merge(" ".join(base), " ".join(ours), " ".join(theirs))
    other = merge(" ".join(base), " ".join(theirs), " ".join(ours))
    assert (one is None) == (other is None)
    assert one is None or Counter(one.split()) == Counter(str(other).split())


@given(TEXT, TEXT)
def test_one_author_alone_is_taken_as_written(base: list[str], ours: list[str]) -> None:
    assert merge(" ".join(base), " ".join(ours), " ".join(base)) == " ".join(ours)


@given(st.text(max_size=60))
def test_tokens_hold_every_character_but_leading_space(text: str) -> None:
    assert "".join(token.word + token.space for token in tokens_of(text)) == text.lstrip()


def test_words_leave_signs_out() -> None:
    assert words_of("أجل أقصاه 20 يوما، ثم لا شيء.") == ["أجل", "أقصاه", "20", "يوما", "ثم", "لا", "شيء"]
