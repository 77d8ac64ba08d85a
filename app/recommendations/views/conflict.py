"""Two wordings of one field side by side: three choices, and nothing is thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from app.kernel.access import access
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.recommendations import forms, queries
from app.recommendations.merging import differences
from app.recommendations.views import pages
from app.recommendations.views.acts import act, address
from app.recommendations.views.capture import PLACE

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation


@pages.get(f"{PLACE}/<recommendation_id>/conflict")
@access("recommendations.capture")
def conflict(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> str:
    """The text in place and the first undecided variant, their differing words marked."""
    return _page(meeting, workshop, recommendation, forms.ChoiceForm(formdata=None))


@pages.post(f"{PLACE}/<recommendation_id>/conflict")
@access("recommendations.capture", writes=True)
@idempotent
def resolve(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response | tuple[str, int]:
    """Keep the first text, the second, or a third; the next variant follows until there is none."""
    form = forms.ChoiceForm()
    if not form.validate():
        return _page(meeting, workshop, recommendation, form), 422
    try:
        answer = act(meeting, workshop, "resolve", recommendation.id, key=form.form_key.data, variant=form.variant.data,
                     choice=request.form.get("choice", ""), text=form.text.data or "")  # fmt: skip
    except Refusal as refusal:
        forms.refused(form, refusal)
        return _page(meeting, workshop, recommendation, form), 422
    flash(t.plain("conflict.done"))
    if answer["variants"]:
        return redirect(address("conflict", meeting, workshop, recommendation_id=recommendation.id), 303)
    return redirect(address("capture", meeting, workshop, r=recommendation.id), 303)


def _page(meeting: Meeting, workshop: Workshop, one: Recommendation, form: forms.ChoiceForm) -> str:
    variants = queries.open_variants([one.id])
    variant = variants[0] if variants else None
    here = one.text(variant.field) if variant else ""
    written = next((row for row in queries.revisions(one.id) if variant and row.field == variant.field), None)
    if variant and not form.text.data:
        form.text.data = variant.text if len(variant.text) > len(here) else here
    form.variant.data = variant.id if variant else ""
    return render_template(
        "recommendations/conflict.html", meeting=meeting, workshop=workshop, one=one, variant=variant, form=form,
        here=here, written=written, left=len(variants), officers=queries.officers(workshop),
        first=differences(here, variant.text) if variant else [],
        second=differences(variant.text, here) if variant else [],
    )  # fmt: skip
