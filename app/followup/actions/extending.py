"""More time: asked for by the body with a reason, decided by somebody of the unit; the original date never moves."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.followup import derived
from app.followup.actions.common import locked, needed, record
from app.followup.models import Commitment, Extension
from app.followup.rules import require_other_hand
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal

ASKED, APPROVED, REFUSED = "asked", "approved", "refused"


def ask_extension(
    commitment: Commitment, *, due: date | None, reason: str, actor: Actor, clock: Clock
) -> Extension:  # fmt: skip
    """A later date is asked for; nothing moves until somebody of the unit approves it.

    Refuses with `reason_missing`, `date_after`, `no_due_date`, `extension_waiting`.
    """
    require(actor, "followup.ask", commitment)
    reason = needed(reason)
    locked(commitment)
    if commitment.current_due is None or not derived.is_open(commitment):
        raise Refusal("no_due_date")
    if due is None or due <= commitment.current_due:
        raise Refusal("date_after", field="due", date=commitment.current_due)
    waiting = select(Extension.id).where(Extension.commitment_id == commitment.id, Extension.state == ASKED)
    if db.session.scalar(waiting):
        raise Refusal("extension_waiting")
    row = Extension(
        commitment_id=commitment.id, due_before=commitment.current_due, due_asked=due, reason=reason,
        asked_by=actor.label[:160], asked_by_id=actor.id, asked_at=clock.now(), state=ASKED,
    )  # fmt: skip
    db.session.add(row)
    record(
        "extension_asked", commitment, actor=actor, clock=clock, public=False, reason=reason, due=due.isoformat(),
        before=commitment.current_due.isoformat(),
    )  # fmt: skip
    return row


def decide_extension(
    extension: Extension, *, approve: bool, reason: str = "", actor: Actor, clock: Clock
) -> Extension:  # fmt: skip
    """The date moves and is counted, or stays as it is with the reason.

    Refuses with `second_person` whoever asked, `same_body`, `reason_missing`, `extension_decided`.
    """
    commitment = extension.commitment
    require(actor, "followup.decide", commitment)
    require_other_hand(actor, commitment)
    if extension.asked_by_id is not None and extension.asked_by_id == actor.id:
        raise Refusal("second_person", status=403)
    reason = reason.strip() if approve else needed(reason)
    locked(commitment)
    db.session.refresh(extension)
    if extension.state != ASKED:
        raise Refusal("extension_decided")
    extension.state = APPROVED if approve else REFUSED
    extension.decided_by, extension.decided_at = actor.label[:160], clock.now()
    extension.decision_reason = reason
    if approve:
        commitment.current_due = extension.due_asked
        commitment.extensions += 1
    record(
        "extended" if approve else "extension_refused", commitment, actor=actor, clock=clock, public=approve,
        fields=["current_due"] if approve else [], due=extension.due_asked.isoformat(),
        before=extension.due_before.isoformat(), reason=reason or extension.reason,
    )  # fmt: skip
    return extension
