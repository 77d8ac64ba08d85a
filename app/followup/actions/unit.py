"""What the programme unit does: the second key, the end of a commitment, its reopening."""

from __future__ import annotations

from app.followup.actions.common import locked, needed, record, step
from app.followup.models import Commitment, ProgressReport
from app.followup.rules import require_other_hand
from app.followup.states import UNIT, Work
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.errors import Refusal

ENDS = (Work.CLOSED, Work.CLOSED_NOT_DONE, Work.NO_LONGER_RELEVANT, Work.SUPERSEDED)


def verify(commitment: Commitment, *, actor: Actor, clock: Clock, note: str = "") -> Commitment:
    """The evidence was checked by somebody else: the second key. Refuses with `same_body`, `commitment_move`."""
    report = _awaited(commitment, actor)
    step(commitment, Work.VERIFIED, by=UNIT, clock=clock)
    commitment.verified_at, commitment.verified_by = clock.now(), actor.label[:160]
    _judge(report, "verified", note, actor, clock)
    record("verified", commitment, actor=actor, clock=clock, fields=["state"], note=note.strip())
    return commitment


def send_back(commitment: Commitment, *, reason: str, actor: Actor, clock: Clock) -> Commitment:
    """The report did not suffice: the work is under way again, with the reason. Refuses with `reason_missing`."""
    reason = needed(reason)
    report = _awaited(commitment, actor)
    step(commitment, Work.IN_PROGRESS, by=UNIT, clock=clock, given=["reason"])
    commitment.reported_at, commitment.state_reason = None, reason
    _judge(report, "sent_back", reason, actor, clock)
    record("sent_back", commitment, actor=actor, clock=clock, fields=["state"], reason=reason)
    return commitment


def _awaited(commitment: Commitment, actor: Actor) -> ProgressReport | None:
    """The report that waits for its verdict, once the actor may give one."""
    require(actor, "followup.verify", commitment)
    locked(commitment)
    claims = [one for one in commitment.reports if one.claimed == Work.REPORTED and not one.verdict]
    report = claims[-1] if claims else None
    require_other_hand(actor, commitment, report)
    return report


def _judge(report: ProgressReport | None, verdict: str, reason: str, actor: Actor, clock: Clock) -> None:
    if report is not None:
        report.verdict, report.verdict_reason = verdict, reason.strip()
        report.verdict_by, report.verdict_at = actor.label[:160], clock.now()


def end(commitment: Commitment, *, outcome: str, reason: str = "", actor: Actor, clock: Clock) -> Commitment:
    """The commitment is over: closed after its verification, or with a reason not done, without object, superseded.

    Refuses with `reason_missing`, `same_body`, `commitment_move`.
    """
    require(actor, "followup.decide", commitment)
    require_other_hand(actor, commitment)
    if outcome not in ENDS:
        raise Refusal("choice", field="outcome")
    locked(commitment)
    given = ["reason"] if reason.strip() else []
    step(commitment, Work(outcome), by=UNIT, clock=clock, given=given)
    commitment.state_reason = reason.strip()
    record(outcome, commitment, actor=actor, clock=clock, fields=["state"], reason=reason.strip())
    return commitment


def reopen(commitment: Commitment, *, reason: str, actor: Actor, clock: Clock) -> Commitment:
    """What had ended is to be worked on again, with the reason; the keys of done are taken back."""
    require(actor, "followup.decide", commitment)
    require_other_hand(actor, commitment)
    reason = needed(reason)
    locked(commitment)
    step(commitment, Work.REOPENED, by=UNIT, clock=clock, given=["reason"])
    commitment.reported_at = commitment.verified_at = None
    commitment.verified_by, commitment.state_reason = "", reason
    record("reopened", commitment, actor=actor, clock=clock, fields=["state"], reason=reason)
    return commitment
