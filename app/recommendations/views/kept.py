"""Beside the capture page: earlier texts, texts that were not taken in, the sheet for a room without a computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.errors import Refusal
from app.kernel.forms import Form
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.recommendations import queries, rules, states
from app.recommendations.views import pages
from app.recommendations.views.acts import act, address
from app.recommendations.views.capture import PLACE

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation

FRAMES = 6


@pages.get(f"{PLACE}/kept")
@access("recommendations.capture")
def kept(meeting: Meeting, workshop: Workshop) -> str:
    """What the reader wrote that is not in the list: refused or waiting, with every text it carried."""
    author = queries.author_of(current_actor())
    rows = queries.kept_of(workshop, author.id)
    texts = {row.op_id: _texts(row.payload) for row in rows}
    return render_template("recommendations/kept.html", meeting=meeting, workshop=workshop, rows=rows, texts=texts)


def _texts(payload: dict[str, object]) -> list[str]:
    fields = payload.get("fields")
    found = fields.values() if isinstance(fields, dict) else [payload.get("text")]
    return [one for one in found if isinstance(one, str) and one.strip()]


@pages.get(f"{PLACE}/paper")
@access("recommendations.capture")
def paper(meeting: Meeting, workshop: Workshop) -> str:
    """A page to print: frames to write recommendations in by hand."""
    return render_template("recommendations/paper.html", meeting=meeting, workshop=workshop, frames=range(FRAMES),
                           axes=queries.axes(meeting))  # fmt: skip


@pages.get(f"{PLACE}/<recommendation_id>/history")
@access("recommendations.capture")
def history(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> str:
    """Every text the recommendation had, newest first, with its author and hour."""
    rows = [row for row in queries.revisions(recommendation.id) if row.field in states.TEXT_FIELDS]
    writable = not rules.writing_refused(recommendation, current_actor())
    return render_template(
        "recommendations/history.html", meeting=meeting, workshop=workshop, one=recommendation, rows=rows, form=Form(),
        writable=writable, now={row.field: row.rev for row in recommendation.texts},
    )  # fmt: skip


@pages.post(f"{PLACE}/<recommendation_id>/history")
@access("recommendations.capture", writes=True)
@idempotent
def restore(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response:
    """Put an earlier text in place again, as a new revision."""
    wanted = request.form.get("revision", "")
    row = next((one for one in queries.revisions(recommendation.id) if one.id == wanted), None)
    if row is None:
        raise Refusal("choice")
    base = {one.field: one.rev for one in recommendation.texts}
    act(meeting, workshop, "edit", recommendation.id, fields={row.field: row.text}, base_rev=base,
        key=request.form.get("_key"))  # fmt: skip
    flash(t.plain("capture.history.restored"))
    return redirect(address("capture", meeting, workshop, r=recommendation.id), 303)
