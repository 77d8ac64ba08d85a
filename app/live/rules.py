"""Who may follow the changes of a meeting, and which kinds of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.kernel.access import EVERYWHERE, PUBLIC, Actor, permission

# Admission depends on the part of the meeting somebody works in: `kinds_for` decides, inside the view.
permission("live.follow", scope="meeting", roles={PUBLIC})

EVERYTHING = ("",)
PLENARY = ("plenary.", "recommendation.", "meeting.")
WORKSHOP = ("workshop.", *PLENARY)
SEEN_BY_ROLE = {
    "administrator": EVERYTHING,
    "organiser": EVERYTHING,
    "secretary": EVERYTHING,
    "desk": EVERYTHING,
    "programme_unit": EVERYTHING,
    "coordinator": WORKSHOP,
    "rapporteur": WORKSHOP,
    "wall": PLENARY,
}
_workshops_of: Callable[[Any], set[str]] = lambda _meeting: set()  # noqa: E731


def workshops_by(find: Callable[[Any], set[str]]) -> None:
    """Say which workshops a meeting has (meetings does): their people follow it too."""
    global _workshops_of
    _workshops_of = find


def kinds_for(actor: Actor, meeting: Any) -> tuple[str, ...] | None:
    """The beginnings of the kinds this actor may follow in this meeting; None when there are none.

    A hint says that something changed, never what: whoever may follow still asks for the thing by its own rules.
    """
    places = {(kind, ids) for kind, ids in meeting.scope().items()} | {(EVERYWHERE, None)}
    if any(grant.scope == "workshop" for grant in actor.grants):
        places |= {("workshop", ident) for ident in _workshops_of(meeting)}
    seen = [
        SEEN_BY_ROLE[grant.role]
        for grant in actor.grants
        if grant.role in SEEN_BY_ROLE and (grant.scope, grant.scope_id) in places
    ]
    return max(seen, key=lambda kinds: (kinds == EVERYTHING, len(kinds)), default=None)


def may_see(kinds: tuple[str, ...], kind: str) -> bool:
    """Whether a hint of this kind is among them."""
    return kind.startswith(kinds)
