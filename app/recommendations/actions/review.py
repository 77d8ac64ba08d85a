"""The coordinator's steps: propose, take up, retain, send back, take back; and where a translation stands."""

from __future__ import annotations

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.recommendations import queries, rules, states
from app.recommendations.models import Link, Recommendation
from app.recommendations.states import TextState

RECORDED = {
    TextState.PROPOSED: "proposed", TextState.UNDER_REVIEW: "taken_up", TextState.RETAINED: "retained",
    TextState.DRAFT: "sent_back", TextState.WITHDRAWN: "withdrawn",
}  # fmt: skip


def set_state(
    *, recommendation: Recommendation, meeting: Meeting, after: str, actor: Actor, clock: Clock, reason: str = ""
) -> None:
    """Take a step of the table of states; retaining a proposed text takes it up on the way.

    Refuses with `step_not_allowed`, `reason_missing` at `reason`, `body_missing` when there is no text to propose, and
    as `rules.check_open`. A step that is taken already changes nothing.
    """
    wanted = TextState(after)
    if recommendation.state == wanted:
        return
    if recommendation.state == TextState.PROPOSED and wanted == TextState.RETAINED:
        taken_up = TextState.UNDER_REVIEW
        set_state(recommendation=recommendation, meeting=meeting, after=taken_up, actor=actor, clock=clock)
    rules.check_open(recommendation.workshop, meeting, queries.frozen(recommendation.workshop_id))
    step = states.step(recommendation.state, wanted)
    if step is None:
        raise Refusal("step_not_allowed")
    require(actor, step.permission, recommendation)
    if step.reason and not reason.strip():
        raise Refusal("reason_missing", field="reason")
    if wanted == TextState.PROPOSED and not any(recommendation.text(f"body.{one}") for one in states.LANGUAGES):
        raise Refusal("body_missing")
    kind = "taken_back" if recommendation.state == TextState.WITHDRAWN else RECORDED[wanted]
    before, recommendation.state = recommendation.state, wanted
    recommendation.review_reason = reason.strip() if step.reason else ""
    recommendation.rev += 1
    recommendation.changed_at = clock.now()
    values = {"code": recommendation.draft_code, "from": before, "reason": reason.strip()}
    journal.record(f"recommendation.{kind}", recommendation, actor=actor, clock=clock, meeting=meeting, values=values)


def keep_apart(
    *, one: Recommendation, other: Recommendation, meeting: Meeting, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Note that two recommendations are different, so that merging is not proposed again; twice is once."""
    require(actor, states.REVIEW, one)
    if one.id == other.id:
        raise Refusal("merge_same")
    if frozenset({one.id, other.id}) in queries.kept_apart([one.id]):
        return
    db.session.add(Link(from_id=one.id, to_id=other.id, kind="distinct"))
    values = {"code": one.draft_code, "other": other.draft_code}
    journal.record(
        "recommendation.kept_apart", one, actor=actor, clock=clock, meeting=meeting, values=values, ids=(other.id,)
    )


def set_translation(
    *, recommendation: Recommendation, meeting: Meeting, field: str, translation: str, actor: Actor, clock: Clock
) -> None:
    """Say where a translation stands, as made from the authentic text in place now (`reviewed` or `certified`).

    Refuses with `choice`, and `translation_missing` when there is no text in that language.
    """
    require(actor, states.REVIEW, recommendation)
    rules.check_open(recommendation.workshop, meeting, queries.frozen(recommendation.workshop_id))
    part, _, lang = field.partition(".")
    row = next((one for one in recommendation.texts if one.field == field), None)
    if translation not in states.TRANSLATIONS or lang == recommendation.authentic:
        raise Refusal("choice", field=field)
    if row is None or not row.text:
        raise Refusal("translation_missing", field=field)
    source = next((one for one in recommendation.texts if one.field == f"{part}.{recommendation.authentic}"), None)
    row.translation, row.based_on = translation, source.rev if source else 0
    recommendation.rev += 1
    recommendation.changed_at = clock.now()
    journal.record(
        "recommendation.translation", recommendation, actor=actor, clock=clock, meeting=meeting, fields=(field,),
        values={"code": recommendation.draft_code, "translation": translation},
    )  # fmt: skip
