"""What an amendment takes out and puts in, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from app.kernel.text import fold


class Piece(NamedTuple):
    """A run of words: `kind` is same, out or in."""

    kind: str
    text: str


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def word_diff(before: str, after: str) -> list[Piece]:
    """The runs of words that stay, go and come; joined without the `in` ones they give `before`."""
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, [fold(word) for word in old], [fold(word) for word in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" and old[a:b] == new[c:d]:
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if old[a:b]:
            pieces.append(Piece("out", "".join(old[a:b])))
        if new[c:d]:
            pieces.append(Piece("in", "".join(new[c:d])))
    return pieces
