"""Two rows that are one person become one; or somebody says that they are two."""

from __future__ import annotations

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.participants.actions.changing import rewrite
from app.participants.actions.filling import Details
from app.participants.actions.places import give_back, promote
from app.participants.models import KeptApart, Participant
from app.participants.states import STANDING, Status


def merge(*, kept: Participant, gone: Participant, details: Details, actor: Actor, clock: Clock) -> None:
    """Make one of two: `kept` says what `details` say, `gone` leaves the list; one place is given back.

    The better place of the two stays (a seat before the waiting list). Later rooms move what hangs on `gone` when they
    hear of it. Refuses with `participant_state` a pair that cannot be one. Journal: participant.merged, in both
    histories, and participant.changed for what differs.
    """
    require(actor, "participants.edit", kept)
    require(actor, "participants.edit", gone)
    if kept.id == gone.id or kept.meeting_id != gone.meeting_id or gone.status not in STANDING:
        raise Refusal("participant_state")
    _take_better_place(kept, gone)
    had_seat = gone.holds_seat
    kept.invitation_id = kept.invitation_id or gone.invitation_id
    gone.identity_key, gone.status, gone.ended_at = None, Status.CANCELLED, clock.now()
    gone.waiting_rank, gone.calendar_sequence = None, gone.calendar_sequence + 1
    give_back(gone)
    db.session.flush()
    rewrite(participant=kept, details=details, actor=actor, clock=clock)
    journal.record(
        "participant.merged", gone, actor=actor, clock=clock, meeting=kept.meeting, ids=(kept.id,), public=had_seat,
        values={"into": kept.id, "name": gone.name, "kept_name": kept.name},
    )  # fmt: skip
    if had_seat:
        promote(kept.meeting, actor=actor, clock=clock)


def keep_apart(*, one: Participant, two: Participant, actor: Actor, clock: Clock) -> None:
    """Say that two people are two; they are not proposed again. Doing it twice does nothing."""
    require(actor, "participants.edit", one)
    require(actor, "participants.edit", two)
    first, second = sorted((one.id, two.id))
    known = db.session.query(KeptApart).filter_by(first_id=first, second_id=second).first()
    if known is None:
        db.session.add(KeptApart(meeting_id=one.meeting_id, first_id=first, second_id=second))
        journal.record(
            "participant.kept_apart", one, actor=actor, clock=clock, meeting=one.meeting, ids=(two.id,),
            values={"name": one.name, "other": two.name},
        )  # fmt: skip


def _take_better_place(kept: Participant, gone: Participant) -> None:
    """A seat before a place on the waiting list, the earlier of two places before the later."""
    if kept.holds_seat or not (gone.holds_seat or gone.status == Status.WAITLISTED):
        return
    mine = (kept.status, kept.holds_seat, kept.waiting_rank, kept.confirmed_at)
    kept.status, kept.holds_seat, kept.waiting_rank, kept.confirmed_at = (
        gone.status, gone.holds_seat, gone.waiting_rank, gone.confirmed_at,
    )  # fmt: skip
    gone.status, gone.holds_seat, gone.waiting_rank, gone.confirmed_at = mine
