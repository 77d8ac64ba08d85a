"""The rapporteur's own steps: propose a draft, withdraw it; what the plain form holds is kept first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.recommendations import actions, forms
from app.recommendations.states import TextState
from app.recommendations.views import pages
from app.recommendations.views.acts import act, address
from app.recommendations.views.capture import PLACE

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation


@pages.post(f"{PLACE}/<recommendation_id>/propose")
@access("recommendations.capture", writes=True)
@idempotent
def propose(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response:
    """Propose the draft to the coordinator, as the form has it."""
    _keep(meeting, workshop, recommendation)
    return _step(meeting, workshop, recommendation, TextState.PROPOSED)


@pages.post(f"{PLACE}/<recommendation_id>/withdraw")
@access("recommendations.capture", writes=True)
@idempotent
def withdraw(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response:
    """Take it out of the list; it can be taken back on the review page."""
    return _step(meeting, workshop, recommendation, TextState.WITHDRAWN)


def _keep(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> None:
    """What was typed beside the button is not lost by pressing it; a script has sent its own before."""
    if "body" not in request.form:
        return
    form = forms.CaptureForm()
    if form.validate():
        act(meeting, workshop, "edit", recommendation.id, fields=form.values(), base_rev=form.base_rev())


def _step(meeting: Meeting, workshop: Workshop, recommendation: Recommendation, after: str) -> Response:
    try:
        actions.set_state(
            recommendation=recommendation, meeting=meeting, after=after, actor=current_actor(), clock=current_clock()
        )
        flash(t.plain(f"review.done.{after}", code=recommendation.draft_code))
    except Refusal as refusal:
        flash(t.plain(refusal.key, **refusal.params), "error")
        return redirect(address("capture", meeting, workshop, r=recommendation.id), 303)
    return redirect(address("capture", meeting, workshop), 303)
