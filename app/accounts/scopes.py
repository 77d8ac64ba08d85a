"""What a role can be held in: the rooms that own meetings, workshops, programmes and bodies offer their things here."""

from __future__ import annotations

from collections.abc import Callable

Choices = Callable[[], list[tuple[str, str]]]
_offers: dict[str, Choices] = {}


def offer(kind: str, choices: Choices) -> None:
    """Say which things of a kind (meeting, workshop, programme, body) a role can be given in: [(id, name)]."""
    _offers[kind] = choices


def choices(kind: str) -> list[tuple[str, str]]:
    """The things of a kind with their names, in their own order."""
    return _offers[kind]() if kind in _offers else []


def names(kinds: set[str]) -> dict[str, str]:
    """Names of all things of these kinds by id."""
    return {ident: name for kind in sorted(kinds) for ident, name in choices(kind)}
