"""Merging with provenance, undoing it, splitting, and saying that two recommendations are different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent, new_key
from app.kernel.languages import t
from app.recommendations import actions, forms, queries
from app.recommendations.merging import differences
from app.recommendations.views import pages
from app.recommendations.views.acts import act, address
from app.recommendations.views.review import PLACE

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation


def _target(meeting: Meeting) -> Recommendation:
    wanted = request.values.get("into", "")
    if not wanted:
        raise Refusal("choice")
    found = queries.in_meeting(meeting, wanted)
    if found is None:
        raise NotFound
    return found


def _revision(one: Recommendation) -> int:
    return next((row.rev for row in one.texts if row.field == f"body.{one.authentic}"), 0)


@pages.get(f"{PLACE}/<recommendation_id>/merge")
@access("recommendations.review")
def merge(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> str:
    """Both texts with their differing words, and the text after merging (`into`: the one that stays)."""
    target = _target(meeting) if request.args.get("into") else recommendation
    form = forms.MergeForm(formdata=None, text=target.text(f"body.{target.authentic}"), rev=str(_revision(target)))
    return _merge_page(meeting, workshop, recommendation, target, form)


@pages.post(f"{PLACE}/<recommendation_id>/merge")
@access("recommendations.review", writes=True)
@idempotent
def merge_now(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response | tuple[str, int]:
    """Merge; the source keeps its text, the target gets the one of the form."""
    target, form = _target(meeting), forms.MergeForm()
    field = f"body.{target.authentic}"
    try:
        if not form.validate():
            return _merge_page(meeting, workshop, recommendation, target, form), 422
        act(meeting, workshop, "merge", recommendation.id, key=form.form_key.data, into=target.id,
            kept=form.kept.data or "", fields={field: form.text.data or ""},
            base_rev={field: int(form.rev.data or 0)})  # fmt: skip
    except (Refusal, ValueError) as fault:
        forms.refused(form, fault if isinstance(fault, Refusal) else Refusal("choice"))
        return _merge_page(meeting, workshop, recommendation, target, form), 422
    flash(t.plain("review.merged"))
    return redirect(address("review_one", meeting, target.workshop, recommendation_id=target.id), 303)


def _merge_page(
    meeting: Meeting, workshop: Workshop, one: Recommendation, target: Recommendation, form: forms.MergeForm
) -> str:
    others = [row for row in queries.of_meeting(meeting, in_states=("draft", "proposed", "under_review", "retained"))
              if row.id != one.id]  # fmt: skip
    mine, theirs = one.text(f"body.{one.authentic}"), target.text(f"body.{target.authentic}")
    return render_template(
        "recommendations/merge.html", meeting=meeting, workshop=workshop, one=one, target=target, form=form,
        others=others, first=differences(theirs, mine), second=differences(mine, theirs),
    )  # fmt: skip


@pages.post(f"{PLACE}/<recommendation_id>/unmerge")
@access("recommendations.review", writes=True)
@idempotent
def unmerge(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response:
    """Undo a merge; not after the plenary has read it."""
    return _act(meeting, workshop, recommendation, "unmerge", "review.unmerged")


def _act(meeting: Meeting, workshop: Workshop, one: Recommendation, kind: str, said: str) -> Response:
    try:
        act(meeting, workshop, kind, one.id, key=request.form.get("_key"))
        flash(t.plain(said))
    except Refusal as refusal:
        flash(t.plain(refusal.key, **refusal.params), "error")
    return redirect(address("review_one", meeting, workshop, recommendation_id=one.id), 303)


@pages.get(f"{PLACE}/<recommendation_id>/split")
@access("recommendations.review")
def split(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> str:
    """The text twice: what stays, and what becomes a recommendation of its own."""
    text = recommendation.text(f"body.{recommendation.authentic}")
    form = forms.SplitForm(formdata=None, rest=text, part="", rev=str(_revision(recommendation)))
    return render_template(
        "recommendations/split.html", meeting=meeting, workshop=workshop, one=recommendation, form=form
    )


@pages.post(f"{PLACE}/<recommendation_id>/split")
@access("recommendations.review", writes=True)
@idempotent
def split_now(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response | tuple[str, int]:
    """Split; the new one says where it comes from."""
    form, one = forms.SplitForm(), recommendation
    field = f"body.{one.authentic}"
    try:
        if form.validate():
            act(meeting, workshop, "split", one.id, key=form.form_key.data, fields={field: form.rest.data or ""},
                base_rev={field: int(form.rev.data or 0)},
                parts=[{"id": new_key(), "fields": {field: form.part.data or ""}}])  # fmt: skip
            flash(t.plain("review.split.done"))
            return redirect(address("review_workshop", meeting, workshop), 303)
    except (Refusal, ValueError) as fault:
        forms.refused(form, fault if isinstance(fault, Refusal) else Refusal("choice"))
    return render_template("recommendations/split.html", meeting=meeting, workshop=workshop, one=one, form=form), 422


@pages.post(f"{PLACE}/<recommendation_id>/apart")
@access("recommendations.review", writes=True)
@idempotent
def apart(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response:
    """Say that two recommendations are different: they are not proposed for merging again."""
    actions.keep_apart(one=recommendation, other=_target(meeting), meeting=meeting, actor=current_actor(),
                       clock=current_clock())  # fmt: skip
    flash(t.plain("review.apart"))
    return redirect(address("review_one", meeting, workshop, recommendation_id=recommendation.id), 303)
