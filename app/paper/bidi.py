"""Which parts of a line run left to right inside Arabic: phones, codes, dates, percentages, addresses.

Source: Unicode Bidirectional Algorithm (UAX 9), isolates; the traps are those of Moroccan office texts, where
"31-13" is read as "13-31" and a spaced phone number is read backwards unless it is isolated.
"""

import re
from collections.abc import Iterator
from typing import Literal

Direction = Literal["ltr", "rtl"]

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_OPENERS = {LRI: "ltr", RLI: "rtl", FSI: None}
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff\u2d30-\u2d7f]")
_SPACE = "[ \u00a0\u202f]"
_TOKEN = re.compile(
    r"[A-Za-z]+(?=[،؛:] )"
    r"|https?://[^\s\u2066-\u2069]+"
    r"|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/[^\s\u2066-\u2069،؛]*"
    rf"|[-+]?\d+(?:[.,]\d+)?{_SPACE}?[%‰]"
    rf"|\+?\d+(?:(?:{_SPACE}|[.:/-])\d+){{2,}}"
    r"|[A-Za-z0-9]+(?:[-/_.–][A-Za-z0-9]+)+"
    r"|[-+]\d+(?:[.,]\d+)?",
)


def direction_of(lang: str) -> Direction:
    """The direction in which a language is written."""
    return "rtl" if lang == "ar" else "ltr"


def first_strong(text: str, otherwise: Direction = "ltr") -> Direction:
    """The direction of the first letter that has one, as a browser's dir="auto" decides it."""
    arabic, latin = _ARABIC.search(text), _LATIN.search(text)
    if arabic and (not latin or arabic.start() < latin.start()):
        return "rtl"
    return "ltr" if latin else otherwise


def bare(text: str) -> str:
    """The text without direction marks, for places which hold no markup and no paragraph (titles of files)."""
    return _MARKS.sub("", text)


def runs(text: str, base: Direction) -> Iterator[tuple[str, Direction]]:
    """Cut a text into pieces with their own direction, dropping the isolates which said so.

    Pieces that a caller isolated keep that direction; in right-to-left text, phones, codes, dates, percentages and
    addresses are pieces of their own although nobody marked them.
    """
    for piece, direction in _isolated(text, base):
        if direction == "ltr":
            yield piece, "ltr"
            continue
        end = 0
        for token in _TOKEN.finditer(piece):
            if token.start() > end:
                yield piece[end : token.start()], "rtl"
            yield token.group(), "ltr"
            end = token.end()
        if end < len(piece):
            yield piece[end:], "rtl"


def isolate(text: str, lang: str) -> str:
    """Wrap every piece that runs against the language in LRI or RLI and PDI; other direction marks are dropped."""
    base = direction_of(lang)
    marks = {"ltr": LRI, "rtl": RLI}
    return "".join(
        piece if direction == base else f"{marks[direction]}{piece}{PDI}" for piece, direction in runs(text, base)
    )


def _isolated(text: str, base: Direction) -> Iterator[tuple[str, Direction]]:
    """Yield (piece, direction) by the outermost isolates; an isolate that is never closed ends with the text."""
    depth, start, opener = 0, 0, ""
    for at, char in enumerate(text):
        if char in _OPENERS:
            if depth == 0:
                if at > start:
                    yield bare(text[start:at]), base
                start, opener = at + 1, char
            depth += 1
        elif char == PDI and depth:
            depth -= 1
            if depth == 0:
                yield from _piece(text[start:at], opener, base)
                start = at + 1
    if depth:
        yield from _piece(text[start:], opener, base)
    elif start < len(text):
        yield from _piece(text[start:], "", base)


def _piece(text: str, opener: str, base: Direction) -> Iterator[tuple[str, Direction]]:
    clear = bare(text)
    if not clear:
        return
    if not opener:
        yield clear, base
    elif opener == FSI:
        yield clear, first_strong(clear, base)
    else:
        yield clear, "ltr" if opener == LRI else "rtl"
