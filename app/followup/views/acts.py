"""Each act on a commitment as a page of its own: a short form, the act, and back to the commitment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.followup import actions, forms, queries, states
from app.followup.actions import Answer, Plan, Proof
from app.followup.states import Work
from app.followup.views import pages
from app.kernel.access import Actor, access, current_actor
from app.kernel.clock import Clock, current_clock
from app.kernel.errors import Refusal
from app.kernel.forms import Form
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t

if TYPE_CHECKING:
    from app.followup.loaders import Commitment
    from app.meetings.loaders import Meeting

Run = Callable[["Commitment", Any, Actor, Clock], object]


@dataclass(frozen=True)
class Act:
    """One act: who may, what is typed, what is done. Its words are `followup.act.<name>` and `followup.done.<name>`."""

    name: str
    permission: str
    form: type[Form]
    run: Run
    fill: Callable[[Commitment, Any], None] = lambda commitment, form: None


def _answer(commitment: Commitment, form: forms.AnswerForm, actor: Actor, clock: Clock) -> object:
    answer = Answer(
        form.response.data, form.lead_name.data or "", form.due.data, form.part.data or "", form.reason.data or ""
    )
    return actions.respond(commitment, answer=answer, actor=actor, clock=clock)


def _promise(commitment: Commitment, form: forms.AnswerForm) -> None:
    form.due.data = form.due.data or commitment.original_due


def _plan(commitment: Commitment, form: forms.PlanForm, actor: Actor, clock: Clock) -> object:
    steps: list[tuple[str, date | None]] = [(line, None) for line in (form.milestones.data or "").splitlines()]
    task = Plan(form.title.data or "", form.owner.data or "", form.due_on.data, milestones=steps)
    return actions.plan(commitment, task=task, actor=actor, clock=clock)


def _report(commitment: Commitment, form: forms.ReportForm, actor: Actor, clock: Clock) -> object:
    title, public = form.proof_title.data or "", bool(form.public.data)
    proofs = []
    if form.proof.data and form.proof.data.filename:
        file = form.proof.data
        proofs.append(Proof(form.kind.data, title, public, stream=file.stream, filename=file.filename))
    if (form.url.data or "").strip():
        proofs.append(Proof("link", title, public, url=form.url.data))
    return actions.report(
        commitment, claimed=form.claimed.data, narrative=form.narrative.data or "", proofs=proofs,
        lang=current_language(), actor=actor, clock=clock,
    )  # fmt: skip


def _block(commitment: Commitment, form: forms.BlockForm, actor: Actor, clock: Clock) -> object:
    return actions.block(
        commitment, cause=form.cause.data, unblock_by=form.unblock_by.data or "", review_on=form.review_on.data,
        note=form.note.data or "", actor=actor, clock=clock,
    )  # fmt: skip


def _unblock(commitment: Commitment, form: forms.UnblockForm, actor: Actor, clock: Clock) -> object:
    return actions.unblock(commitment, note=form.note.data or "", actor=actor, clock=clock)


def _extend(commitment: Commitment, form: forms.ExtensionForm, actor: Actor, clock: Clock) -> object:
    return actions.ask_extension(commitment, due=form.due.data, reason=form.reason.data or "", actor=actor, clock=clock)


def _remark(commitment: Commitment, form: forms.RemarkForm, actor: Actor, clock: Clock) -> object:
    return actions.remark(commitment, text=form.text.data or "", actor=actor, clock=clock)


def _verdict(commitment: Commitment, form: forms.VerdictForm, actor: Actor, clock: Clock) -> object:
    reason = form.reason.data or ""
    if form.verdict.data == "verified":
        return actions.verify(commitment, note=reason, actor=actor, clock=clock)
    return actions.send_back(commitment, reason=reason, actor=actor, clock=clock)


def _end(commitment: Commitment, form: forms.EndForm, actor: Actor, clock: Clock) -> object:
    return actions.end(commitment, outcome=form.outcome.data, reason=form.reason.data or "", actor=actor, clock=clock)


def _reopen(commitment: Commitment, form: forms.ReopenForm, actor: Actor, clock: Clock) -> object:
    return actions.reopen(commitment, reason=form.reason.data or "", actor=actor, clock=clock)


ACTS = (
    Act("answer", "followup.work", forms.AnswerForm, _answer, _promise),
    Act("plan", "followup.work", forms.PlanForm, _plan),
    Act("report", "followup.work", forms.ReportForm, _report),
    Act("block", "followup.work", forms.BlockForm, _block),
    Act("unblock", "followup.work", forms.UnblockForm, _unblock),
    Act("extend", "followup.ask", forms.ExtensionForm, _extend),
    Act("remark", "followup.remark", forms.RemarkForm, _remark),
    Act("verdict", "followup.verify", forms.VerdictForm, _verdict),
    Act("end", "followup.decide", forms.EndForm, _end),
    Act("reopen", "followup.decide", forms.ReopenForm, _reopen),
)


def _connect(act: Act) -> None:
    def ask(meeting: Meeting, commitment: Commitment) -> str:
        form = act.form()
        act.fill(commitment, form)
        return _form_page(act, meeting, commitment, form)

    def do(meeting: Meeting, commitment: Commitment) -> Response | tuple[str, int]:
        form = act.form()
        if form.validate_on_submit():
            try:
                act.run(commitment, form, current_actor(), current_clock())
            except Refusal as refusal:
                form.attach(refusal)
            else:
                return done(meeting, commitment, act.name)
        return _form_page(act, meeting, commitment, form), 422

    path = f"/meetings/<slug>/commitments/<commitment_id>/{act.name}"
    pages.add_url_rule(path, f"{act.name}_page", access(act.permission)(ask), methods=["GET"])
    pages.add_url_rule(path, act.name, access(act.permission, writes=True)(idempotent(do)), methods=["POST"])


def _form_page(act: Act, meeting: Meeting, commitment: Commitment, form: Form) -> str:
    commitment, line = queries.with_work(commitment), queries.bodies.line_of(meeting, commitment)
    return render_template(
        "followup/act.html", meeting=meeting, commitment=commitment, line=line, act=act.name, form=form,
        reports=commitment.reports if act.name == "verdict" else [],
    )  # fmt: skip


def done(meeting: Meeting, commitment: Commitment, name: str) -> Response:
    """Back to the commitment, saying what was done."""
    flash(t.plain(f"followup.done.{name}"), "ok")
    return redirect(url_for("followup.commitment", slug=meeting.slug, commitment_id=commitment.id), 303)


for _act in ACTS:
    _connect(_act)


@pages.post("/meetings/<slug>/commitments/<commitment_id>/nothing-new")
@access("followup.work", writes=True)
@idempotent
def nothing_new(meeting: Meeting, commitment: Commitment) -> Response:
    """Nothing changed since the last report: one tap."""
    actions.report(
        commitment, claimed=commitment.state, narrative="", actor=current_actor(), clock=current_clock(),
        lang=current_language(),
    )  # fmt: skip
    return done(meeting, commitment, "report")


def offered(commitment: Commitment) -> list[str]:
    """The acts of the body that the machines allow now, the most likely one first."""
    if commitment.response not in states.ACCEPTING:
        return ["answer"] if commitment.state in (Work.NOT_STARTED, Work.REOPENED) else []
    return {
        Work.NOT_STARTED: ["plan"], Work.PLANNED: ["report", "plan", "block"],
        Work.IN_PROGRESS: ["report", "block", "plan"], Work.BLOCKED: ["report", "unblock", "plan"],
        Work.REOPENED: ["report", "plan"],
    }.get(Work(commitment.state), [])  # fmt: skip


def offered_to_unit(commitment: Commitment) -> list[str]:
    """The acts of the programme unit that the machine allows now."""
    after = states.moves_from(commitment.response, commitment.state, states.UNIT)
    acts = ["verdict"] if Work.VERIFIED in after else []
    acts += ["end"] if set(after) & set(forms.ENDS) else []
    return acts + (["reopen"] if Work.REOPENED in after else [])
