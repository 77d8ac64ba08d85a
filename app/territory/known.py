"""A body as matching knows it, what a match answers, and the folded names of all bodies."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from app.kernel.text import fold

MatchKind = Literal["code", "exact", "alias", "proposed", "ambiguous", "none"]


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body as matching knows it; `names` in any language, `parent_id` the body above it."""

    id: str
    code: str | None
    kind: str
    names: tuple[str, ...]
    parent_id: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: `bodies` best first (one for code, exact and alias; several for ambiguous; up to five proposed).

    `wrong_province`: the name exists, but not in the province given.
    """

    kind: MatchKind
    bodies: tuple[KnownBody, ...] = ()
    wrong_province: bool = False
    province: KnownBody | None = None
    score: float = 100.0

    @property
    def body(self) -> KnownBody | None:
        """The one body meant, or proposed first; none while it is ambiguous."""
        return None if self.kind in ("ambiguous", "none") else self.bodies[0]


NOT_FOUND = Match("none")
NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=32768)
def key_of(text: str) -> str:
    """The folded name without spaces or punctuation: «إدا وتنان», «إداوتنان» and «إدا-وتنان» are one."""
    return NOT_LETTERS.sub("", fold(text))


@dataclass(slots=True)
class Names:
    """The folded names of one set of bodies, and the bodies behind each."""

    exact: dict[str, list[KnownBody]] = field(default_factory=lambda: defaultdict(list))
    alias: dict[str, list[KnownBody]] = field(default_factory=lambda: defaultdict(list))
    choices: list[tuple[str, KnownBody]] = field(default_factory=list)

    def add(self, body: KnownBody) -> None:
        for names, table in ((body.names, self.exact), (body.aliases, self.alias)):
            for key in dict.fromkeys(key_of(name) for name in names):
                if key and body not in table[key]:
                    table[key].append(body)
                    self.choices.append((key, body))
