"""One decision for many people of the list: the preview, the act, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.kernel.tokens import sign, unsign
from app.participants.actions import bulk
from app.participants.actions.bulk import Step
from app.participants.forms.own import AskForm
from app.participants.queries import listing, people, places
from app.participants.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting

UNDO = "participants.bulk"
UNDO_SECONDS = 24 * 3600


@pages.post("/meetings/<slug>/manage/participants/bulk")
@access("participants.edit", writes=True)
@idempotent
def people_bulk(meeting: Meeting) -> Any:
    """First who would be hit, then, when it is sure, the act; the answer carries the way back."""
    act, category = request.form.get("act", ""), request.form.get("new_category", "")
    if act not in bulk.ACTS or (act == "category" and category not in places.category_codes(meeting)):
        flash(t.plain("participants.choose_act"), "error")
        return _back(meeting)
    asked = listing.wanted(request.form)
    ids = listing.ids(meeting, asked) if request.form.get("all") == "yes" else request.form.getlist("id")
    chosen = people.by_ids(meeting, ids)
    if request.form.get("sure") != "yes":
        changed, left = bulk.hit(act, chosen, category)
        return render_template(
            "participants/bulk.html", meeting=meeting, section="people", act=act, category=category, changed=changed,
            left=left, form=AskForm(), back=url_for(".people", slug=meeting.slug, **asked.args()),
        )  # fmt: skip
    steps = bulk.run(
        act=act, people=chosen, meeting=meeting, category=category, actor=current_actor(), clock=current_clock()
    )
    token = sign([act, meeting.id, [[step.ident, step.before] for step in steps]], UNDO)
    return render_template("participants/bulk_done.html", meeting=meeting, section="people", count=len(steps), act=act,
                           token=token, form=AskForm())  # fmt: skip


@pages.post("/meetings/<slug>/manage/participants/bulk/undo")
@access("participants.edit", writes=True)
@idempotent
def people_bulk_undo(meeting: Meeting) -> Response:
    """Go back within a day."""
    said = unsign(request.form.get("token", ""), UNDO, UNDO_SECONDS)
    if said is None or said[1] != meeting.id:
        raise Refusal("undo_late")
    steps = [Step(ident, before) for ident, before in said[2]]
    bulk.undo(act=said[0], steps=steps, meeting=meeting, actor=current_actor(), clock=current_clock())
    flash(t.plain("done.undone"), "success")
    return _back(meeting)


def _back(meeting: Meeting) -> Response:
    return redirect(url_for(".people", slug=meeting.slug), 303)
