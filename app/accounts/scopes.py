"""What a role can be held in: the rooms that own meetings, workshops, programmes and bodies offer their things here.

Few things are offered whole, as a list to choose from; many (bodies) by a search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.accounts.models import RoleGrant

Named = list[tuple[str, str]]
Choices = Callable[[], Named]


class Searched(NamedTuple):
    """Things of a kind found by words, and the names of those whose ids are known."""

    search: Callable[[str], Named]
    names: Callable[[set[str]], dict[str, str]]


_offers: dict[str, Choices | Searched] = {}


def offer(kind: str, things: Choices | Searched) -> None:
    """Say which things of a kind (meeting, workshop, programme, body) a role can be given in: [(id, name)]."""
    _offers[kind] = things


def is_searched(kind: str) -> bool:
    """Whether the things of a kind are found by typing rather than chosen from a list."""
    return isinstance(_offers.get(kind), Searched)


def choices(kind: str) -> Named:
    """The things of a kind with their names, in their own order; none where they are searched."""
    things = _offers.get(kind)
    return [] if things is None or isinstance(things, Searched) else things()


def search(kind: str, words: str) -> Named:
    """The things of a searched kind that fit the words."""
    things = _offers.get(kind)
    return things.search(words) if isinstance(things, Searched) and words else []


def chosen(kind: str, ident: str, words: str = "") -> str | None:
    """The id of the thing that was meant: the one chosen, or the only one that the words fit; None when unclear."""
    things = _offers.get(kind)
    if isinstance(things, Searched):
        if ident and ident in things.names({ident}):
            return ident
        found = search(kind, words)
        return found[0][0] if len(found) == 1 else None
    return ident if ident in {known for known, _name in choices(kind)} else None


def names(grants: Iterable[RoleGrant]) -> dict[str, str]:
    """Names by id of what these roles are held in."""
    held: dict[str, set[str]] = {}
    for grant in grants:
        if grant.scope_id:
            held.setdefault(grant.scope, set()).add(grant.scope_id)
    found: dict[str, str] = {}
    for kind, idents in sorted(held.items()):
        things = _offers.get(kind)
        if things is not None:
            found |= things.names(idents) if isinstance(things, Searched) else dict(things())
    return found
