"""What the plenary does with a recommendation: the end of the text's states, after `retained` (02-domain)."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The four decisions of the plenary."""

    ADOPTED = "adopted"
    AMENDED = "adopted_as_amended"
    DEFERRED = "deferred"
    NOT_ADOPTED = "not_adopted"


class Mode(StrEnum):
    """How the plenary decided."""

    CONSENSUS = "consensus"
    HANDS = "hands"


ADOPTING = frozenset({Outcome.ADOPTED, Outcome.AMENDED})
OUTCOMES = frozenset(str(outcome) for outcome in Outcome)
QUEUED = frozenset({"retained", "read", *OUTCOMES})

# From a state to those it may become; undoing a decision leads back to `read`.
MOVES: dict[str, frozenset[str]] = {
    "retained": frozenset({"read"}),
    "read": OUTCOMES,
    **{outcome: frozenset({"read"}) for outcome in OUTCOMES},
}


def may_become(state: str, target: str) -> bool:
    """Whether the plenary may move a text from `state` to `target`."""
    return target in MOVES.get(state, frozenset())
