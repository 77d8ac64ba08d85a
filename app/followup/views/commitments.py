"""The page of one commitment, with its history, tasks, reports and evidence, and what the reader may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response as FlaskResponse
from flask import render_template, request
from werkzeug.wrappers import Response

from app.followup import actions, derived, forms, queries
from app.followup.views import pages
from app.followup.views.acts import done, offered, offered_to_unit
from app.kernel import files
from app.kernel.access import access, current_actor, may
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent

if TYPE_CHECKING:
    from app.followup.loaders import Commitment, Evidence, Extension, Task
    from app.meetings.loaders import Meeting


@pages.get("/meetings/<slug>/commitments/<commitment_id>")
@access("followup.read")
def commitment(meeting: Meeting, commitment: Commitment) -> str:
    """One recommendation and one body: where it stands, what comes next, everything that happened."""
    commitment, today = queries.with_work(commitment), current_clock().today(meeting.zone)
    return render_template(
        "followup/commitment.html", meeting=meeting, commitment=commitment, today=today, derived=derived,
        line=queries.bodies.line_of(meeting, commitment), history=queries.history_of(commitment),
        remarks=queries.remarks_of(commitment), extensions=queries.extensions_of(commitment),
        acts=offered(commitment) if may("followup.work", commitment) else [],
        unit_acts=offered_to_unit(commitment) if may("followup.decide", commitment) else [],
    )  # fmt: skip


@pages.get("/meetings/<slug>/commitments/<commitment_id>/extensions/<extension_id>")
@access("followup.decide")
def decide_page(meeting: Meeting, commitment: Commitment, extension: Extension) -> str:
    """A request for more time, and the form that decides it."""
    return _decide(meeting, commitment, extension, forms.DecisionForm())


@pages.post("/meetings/<slug>/commitments/<commitment_id>/extensions/<extension_id>")
@access("followup.decide", writes=True)
@idempotent
def decide(meeting: Meeting, commitment: Commitment, extension: Extension) -> Response | tuple[str, int]:
    """More time is given or not."""
    form = forms.DecisionForm()
    if form.validate_on_submit():
        try:
            actions.decide_extension(
                extension, approve=form.decision.data == "approve", reason=form.reason.data or "",
                actor=current_actor(), clock=current_clock(),
            )  # fmt: skip
        except Refusal as refusal:
            form.attach(refusal)
        else:
            return done(meeting, commitment, "decide")
    return _decide(meeting, commitment, extension, form), 422


def _decide(meeting: Meeting, commitment: Commitment, extension: Extension, form: forms.DecisionForm) -> str:
    return render_template(
        "followup/act.html", meeting=meeting, commitment=commitment, act="decide", form=form, extension=extension,
        line=queries.bodies.line_of(meeting, commitment), reports=[],
    )  # fmt: skip


@pages.post("/meetings/<slug>/commitments/<commitment_id>/tasks/<task_id>/state")
@access("followup.work", writes=True)
@idempotent
def task_state(meeting: Meeting, commitment: Commitment, task: Task) -> Response:
    """How far a task is, or one of its steps."""
    actor, clock = current_actor(), current_clock()
    if step := request.form.get("milestone"):
        actions.set_milestone(task, milestone_id=step, done=request.form.get("done") == "1", actor=actor, clock=clock)
    else:
        actions.set_task_state(task, state=request.form.get("state", ""), actor=actor, clock=clock)
    return done(meeting, commitment, "task")


@pages.post("/meetings/<slug>/commitments/<commitment_id>/tasks/<task_id>/publish")
@access("followup.decide", writes=True)
@idempotent
def task_publish(meeting: Meeting, commitment: Commitment, task: Task) -> Response:
    """The public tracker shows the task, or no longer."""
    public = request.form.get("public") == "1"
    actions.publish_task(task, actor=current_actor(), clock=current_clock(), public=public)
    return done(meeting, commitment, "publish")


@pages.get("/meetings/<slug>/evidence/<evidence_id>")
@access("followup.public")
def evidence(meeting: Meeting, evidence: Evidence) -> FlaskResponse:
    """A piece of evidence: a public one for everybody, any other for those who work on it; never shown as a page."""
    if evidence.file is None:
        raise NotFound
    return files.send(evidence.file)
