"""What is typed when something is done with a commitment; what each act needs is the action's to say."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField

from app.followup.states import Cause, EvidenceKind, Response, TaskState, Work
from app.kernel.forms import DateParts, Form, Line, Lines, Longest, Required, options
from app.kernel.languages import t

ANSWERS = [value for value in Response if value != Response.AWAITING]
ENDS = (Work.CLOSED, Work.CLOSED_NOT_DONE, Work.NO_LONGER_RELEVANT, Work.SUPERSEDED)


class AnswerForm(Form):
    """The body's answer."""

    response = RadioField(
        t.lazy("followup.form.response"),
        [Required()],
        choices=options([(one, t.lazy(f"response.{one}")) for one in ANSWERS]),
    )
    lead_name = Line(t.lazy("followup.form.lead"), [Longest(160)], description=t.lazy("followup.form.lead.hint"))
    due = DateParts(t.lazy("followup.form.due"), description=t.lazy("followup.form.due.hint"))
    part = Lines(t.lazy("followup.form.part"), [Longest(2000)], description=t.lazy("followup.form.part.hint"))
    reason = Lines(t.lazy("followup.form.reason"), [Longest(2000)], description=t.lazy("followup.form.reason.hint"))


class PlanForm(Form):
    """A task: what, who, by when, and its steps, one a line."""

    title = Line(t.lazy("followup.form.task"), [Required(), Longest(300)])
    owner = Line(t.lazy("followup.form.owner"), [Required(), Longest(160)])
    due_on = DateParts(t.lazy("followup.form.task_due"), [Required()])
    milestones = Lines(t.lazy("followup.form.steps"), [Longest(2000)], description=t.lazy("followup.form.steps.hint"))


class ReportForm(Form):
    """What was done, and the proof."""

    claimed = RadioField(
        t.lazy("followup.form.claimed"), [Required()], default=Work.IN_PROGRESS,
        choices=options([(one, t.lazy(f"work.{one}")) for one in (Work.IN_PROGRESS, Work.REPORTED)]),
    )  # fmt: skip
    narrative = Lines(
        t.lazy("followup.form.narrative"), [Longest(4000)], description=t.lazy("followup.form.narrative.hint")
    )
    proof = FileField(t.lazy("followup.form.proof"), description=t.lazy("followup.form.proof.hint"))
    url = StringField(t.lazy("followup.form.link"), description=t.lazy("followup.form.link.hint"))
    kind = SelectField(
        t.lazy("followup.form.kind"), choices=options([(one, t.lazy(f"evidence.{one}")) for one in EvidenceKind]),
        default=EvidenceKind.DELIBERATION,
    )  # fmt: skip
    proof_title = Line(t.lazy("followup.form.proof_title"), [Longest(300)])
    public = BooleanField(t.lazy("followup.form.public"), description=t.lazy("followup.form.public.hint"))


class BlockForm(Form):
    """What blocks the work."""

    cause = RadioField(
        t.lazy("followup.form.cause"), [Required()], choices=options([(one, t.lazy(f"block.{one}")) for one in Cause])
    )
    unblock_by = Line(t.lazy("followup.form.unblock_by"), [Longest(200)])
    review_on = DateParts(t.lazy("followup.form.review_on"))
    note = Lines(t.lazy("followup.form.note"), [Longest(2000)])


class UnblockForm(Form):
    """The work goes on."""

    note = Lines(t.lazy("followup.form.note"), [Longest(2000)])


class ExtensionForm(Form):
    """More time is asked for."""

    due = DateParts(t.lazy("followup.form.new_due"), [Required()])
    reason = Lines(t.lazy("followup.form.reason"), [Longest(2000)], description=t.lazy("followup.form.kept.hint"))


class DecisionForm(Form):
    """More time is given or not."""

    decision = RadioField(
        t.lazy("followup.form.decision"), [Required()],
        choices=options([(one, t.lazy(f"followup.decision.{one}")) for one in ("approve", "refuse")]),
    )  # fmt: skip
    reason = Lines(t.lazy("followup.form.reason"), [Longest(2000)], description=t.lazy("followup.form.refusal.hint"))


class RemarkForm(Form):
    """A comment or question."""

    text = Lines(t.lazy("followup.form.remark"), [Longest(2000)], description=t.lazy("followup.form.remark.hint"))


class VerdictForm(Form):
    """The second key, or back to the body."""

    verdict = RadioField(
        t.lazy("followup.form.verdict"), [Required()],
        choices=options([("verified", t.lazy("action.verify")), ("sent_back", t.lazy("action.ask_evidence"))]),
    )  # fmt: skip
    reason = Lines(t.lazy("followup.form.reason"), [Longest(2000)], description=t.lazy("followup.form.verdict.hint"))


class EndForm(Form):
    """How the commitment ends."""

    outcome = RadioField(
        t.lazy("followup.form.outcome"), [Required()], choices=options([(one, t.lazy(f"work.{one}")) for one in ENDS])
    )
    reason = Lines(t.lazy("followup.form.reason"), [Longest(2000)], description=t.lazy("followup.form.end.hint"))


class ReopenForm(Form):
    """Why it is taken up again."""

    reason = Lines(t.lazy("followup.form.reason"), [Longest(2000)], description=t.lazy("followup.form.kept.hint"))


class TaskForm(Form):
    """How far a task is."""

    state = RadioField(
        t.lazy("followup.col.state"), [Required()], choices=options([(one, t.lazy(f"task.{one}")) for one in TaskState])
    )


class GeneraliseForm(Form):
    """A recommendation goes to the other target communes."""

    number = SelectField(t.lazy("followup.col.recommendation"), coerce=int)
    due = DateParts(t.lazy("followup.form.due"), description=t.lazy("followup.form.generalise_due.hint"))


class FollowForm(Form):
    """Somebody wants the news by mail."""

    email = Line(t.lazy("form.email.label"), [Required(), Longest(254)])
