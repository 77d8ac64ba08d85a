"""The states of a participant and the one table of moves between them (02-domain, States)."""

from __future__ import annotations

from enum import StrEnum

from app.kernel.errors import Refusal


class Status(StrEnum):
    """Where a person stands in one meeting; attendance is told apart, per half-day."""

    INVITED = "invited"
    REGISTERED = "registered"
    PENDING = "pending_approval"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REPRESENTED = "represented"


class Source(StrEnum):
    """How a person came into the list."""

    FORM = "form"
    INVITATION = "invitation"
    IMPORT = "import"
    DESK = "desk"
    ORGANISER = "organiser"
    DELEGATE = "delegate"


# A seat of the meeting is held in these states and in no other.
SEATED = frozenset({Status.REGISTERED, Status.CONFIRMED})
# A place is asked for or held: one person has one of these at most.
STANDING = SEATED | {Status.PENDING, Status.WAITLISTED, Status.INVITED}
ENDED = frozenset({Status.DECLINED, Status.CANCELLED, Status.REPRESENTED})

MOVES: dict[Status, frozenset[Status]] = {
    Status.INVITED: frozenset({Status.REGISTERED, Status.CONFIRMED, Status.WAITLISTED, Status.DECLINED}),
    Status.REGISTERED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.CANCELLED, Status.REPRESENTED}),
    Status.PENDING: frozenset({Status.CONFIRMED, Status.WAITLISTED, Status.DECLINED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.DECLINED, Status.CANCELLED, Status.REPRESENTED}),
    Status.WAITLISTED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.CANCELLED}),
    Status.DECLINED: frozenset({Status.CONFIRMED, Status.WAITLISTED}),
    Status.CANCELLED: frozenset({Status.CONFIRMED, Status.WAITLISTED}),
    # A titular who comes after all takes the seat back from the delegate.
    Status.REPRESENTED: frozenset({Status.CONFIRMED}),
}


def check_move(now: str, then: Status) -> None:
    """Refuse with `participant_state` a move that the table does not have."""
    if then not in MOVES[Status(now)]:
        raise Refusal("participant_state")
