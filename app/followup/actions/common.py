"""What every act on a commitment does first and last: lock the row, take a step of the machine, write the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.followup import states
from app.followup.models import Commitment
from app.followup.states import Work
from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.models import Meeting


def locked(commitment: Commitment) -> Commitment:
    """The commitment as it is now, kept from other writers until the end of the transaction."""
    db.session.refresh(commitment, with_for_update={"of": Commitment})
    return commitment


def step(commitment: Commitment, after: Work, *, by: str, clock: Clock, given: Iterable[str] = ()) -> None:
    """Bring the work to its next state as the table allows; `given` are the needs that the act meets.

    Refuses with `commitment_move`, `answer_first`, or the code of what is missing.
    """
    move = states.move(commitment.response, commitment.state, after)
    if move.by != by:
        raise Refusal("commitment_move", state=states.said(commitment.state))
    if move.needs and move.needs not in given:
        raise Refusal(states.MISSING[move.needs], field="reason" if move.needs == "reason" else None)
    commitment.state = after
    commitment.state_at = clock.now()


def record(
    kind: str, commitment: Commitment, *, actor: Actor, clock: Clock, public: bool = True, fields: Iterable[str] = (),
    **values: Any,
) -> None:  # fmt: skip
    """One entry in the meeting's stream about this commitment; empty values are left out."""
    journal.record(
        f"commitment.{kind}", commitment, actor=actor, clock=clock, meeting=meeting_of(commitment), fields=fields,
        values={name: value for name, value in values.items() if value not in ("", None)}, public=public,
    )  # fmt: skip


def meeting_of(commitment: Commitment) -> Meeting:
    """The meeting of the commitment (already loaded when the address named it)."""
    meeting = db.session.get(Meeting, commitment.meeting_id)
    assert meeting is not None
    return meeting


def needed(text: str, code: str = "reason_missing", field: str = "reason") -> str:
    """The text without its margins; refuses with `code` when nothing is left."""
    text = text.strip()
    if not text:
        raise Refusal(code, field=field)
    return text
