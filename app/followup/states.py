"""The two machines of a commitment, the answer of its body and the work itself, each in one table.

The words of a response are `response.<value>`, those of the work `work.<value>` (`work.verified_done`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import Refusal
from app.kernel.languages import t


class Response(StrEnum):
    """What the body answered; silence is shown as silence and never read as acceptance."""

    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    IN_PART = "accepted_in_part"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"
    NOT_APPLICABLE = "not_applicable"


class Work(StrEnum):
    """How far the work is."""

    NOT_STARTED = "not_started"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    REPORTED = "reported_done"
    VERIFIED = "verified_done"
    CLOSED = "closed"
    CLOSED_NOT_DONE = "closed_not_done"
    NO_LONGER_RELEVANT = "no_longer_relevant"
    SUPERSEDED = "superseded"
    REOPENED = "reopened"


class Cause(StrEnum):
    """Why work is blocked; the words are `block.<value>`."""

    MONEY = "money"
    LAW = "law"
    STAFF = "staff"
    PROCUREMENT = "procurement"
    THIRD_PARTY = "third_party"
    LAND = "land"
    OTHER = "other"


class EvidenceKind(StrEnum):
    """What a proof is; the words are `evidence.<value>`."""

    DELIBERATION = "deliberation"
    ORDER = "order"
    CONTRACT = "contract"
    PHOTO = "photo"
    DATA = "data"
    LINK = "link"
    OTHER = "other"


class TaskState(StrEnum):
    """How far a task is; the words are `task.<value>`."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


ACCEPTING = frozenset({Response.ACCEPTED, Response.IN_PART})

A, Y, P, N, T, X = Response  # Awaiting, yes, in part, no, taken note of, not concerned.

# A body answers once; one that refused or only took note may still come round, and nobody takes an acceptance back.
# What an answer must give: lead and due date, the part that is accepted, a reason.
ANSWERS: dict[tuple[Response, Response], frozenset[str]] = {
    (A, Y): frozenset({"lead", "due"}), (A, P): frozenset({"lead", "due", "part"}), (A, N): frozenset({"reason"}),
    (A, T): frozenset(), (A, X): frozenset({"reason"}),
    (N, Y): frozenset({"lead", "due"}), (N, P): frozenset({"lead", "due", "part"}),
    (T, Y): frozenset({"lead", "due"}), (T, P): frozenset({"lead", "due", "part"}), (T, N): frozenset({"reason"}),
    (X, Y): frozenset({"lead", "due"}), (X, P): frozenset({"lead", "due", "part"}),
}  # fmt: skip


@dataclass(frozen=True)
class Move:
    """A step of the work: `by` the body or the unit, `needs` what must be given with it.

    `answered`: only once the body accepted the recommendation, in whole or in part.
    """

    by: str
    needs: str = ""
    answered: bool = True


W = Work
BODY, UNIT = "body", "unit"
STANDING = (W.NOT_STARTED, W.PLANNED, W.IN_PROGRESS, W.BLOCKED, W.REPORTED, W.REOPENED)
ENDED = (W.VERIFIED, W.CLOSED, W.CLOSED_NOT_DONE, W.NO_LONGER_RELEVANT, W.SUPERSEDED)

MOVES: dict[tuple[Work, Work], Move] = {
    (W.NOT_STARTED, W.PLANNED): Move(BODY, "task"),
    (W.REOPENED, W.PLANNED): Move(BODY, "task"),
    (W.PLANNED, W.IN_PROGRESS): Move(BODY),
    (W.REOPENED, W.IN_PROGRESS): Move(BODY),
    (W.IN_PROGRESS, W.BLOCKED): Move(BODY, "block"),
    (W.BLOCKED, W.IN_PROGRESS): Move(BODY),
    (W.IN_PROGRESS, W.REPORTED): Move(BODY, "proof"),
    (W.REPORTED, W.IN_PROGRESS): Move(UNIT, "reason"),
    (W.REPORTED, W.VERIFIED): Move(UNIT),
    (W.VERIFIED, W.CLOSED): Move(UNIT),
    **{
        (start, end): Move(UNIT, "reason", answered=False)
        for start in STANDING
        for end in (W.CLOSED_NOT_DONE, W.NO_LONGER_RELEVANT, W.SUPERSEDED)
    },
    **{(start, W.REOPENED): Move(UNIT, "reason", answered=False) for start in ENDED},
}

# The code of the refusal when what a move needs is missing.
MISSING = {"task": "plan_needs", "block": "block_needs", "proof": "report_needs", "reason": "reason_missing"}


def move(response: str, before: str, after: str) -> Move:
    """The step from one state of the work to another.

    Refuses with `commitment_move` when there is none and with `answer_first` when the body has not accepted yet.
    """
    step = MOVES.get((Work(before), Work(after)))
    if step is None:
        raise Refusal("commitment_move", state=said(before))
    if step.answered and Response(response) not in ACCEPTING:
        raise Refusal("answer_first")
    return step


def answer(before: str, after: str) -> frozenset[str]:
    """What the answer must give; refuses with `answer_given` when the body has said something final already."""
    needs = ANSWERS.get((Response(before), Response(after)))
    if needs is None:
        raise Refusal("answer_given")
    return needs


def moves_from(response: str, state: str, by: str) -> list[Work]:
    """The states that this side may bring the work to from here, in the order of the table."""
    accepted = Response(response) in ACCEPTING
    return [
        after
        for (before, after), step in MOVES.items()
        if before == state and step.by == by and (accepted or not step.answered)
    ]


def said(state: str) -> str:
    """The words of a state of the work, for the sentence of a refusal."""
    return t.plain(f"work.{state}")
