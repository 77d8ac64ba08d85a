"""The phases of a meeting: which may follow which, who must say why, and what each of them allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Where a meeting stands; the words are `phase.<value>`."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    CONCLUDED = "concluded"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Move:
    """A step from one phase to another; `reason`: somebody must say why; `dates`: new dates come with it."""

    reason: bool = False
    dates: bool = False


# In their order: draft, open, closed, running, concluded (K), published, archived, postponed (X), cancelled (Z).
D, O, C, R, K, P, A, X, Z = Phase  # noqa: E741
ONWARD, BACK, MOVED = Move(), Move(reason=True), Move(reason=True, dates=True)

MOVES: dict[tuple[Phase, Phase], Move] = {
    (D, O): ONWARD, (O, C): ONWARD, (O, R): ONWARD, (C, R): ONWARD, (R, K): ONWARD, (K, P): ONWARD, (P, A): ONWARD,
    (O, D): BACK, (C, O): BACK, (R, C): BACK, (K, R): BACK, (P, K): BACK, (A, P): BACK,
    (O, X): MOVED, (C, X): MOVED, (X, O): ONWARD, (X, C): ONWARD,
    (D, Z): BACK, (O, Z): BACK, (C, Z): BACK, (X, Z): BACK, (R, Z): BACK,
}  # fmt: skip

# What a phase allows, by the act's name; an act that is not named here is allowed always.
GATES: dict[str, frozenset[Phase]] = {
    "edit": frozenset({D, O, C, R, K, P, X}),
    "agenda": frozenset({D, O, C, R, X}),
    "documents": frozenset({D, O, C, R, K, P, X}),
    "invite": frozenset({D, O, C, R, X}),
    "remove_workshop": frozenset({D}),
    "register": frozenset({O}),
    "change_registration": frozenset({O, C, R, X}),
    "assign": frozenset({O, C, R, X}),
    "check_in": frozenset({C, O, R}),
    "capture": frozenset({O, C, R}),
    "plenary": frozenset({R}),
    "publish": frozenset({R, K, P}),
    "follow_up": frozenset({K, P, A}),
}
RESULTS = frozenset({P, A})
OVER = frozenset({K, P, A})
OFF = frozenset({X, Z})


def move(before: str, after: str) -> Move | None:
    """The step from one phase to the other, or None when there is none."""
    return MOVES.get((Phase(before), Phase(after)))


def moves_from(phase: str) -> list[tuple[Phase, Move]]:
    """The phases that may follow, in the order of the chain, each with what its step demands."""
    return [(after, step) for (before, after), step in MOVES.items() if before == phase]


def allows(phase: str, act: str) -> bool:
    """Whether the phase allows the act."""
    return act not in GATES or phase in GATES[act]
