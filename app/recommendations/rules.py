"""Who may do what with a recommendation: role x state x phase of the meeting, and whether its workshop is frozen."""

from __future__ import annotations

from app.kernel.access import Actor, may, permission
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.meetings import states as phases
from app.meetings.models import Meeting, Workshop
from app.recommendations import states
from app.recommendations.models import HandOver, Recommendation

permission("recommendations.capture", scope="workshop", roles={"rapporteur", "coordinator", "organiser"})
permission("recommendations.review", scope="workshop", roles={"coordinator", "organiser"})
permission("recommendations.review_meeting", scope="meeting", roles={"organiser"})

CLOSED_CODES = {
    states.TextState.MERGED_INTO: "text_merged",
    states.TextState.WITHDRAWN: "text_withdrawn",
    states.TextState.UNDER_REVIEW: "text_under_review",
    states.TextState.RETAINED: "text_under_review",
}


def check_open(workshop: Workshop, meeting: Meeting, frozen: HandOver | None) -> None:
    """Refuse with `phase` when the meeting's phase has no capture, with `handed_over` once the plenary has the list."""
    if not captures(meeting):
        raise Refusal("phase", status=403, phase=t.plain(f"phase.{meeting.phase}"))
    if frozen is not None:
        raise Refusal("handed_over", status=403, version=frozen.version)


def captures(meeting: Meeting) -> bool:
    """Whether the meeting's phase has capture at all."""
    return phases.allows(meeting.phase, "capture")


def writing_refused(recommendation: Recommendation, actor: Actor) -> str:
    """Why this actor may not write in the text, as a code; empty when they may.

    The rapporteur writes until the coordinator takes the text up; after that the coordinator and the organiser do.
    """
    state = states.TextState(recommendation.state)
    needed = states.WRITES.get(state)
    if needed is None:
        return CLOSED_CODES.get(state, "text_read")
    if may(needed, recommendation, actor=actor):
        return ""
    return CLOSED_CODES.get(state, "not_allowed") if may(states.CAPTURE, recommendation, actor=actor) else "not_allowed"


def check_writing(recommendation: Recommendation, actor: Actor) -> None:
    """Refuse (403) with the code of `writing_refused`."""
    if code := writing_refused(recommendation, actor):
        raise Refusal(code, status=403)


def may_step(recommendation: Recommendation, after: str, actor: Actor) -> bool:
    """Whether the table of states and the actor's roles allow this step."""
    step = states.step(recommendation.state, after)
    return step is not None and may(step.permission, recommendation, actor=actor)


def merge_refused(source: Recommendation, target: Recommendation, actor: Actor) -> str:
    """Why the two may not be merged by this actor, as a code; empty when they may.

    Within a track its coordinator merges, across tracks the organiser; a rapporteur merges drafts of the own workshop.
    """
    if source.id == target.id or source.meeting_id != target.meeting_id:
        return "merge_same"
    if source.state not in states.MERGEABLE or target.state not in states.MERGEABLE:
        return "merge_state"
    if may(states.REVIEW, source, actor=actor) and may(states.REVIEW, target, actor=actor):
        return ""
    drafts = source.state == target.state == states.TextState.DRAFT and source.workshop_id == target.workshop_id
    return "" if drafts and may(states.CAPTURE, source, actor=actor) else "not_allowed"
