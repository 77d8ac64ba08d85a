"""What a recommendation can be, which step follows which, and the fields that capture may fill."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TextState(StrEnum):
    """Where the text of a recommendation stands (02-domain); the words are `text.<value>`."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    RETAINED = "retained"
    READ = "read"
    ADOPTED = "adopted"
    ADOPTED_AS_AMENDED = "adopted_as_amended"
    DEFERRED = "deferred"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"
    MERGED_INTO = "merged_into"


@dataclass(frozen=True)
class Step:
    """A step between states: the permission it takes, and whether somebody must say why."""

    permission: str
    reason: bool = False


CAPTURE, REVIEW = "recommendations.capture", "recommendations.review"
D, P, U, R = TextState.DRAFT, TextState.PROPOSED, TextState.UNDER_REVIEW, TextState.RETAINED

STEPS: dict[tuple[TextState, TextState], Step] = {
    (D, P): Step(CAPTURE),
    (P, U): Step(REVIEW),
    (U, R): Step(REVIEW),
    (P, D): Step(REVIEW, reason=True),
    (U, D): Step(REVIEW, reason=True),
    (R, D): Step(REVIEW, reason=True),
    (R, U): Step(REVIEW, reason=True),
    (D, TextState.WITHDRAWN): Step(CAPTURE),
    (P, TextState.WITHDRAWN): Step(CAPTURE),
    (U, TextState.WITHDRAWN): Step(REVIEW),
    (R, TextState.WITHDRAWN): Step(REVIEW),
    (TextState.WITHDRAWN, D): Step(CAPTURE),
}
# Who writes in a text: its rapporteur until the coordinator takes it up, then the coordinator.
WRITES: dict[TextState, str] = {D: CAPTURE, P: CAPTURE, U: REVIEW, R: REVIEW}
MERGEABLE = frozenset({D, P, U, R})
BEFORE_PLENARY = frozenset({D, P, U, R, TextState.WITHDRAWN, TextState.MERGED_INTO})
OPEN = frozenset({D, P, U, R})

KINDS = ("create", "edit", "move", "reorder", "merge", "unmerge", "split", "withdraw", "resolve")

LANGUAGES = ("ar", "fr", "en", "zgh")
TEXT_FIELDS = frozenset(f"{part}.{lang}" for part in ("title", "body", "rationale") for lang in LANGUAGES)
# Fields whose concurrent edits are merged by words; of the others the value in place stays.
MERGED_FIELDS = TEXT_FIELDS | {"note", "indicator", "addressees"}
PLAIN_FIELDS = frozenset(
    {"axis", "horizon", "priority", "indicator", "note", "flagged", "out_of_scope", "addressees", "authentic"}
)
FIELDS = TEXT_FIELDS | PLAIN_FIELDS
LONGEST = {"title": 120, "body": 6000, "rationale": 6000, "note": 6000, "indicator": 300, "addressees": 6000}
PRIORITIES = ("high", "medium", "low")
GROUPS = ("target_communes",)
TRANSLATIONS = ("draft", "reviewed", "certified")


class OperationState(StrEnum):
    """What became of an operation: applied, kept until what it rests on arrives, or refused (its text is kept)."""

    APPLIED = "applied"
    WAITING = "waiting"
    REFUSED = "refused"


def longest(field: str) -> int:
    """How many characters a field may have."""
    return LONGEST.get(field.partition(".")[0], 40)


def step(before: str, after: str) -> Step | None:
    """The step from one state to the other, or None when there is none."""
    return STEPS.get((TextState(before), TextState(after)))
