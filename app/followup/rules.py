"""Who may do what with a commitment; the second key is never in the hand of the first."""

from __future__ import annotations

from app.followup.models import Commitment, Evidence, ProgressReport
from app.kernel.access import Actor, may, permission
from app.kernel.errors import Refusal

OF_A_BODY = ("officer", "official")

permission("followup.public", scope="meeting", roles={"public"})
permission("followup.matrix", scope="meeting", roles={"organiser", "programme_unit"})
permission("followup.open", scope="meeting", roles={"organiser", "programme_unit"})
permission("followup.read", scope="body", roles={"officer", "official", "organiser", "programme_unit"})
permission("followup.work", scope="body", roles={"officer"})
permission("followup.ask", scope="body", roles={"officer", "official"})
permission("followup.remark", scope="body", roles={"officer", "official", "organiser", "programme_unit"})
permission("followup.verify", scope="programme", roles={"programme_unit"})
permission("followup.decide", scope="programme", roles={"programme_unit"})
permission("followup.subscription", scope="link", roles={"subscriber"})


def of_same_body(actor: Actor, commitment: Commitment) -> bool:
    """Whether the actor answers for the body of the commitment, or for one above it, in another role of theirs."""
    return bool(actor.ids("body", *OF_A_BODY) & set(commitment.body.lineage_ids))


def require_other_hand(actor: Actor, commitment: Commitment, report: ProgressReport | None = None) -> None:
    """Refuse with `same_body` whoever belongs to the body or wrote the report: a body never checks itself."""
    wrote = report is not None and report.author_id is not None and report.author_id == actor.id
    if wrote or of_same_body(actor, commitment):
        raise Refusal("same_body", status=403)


def may_read_evidence(actor: Actor, evidence: Evidence) -> bool:
    """Whether a proof is there for this actor: a public one for everybody, any for those who work on it."""
    return evidence.public or may("followup.read", evidence, actor=actor)
