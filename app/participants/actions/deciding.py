"""What is decided about somebody's place: approved, confirmed, declined, cancelled; a place given back is passed on."""

from __future__ import annotations

from typing import Any

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.errors import Refusal
from app.participants import rules
from app.participants.actions.filling import details_of
from app.participants.actions.places import give_back, promote, take_place
from app.participants.models import Participant
from app.participants.queries.people import find_same
from app.participants.states import ENDED, SEATED, STANDING, Status, check_move


def approve(*, participant: Participant, actor: Actor, clock: Clock) -> None:
    """Say yes to a request: a seat, or a place on the waiting list when none is left. Journal: participant.approved."""
    require(actor, "participants.edit", participant)
    if participant.status != Status.PENDING:
        raise Refusal("participant_state")
    _seat(participant, clock)
    _tell("approved", participant, actor, clock, {"from": Status.PENDING, "status": participant.status})


def confirm(*, participant: Participant, actor: Actor, clock: Clock) -> None:
    """Say that somebody comes; whoever had left is let in again if there is a place, else waits.

    Nothing happens when it is confirmed already. Journal: participant.confirmed.
    """
    require(actor, "participants.edit", participant)
    if participant.status == Status.CONFIRMED:
        return None
    if participant.status == Status.PENDING:
        return approve(participant=participant, actor=actor, clock=clock)
    before = participant.status
    check_move(before, Status.CONFIRMED)
    if participant.holds_seat:
        participant.status, participant.confirmed_at = Status.CONFIRMED, clock.now()
    else:
        _stand_again(participant)
        _seat(participant, clock)
    _tell("confirmed", participant, actor, clock, {"from": before, "status": participant.status})
    return None


def decline(*, participant: Participant, actor: Actor, clock: Clock, reason: str = "") -> None:
    """Say that somebody does not come, or may not; the place is passed on. Journal: participant.declined."""
    require(actor, "participants.edit", participant)
    _end(participant, Status.DECLINED, actor, clock, reason)


def cancel(*, participant: Participant, actor: Actor, clock: Clock, reason: str = "") -> None:
    """Cancel a registration by the organiser's hand; the place is passed on. Journal: participant.cancelled."""
    require(actor, "participants.edit", participant)
    _end(participant, Status.CANCELLED, actor, clock, reason)


def withdraw(*, participant: Participant, actor: Actor, clock: Clock, reason: str = "") -> None:
    """Withdraw by one's own link, until the meeting is over; the place is passed on. Journal: participant.cancelled.

    Nothing happens when it is cancelled already. Refuses with `too_late_by_link`.
    """
    require(actor, "participants.own", participant)
    if participant.status == Status.CANCELLED:
        return
    if not rules.may_withdraw(participant, participant.meeting):
        raise Refusal("too_late_by_link")
    _end(participant, Status.CANCELLED, actor, clock, reason)


def restore(*, participant: Participant, status: Status, actor: Actor, clock: Clock) -> None:
    """Put somebody back where they stood before a decision that is undone; a seat that is gone is waited for.

    Journal: participant.restored; no mail, for it may be that none has left.
    """
    require(actor, "participants.edit", participant)
    before = participant.status
    if status in ENDED:
        participant.identity_key = None
    elif participant.identity_key is None:
        _stand_again(participant)
    if status in SEATED and not participant.holds_seat:
        _seat(participant, clock)
        participant.status = status if participant.holds_seat else Status.WAITLISTED
    elif status == Status.WAITLISTED and participant.waiting_rank is None:
        _seat(participant, clock)
    else:
        participant.status = status
    _tell("restored", participant, actor, clock, {"from": before, "status": participant.status})


def end_seat(*, participant: Participant, actor: Actor, clock: Clock, reason: str) -> None:
    """Cancel without asking who may: for a focal point's own seats, an import undone, an erasure."""
    _end(participant, Status.CANCELLED, actor, clock, reason)


def _end(participant: Participant, status: Status, actor: Actor, clock: Clock, reason: str) -> None:
    if participant.status == status:
        return
    before = participant.status
    check_move(before, status)
    participant.status, participant.ended_at, participant.end_reason = status, clock.now(), reason
    participant.identity_key, participant.waiting_rank = None, None
    participant.calendar_sequence += 1
    held = participant.holds_seat
    give_back(participant)
    kind = "declined" if status == Status.DECLINED else "cancelled"
    _tell(kind, participant, actor, clock, {"from": before, "status": status, "reason": reason})
    if held:
        promote(participant.meeting, actor=actor, clock=clock)


def _stand_again(participant: Participant) -> None:
    key = details_of(participant).key
    same = find_same(participant.meeting_id, key)
    if same is not None and same.id != participant.id and same.status in STANDING:
        raise Refusal("same_person")
    participant.identity_key, participant.ended_at, participant.end_reason = key, None, ""


def _seat(participant: Participant, clock: Clock) -> None:
    rank = take_place(participant.meeting)
    participant.waiting_rank = rank
    participant.holds_seat = rank is None
    participant.status = Status.CONFIRMED if rank is None else Status.WAITLISTED
    participant.confirmed_at = clock.now() if rank is None else None


def _tell(kind: str, participant: Participant, actor: Actor, clock: Clock, values: dict[str, Any]) -> None:
    journal.record(
        f"participant.{kind}", participant, actor=actor, clock=clock, meeting=participant.meeting, fields=("status",),
        values=values, public=True,
    )  # fmt: skip
