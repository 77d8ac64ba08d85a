"""Advice on a wording, never a block: the five letters of 07-protocols section 7, in Arabic and French."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from app.kernel.text import digits_western, fold
from app.recommendations import smart_words as words
from app.recommendations.merging import words_of

LONGEST = 60
_INFINITIVE = re.compile(r"(?:er|ir|oir|re)$")
# Verbal nouns by their pattern: تفعيل and تفعيلة, استفعال, and إفعال once the hamza is folded away.
_VERBAL_NOUN = re.compile(r"^(?:ت\w{2}ي\w|ت\w{2}ي\w?ه|است\w{2}ا\w|ا\w{2}ا\w)$")
_NUMBER = re.compile(r"\d|%|٪")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}\b")


@dataclass(frozen=True)
class Advice:
    """Which letters hold, and what is worth a second look (codes of the sentences `advice.<code>`)."""

    s: bool
    m: bool
    a: bool
    r: bool
    t: bool
    hints: list[str] = field(default_factory=list)

    def document(self) -> dict[str, object]:
        """The advice as the API gives it."""
        return {"s": self.s, "m": self.m, "a": self.a, "r": self.r, "t": self.t, "hints": list(self.hints)}


def advise(
    text: str, *, lang: str, addressed: bool = False, axis: bool = False, dated: bool = False, indicator: bool = False
) -> Advice:
    """The letters of a wording with what is linked to it; `lang` is `ar` or `fr` (others are read as French)."""
    arabic = lang == "ar"
    folded = f" {' '.join(words_of(fold(text)))} "
    spoken = words_of(text)
    hints = list(_wording(spoken, folded, arabic))
    everybody = _any(folded, words.EVERYBODY_AR if arabic else words.EVERYBODY_FR)
    named = addressed or _any(folded, words.BODIES_AR if arabic else words.BODIES_FR)
    if everybody:
        hints.append("everybody")
    elif not named:
        hints.append("addressee")
    measured = indicator or _measured(text, folded, arabic)
    timed = dated or bool(_DATE.search(digits_western(text)))
    timed = timed or _any(folded, words.TIMES_AR if arabic else words.TIMES_FR)
    hints += ["measure"] * (not measured) + ["date"] * (not timed) + ["axis"] * (not axis)
    specific = bool(spoken) and not {"verb", "two_actions", "vague", "long"} & set(hints)
    if not spoken:
        return Advice(False, False, False, axis, False, hints)
    return Advice(specific, measured, named and not everybody, axis, timed, hints)


def _wording(spoken: list[str], folded: str, arabic: bool) -> Iterable[str]:
    if not spoken:
        yield "empty"
        return
    if not is_action(spoken[0], arabic):
        yield "verb"
    if _second_action(spoken[1:], arabic):
        yield "two_actions"
    if _any(folded, words.VAGUE_AR if arabic else words.VAGUE_FR):
        yield "vague"
    if len(spoken) > LONGEST:
        yield "long"


def is_action(word: str, arabic: bool) -> bool:
    """Whether a recommendation may begin with this word: a verbal noun, an infinitive."""
    shadow = fold(word)
    if arabic:
        bare = shadow.removeprefix("ال")
        return bool({shadow, bare} & _folded(words.ACTIONS_AR) or _VERBAL_NOUN.match(shadow))
    if shadow in _folded(words.NOT_ACTIONS_FR):
        return False
    return shadow in _folded(words.ACTIONS_FR) or (len(shadow) > 3 and bool(_INFINITIVE.search(shadow)))


def _second_action(rest: list[str], arabic: bool) -> bool:
    """A second action joined by «و» or *et*; only words of the list count, for patterns also fit plain nouns."""
    known = _folded(words.ACTIONS_AR)
    if arabic:
        joined = [fold(word)[1:] for word in rest if word.startswith("و")]
        # With a pronoun at its end (وتوثيقها) it is still a second action.
        return any(word in known or re.sub(r"(?:ها|هم|ه)$", "", word) in known for word in joined)
    shadows = [fold(word) for word in rest]
    return any(
        before == "et" and len(word) > 4 and _INFINITIVE.search(word) and word not in _folded(words.NOT_ACTIONS_FR)
        for before, word in pairwise(shadows)
    )


def _measured(text: str, folded: str, arabic: bool) -> bool:
    if _NUMBER.search(digits_western(text)):
        return True
    known = words.NUMBERS_AR if arabic else tuple(one for one in words.NUMBERS_FR if one not in words.WEAK_NUMBERS_FR)
    return _any(folded, known)


def _any(folded: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text, whole; in Arabic a letter joined to its front does not hide it."""
    return any(re.search(rf" (?:[وبلف]{{0,2}}){re.escape(_shadow(phrase))} ", folded) for phrase in phrases)


@cache
def _shadow(phrase: str) -> str:
    return " ".join(words_of(fold(phrase)))


@cache
def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())
