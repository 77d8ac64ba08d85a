"""What the territory tells the rooms before it."""

from __future__ import annotations

from app.accounts import scopes
from app.kernel.languages import current_language, pick
from app.territory import queries


def connect() -> None:
    """Offer the bodies that a role can be given in; there are too many for a list."""
    scopes.offer("body", scopes.Searched(_search, _names))


def _search(words: str) -> list[tuple[str, str]]:
    lang = current_language()
    return [
        (one.id, " · ".join(name for name in (pick(one, "name", lang)[0], pick(one, "parent", lang)[0]) if name))
        for one in queries.search(words)
    ]


def _names(idents: set[str]) -> dict[str, str]:
    return {body.id: pick(body, "name", current_language())[0] for body in queries.bodies_by_id(idents)}
