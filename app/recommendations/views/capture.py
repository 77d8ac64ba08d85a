"""The rapporteur's page: the list and one recommendation; without a script a plain form sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from app.kernel import journal
from app.kernel.access import access, current_actor
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent, new_key
from app.kernel.languages import current_language, t
from app.recommendations import advice, bodies, documents, forms, queries, rules
from app.recommendations.views import pages
from app.recommendations.views.acts import act, address
from app.recommendations.views.script import payload

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation

PLACE = "/meetings/<slug>/workshops/<workshop_code>/capture"


@pages.get(PLACE)
@access("recommendations.capture")
def capture(meeting: Meeting, workshop: Workshop) -> str:
    """The list and the recommendation named by `r`, or a new one."""
    row = _chosen(workshop)
    return _page(meeting, workshop, row, forms.capture_form(row))


@pages.post(PLACE)
@access("recommendations.capture", writes=True)
@idempotent
def save(meeting: Meeting, workshop: Workshop) -> Response | tuple[str, int]:
    """Keep what the plain form holds, then a new empty one; a refused text stays in the form."""
    form = forms.CaptureForm()
    row = queries.in_workshop(workshop, form.ident.data or "")
    if not form.validate():
        return _page(meeting, workshop, row, form), 422
    try:
        fields = form.values()
        fields["addressees"] += bodies.resolve(form.addressee.data or "", form.addressee_id.data or "")
        extra = {"on_behalf_of": form.on_behalf_of.data, "origin": "paper"} if form.on_behalf_of.data else {}
        if row is None:
            fields["authentic"] = form.authentic.data
        answer = act(meeting, workshop, "edit" if row else "create", row.id if row else new_key(), fields=fields,
                     key=form.form_key.data, base_rev=form.base_rev(), **extra)  # fmt: skip
    except Refusal as refusal:
        forms.refused(form, refusal)
        return _page(meeting, workshop, row, form), 422
    flash(t.plain("capture.saved", code=answer["code"]))
    following = {"r": answer["id"]} if answer["variants"] else {}
    return redirect(address("capture", meeting, workshop, **following), 303)


def _chosen(workshop: Workshop) -> Recommendation | None:
    return queries.in_workshop(workshop, request.args.get("r", ""))


def _page(meeting: Meeting, workshop: Workshop, row: Recommendation | None, form: forms.CaptureForm) -> str:
    rows = queries.of_workshop(workshop)
    axes = queries.axes(meeting)
    form.axis.choices = [(str(axis.position), axis) for axis in axes]
    listed = documents.several(rows)
    frozen = queries.frozen(workshop.id)
    context: dict[str, Any] = {
        "meeting": meeting, "workshop": workshop, "rows": rows, "current": row, "form": form, "axes": axes,
        "officers": queries.officers(workshop), "frozen": frozen, "closed": not rules.captures(meeting),
        "variants": {one["id"] for one in listed if one["variants"]}, "bodies": bodies.labels(rows, current_language()),
        "advice": advice.advice_of(row) if row else None, "searched": "territory.search",
        "data": payload(meeting, workshop, listed, queries.author_of(current_actor()).id,
                        journal.heads(journal.stream_of(meeting))[0], frozen.version if frozen else None),
    }  # fmt: skip
    return render_template("recommendations/capture.html", **context)
