"""Two wordings with one ancestor: merged by words when the edits do not overlap, never interleaved when they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Marks that stand on a letter (Latin accents, Arabic vowel signs) and the stretching stroke belong to their word.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
_TOKEN = re.compile(rf"([\w{_MARKS}]+|[^\w\s])(\s*)")


@dataclass(frozen=True)
class Token:
    """A word or a sign, with the space that follows it; two tokens are the same when their words are."""

    word: str
    space: str


@dataclass(frozen=True)
class Edit:
    """The tokens `start` to `end` of the ancestor become `tokens`; `start == end` is an insertion."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Piece:
    """A run of a text compared with another: `same`, or found in this one alone."""

    text: str
    same: bool


def tokens_of(text: str) -> list[Token]:
    """The text cut into words and signs; nothing but leading space is lost."""
    return [Token(match[1], match[2]) for match in _TOKEN.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of a text, without signs."""
    return [token.word for token in tokens_of(text) if token.word[0].isalnum() or token.word[0] == "_"]


def merge(base: str, ours: str, theirs: str) -> str | None:
    """The text with the edits of both since `base`, or None when they overlap.

    Edits overlap when they change a common word of the ancestor or insert different words at one place. An edit that
    both made alike counts once.
    """
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    old = tokens_of(base)
    first, second = _edits(old, tokens_of(ours)), _edits(old, tokens_of(theirs))
    edits = _together(first, second)
    if edits is None:
        return None
    return _apply(old, edits, _spaces(old, tokens_of(ours)), _spaces(old, tokens_of(theirs)))


def differences(text: str, other: str) -> list[Piece]:
    """The text in runs, each marked whether the other text has it too."""
    own, its = tokens_of(text), tokens_of(other)
    pieces = []
    for tag, start, end, _start, _end in _matcher(own, its).get_opcodes():
        if start < end:
            pieces.append(Piece("".join(token.word + token.space for token in own[start:end]), tag == "equal"))
    return pieces


def _matcher(old: Sequence[Token], new: Sequence[Token]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [token.word for token in old], [token.word for token in new], autojunk=False)


def _edits(old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    codes = _matcher(old, new).get_opcodes()
    return [Edit(i, j, tuple(new[k:m])) for tag, i, j, k, m in codes if tag != "equal"]


def _alike(one: Edit, other: Edit) -> bool:
    words = [token.word for token in one.tokens]
    return (one.start, one.end) == (other.start, other.end) and words == [token.word for token in other.tokens]


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def _together(first: list[Edit], second: list[Edit]) -> list[Edit] | None:
    """Both lists of edits in the order of the text, or None when one of each overlap."""
    kept = list(first)
    for edit in second:
        if any(_alike(edit, mine) for mine in first):
            continue
        if any(_overlap(edit, mine) for mine in first):
            return None
        kept.append(edit)
    # An insertion comes before what replaces the words that follow its place.
    return sorted(kept, key=lambda edit: (edit.start, edit.end))


def _spaces(old: Sequence[Token], new: Sequence[Token]) -> dict[int, str]:
    """The space after each word of the ancestor that the new text kept."""
    kept = {}
    for start, other, size in _matcher(old, new).get_matching_blocks():
        kept.update({start + step: new[other + step].space for step in range(size)})
    return kept


def _apply(old: Sequence[Token], edits: Sequence[Edit], ours: dict[int, str], theirs: dict[int, str]) -> str:
    out: list[Token] = []
    place = 0
    for edit in [*edits, Edit(len(old), len(old), ())]:
        for number in range(place, edit.start):
            word, space = old[number].word, old[number].space
            mine, its = ours.get(number, space), theirs.get(number, space)
            out.append(Token(word, its if mine == space else mine))
        out += edit.tokens
        place = edit.end
    return _spaced(out)


def _spaced(tokens: Sequence[Token]) -> str:
    """The tokens as a text: two words that met without a space between them get one."""
    parts = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        glued = following is not None and not token.space and _is_word(token) and _is_word(following)
        parts.append(token.word + (" " if glued else token.space))
    return "".join(parts).strip()


def _is_word(token: Token) -> bool:
    return re.match(rf"[\w{_MARKS}]", token.word) is not None
