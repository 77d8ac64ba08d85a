"""The body somebody means by the words typed in a form: certain, or a few to choose from, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.kernel.text import fold
from app.territory import queries as territory
from app.territory.models import Body
from app.territory.queries import GENERIC, Found

SHOWN = 6
# Below this likeness (0-100) a name is no proposal any more.
LIKE_ENOUGH = 60


@dataclass(frozen=True)
class Resolution:
    """What the typed words mean: one body, or several to choose from; `exact` when they all bear the name typed."""

    body: Body | None
    candidates: Sequence[Found] = ()
    exact: bool = False


def resolve(text: str, chosen: str | None) -> Resolution:
    """The body meant: the one chosen from a list, else the only one of exactly this name.

    A name that several bodies bear, or none, gives the candidates to choose from (two or three queries).
    """
    if chosen and (body := territory.find_body(chosen)) is not None and body.active:
        return Resolution(body)
    name = _bare(text)
    found = territory.search(text, limit=SHOWN * 2)
    exact = [one for one in found if name in _names(one)]
    if len(exact) == 1:
        return Resolution(territory.find_body(exact[0].id))
    return Resolution(None, (exact or found or _near(name))[:SHOWN], exact=bool(exact))


def _bare(text: str) -> str:
    words = fold(text).split()
    return " ".join([word for word in words if word not in GENERIC] or words)


def _names(found: Found) -> set[str]:
    return {_bare(name) for name in (found.name_ar, found.name_fr, found.name_en, found.name_zgh) if name}


def _near(name: str) -> list[Found]:
    """Bodies whose name begins alike, when nothing holds every word that was typed."""
    if len(name) < 3:
        return []
    scored = [
        (max(fuzz.ratio(name, one) for one in _names(found)), found) for found in territory.search(name[:3], limit=300)
    ]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score >= LIKE_ENOUGH]
