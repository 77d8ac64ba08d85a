"""Recommendations that say nearly the same: proposed quietly, with the words they share; a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.kernel.text import fold, skeleton
from app.recommendations.merging import Piece, tokens_of, words_of
from app.recommendations.models import Recommendation

ALIKE = 68.0
SHORTEST = 3
# Words that say nothing about the matter, folded.
_EMPTY = frozenset(fold(
    "من في على إلى عن مع أو ثم بعد قبل كل بين هذه هذا ذلك تلك التي الذي لا أن إن ما كما حول عبر لدى خلال "
    "de des du la le les et ou en dans sur pour par avec au aux un une à l d que qui ne pas plus"
).split())  # fmt: skip

_JOINED = re.compile(r"^(?:[وفبك]?ال|لل)")


@dataclass(frozen=True)
class Wording:
    """A text prepared for comparing: its folded words and their consonant skeletons."""

    ident: str
    folded: str
    bones: str
    size: int


@dataclass(frozen=True)
class Similar:
    """Another recommendation, how alike it is (0 to 100), and its text with the shared words marked."""

    row: Recommendation
    score: float
    pieces: list[Piece]


def wording(row: Recommendation) -> Wording:
    """The recommendation's text in its authentic language, prepared for comparing."""
    return prepared(row.id, row.text(f"body.{row.authentic}"))


def prepared(ident: str, text: str) -> Wording:
    """Any text, prepared for comparing."""
    words = [_bare(word) for word in words_of(fold(text)) if word not in _EMPTY]
    return Wording(ident, " ".join(words), skeleton(" ".join(words)), len(words))


def _bare(word: str) -> str:
    """The word without the article and what is joined before it."""
    return _JOINED.sub("", word) if len(word) > 4 else word


def score(one: Wording, other: Wording) -> float:
    """How alike two wordings are, from 0 to 100; short ones are compared with none."""
    if min(one.size, other.size) < SHORTEST:
        return 0.0
    by_words = fuzz.token_set_ratio(one.folded, other.folded)
    by_bones = fuzz.token_set_ratio(one.bones, other.bones)
    whole = fuzz.token_sort_ratio(one.folded, other.folded)
    return round(0.5 * by_words + 0.2 * by_bones + 0.3 * whole, 1)


def similar_to(text: str, rows: Iterable[Recommendation], *, but: str = "", limit: int = 3) -> list[Similar]:
    """The recommendations most like this text, best first."""
    own = prepared("", text)
    found = []
    for row in rows:
        if row.id == but:
            continue
        alike = score(own, wording(row))
        if alike >= ALIKE:
            found.append(Similar(row, alike, shared(row.text(f"body.{row.authentic}"), text)))
    return sorted(found, key=lambda one: (-one.score, one.row.id))[:limit]


def pairs(rows: Sequence[Recommendation], *, apart: Iterable[frozenset[str]] = ()) -> list[tuple[int, int, float]]:
    """Every two rows that are alike, as places in the sequence, best first; pairs kept apart are left out."""
    kept = set(apart)
    ready = [wording(row) for row in rows]
    found = []
    for first, one in enumerate(ready):
        for second in range(first + 1, len(ready)):
            if frozenset({one.ident, ready[second].ident}) not in kept:
                alike = score(one, ready[second])
                if alike >= ALIKE:
                    found.append((first, second, alike))
    return sorted(found, key=lambda pair: -pair[2])


def shared(text: str, other: str) -> list[Piece]:
    """The text in runs, each marked whether its words stand in the other text too (`same`)."""
    theirs = {_bare(fold(word)) for word in words_of(other)} - _EMPTY
    pieces: list[Piece] = []
    for token in tokens_of(text):
        same = _bare(fold(token.word)) in theirs
        if pieces and pieces[-1].same == same:
            pieces[-1] = Piece(pieces[-1].text + token.word + token.space, same)
        else:
            pieces.append(Piece(token.word + token.space, same))
    return pieces
