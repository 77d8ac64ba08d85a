"""What the text of a page must keep: one language at a time, foreign runs isolated, no invisible marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tests.lint.page import DIRECTIONS, Page, Text
from tools.words import read_words

Rule = Callable[[Page], Iterator[str]]

# Names that keep their own letters in every language.
KNOWN_NAMES = {"Liqaa"}

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:[’'-][A-Za-zÀ-ɏ]+)*")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
_ARROWS = re.compile("[\u2190-\u21ff\u27f0-\u27ff\u2794-\u27be\u2900-\u297f\u2b00-\u2b11]")
_LEFTOVER = re.compile(r"\{[a-z_]*\}|%\([a-z_]+\)s|\{\{|\}\}|\bUndefined\b|<bound method|datetime\.\w+\(")
# What an Arabic page turns round: phones, ranges and law numbers with a dash, percentages, references with a slash.
_TURNS_ROUND = {
    "phone": re.compile(r"\+\d[\d\s().-]{6,}\d|(?<![\d.])0\d(?:[\s.-]?\d\d){4}(?!\d)"),
    "percentage": re.compile(r"\d[\s\u00a0\u202f]?%"),
    "number with a dash": re.compile(r"\d\s?[-–—]\s?\d"),
    "number with a slash": re.compile(r"\d/\d"),
}


def _is_free(text: Text) -> bool:
    return not (text.isolated or text.code or text.drawing)


def _outside(text: Text, lang: str) -> str:
    """The text that is said to be in the language and stands in no isolate; nothing when there is none."""
    return text.bare if text.lang == lang and _is_free(text) else ""


def one_language(page: Page) -> Iterator[str]:
    """An Arabic run has no Latin letters outside an isolate, and a French or English one has no Arabic."""
    for text in page.texts:
        if words := [word for word in _LATIN.findall(_outside(text, "ar")) if word not in KNOWN_NAMES]:
            yield f"{text.where} in Arabic says {' '.join(words)!r}"
        for lang in ("fr", "en"):
            if words := _ARABIC.findall(_outside(text, lang)):
                yield f"{text.where} in {lang} says {' '.join(words)!r}"


@cache
def _sentences(lang: str) -> frozenset[str]:
    forms = (form for word in read_words() for form in word.forms[lang])
    return frozenset(form for form in forms if form and "{" not in form)


@cache
def _keys() -> frozenset[str]:
    return frozenset(word.key for word in read_words())


def translated(page: Page) -> Iterator[str]:
    """No sentence of our own stands in another language than the page, no key and no placeholder in place of words."""
    for text in page.texts:
        said = text.text.strip()
        if said in _keys():
            yield f"{text.where} shows the key {said}"
        if found := _LEFTOVER.search(said):
            yield f"{text.where} shows {found.group()!r}"
        other = {"fr": "en", "en": "fr"}.get(text.lang)
        if other and not text.isolated and said in _sentences(other) - _sentences(text.lang):
            yield f"{text.where} in {text.lang} says {said!r}"


def no_invisible_marks(page: Page) -> Iterator[str]:
    """No direction marks but our own U+2068 and U+2069, which close where they opened."""
    for found in _CONTROLS.finditer(page.source):
        yield f"U+{ord(found.group()):04X} near {page.source[max(0, found.start() - 20) : found.end() + 20]!r}"
    for text in page.texts:
        if "\u2068" in text.bare or "\u2069" in text.bare:
            yield f"{text.where} has an isolate that is not closed: {text.text.strip()[:40]!r}"


def no_arrows(page: Page) -> Iterator[str]:
    """Arabic text has no arrows: a reader's forward is a screen's left."""
    for text in page.texts:
        if text.lang == "ar" and not text.drawing and _ARROWS.search(text.text):
            yield f"{text.where} says {text.text.strip()[:40]!r}"


def figures_isolated(page: Page) -> Iterator[str]:
    """On a page that runs right to left, phones, percentages, law numbers and references run left to right."""
    if DIRECTIONS[page.lang] == "ltr":
        return
    for text in page.texts:
        if text.dir == "ltr" or text.code or text.drawing or text.lang != "ar":
            continue
        for name, pattern in _TURNS_ROUND.items():
            if found := pattern.search(text.bare):
                yield f"{text.where} has a {name} outside dir=ltr: {found.group()!r}"


def user_text(page: Page, values: Iterable[str]) -> Iterator[str]:
    """What a person typed stands in an isolate wherever it is shown."""
    for value in values:
        for text in page.texts:
            if value in text.bare and not text.isolated and not text.where.startswith("<option"):
                yield f"{text.where} shows {value!r} outside an isolate"


RULES: list[Rule] = [one_language, translated, no_invisible_marks, no_arrows, figures_isolated]
