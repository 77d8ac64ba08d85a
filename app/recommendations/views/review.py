"""The coordinator's review: a workshop's list by state, every workshop's for the organiser, and one text at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor, may
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.forms import Form
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t
from app.recommendations import actions, advice, bodies, forms, queries, review, rules, states
from app.recommendations.views import pages
from app.recommendations.views.acts import act, address

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation

PLACE = "/meetings/<slug>/workshops/<workshop_code>/review"


@pages.get("/meetings/<slug>/manage/recommendations", endpoint="review")
@access("recommendations.review_meeting")
def whole_meeting(meeting: Meeting) -> str:
    """Every workshop's recommendations for the organiser; `workshop` and `state` narrow the list."""
    rooms = queries.workshops(meeting)
    chosen = [one for one in rooms if one.code == request.args.get("workshop")]
    return _list(meeting, None, chosen or rooms, rooms)


@pages.get(PLACE)
@access("recommendations.review")
def review_workshop(meeting: Meeting, workshop: Workshop) -> str:
    """One workshop's recommendations for its coordinator; `state` narrows the list."""
    return _list(meeting, workshop, [workshop], [])


def _list(meeting: Meeting, workshop: Workshop | None, shown: list[Workshop], rooms: list[Workshop]) -> str:
    state = request.args.get("state", "")
    rows = queries.in_workshops([one.id for one in shown])
    counts = review.counted(rows)
    # Without a state what is open comes first; once nothing is, "all" shows what became of everything.
    open_ones = [row for row in rows if row.state in states.OPEN]
    here = [row for row in rows if row.state == state] if state else open_ones or rows
    return render_template(
        "recommendations/review.html", meeting=meeting, workshop=workshop, shown=shown, rooms=rooms, rows=here,
        counts=counts, state=state, chosen=request.args.get("workshop", ""), form=Form(),
        bodies=bodies.labels(here, current_language()), pairs=review.alike(rows), hand_overs=review.hand_overs(shown),
        variants={one.recommendation_id for one in queries.open_variants([row.id for row in rows])},
        advice={row.id: advice.advice_of(row) for row in here},
    )  # fmt: skip


@pages.get(f"{PLACE}/<recommendation_id>")
@access("recommendations.review")
def review_one(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> str:
    """One recommendation: its texts side by side, where it comes from, and every step that is open now."""
    return _one(meeting, workshop, recommendation, _texts(recommendation))


@pages.post(f"{PLACE}/<recommendation_id>")
@access("recommendations.review", writes=True)
@idempotent
def rewrite(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response | tuple[str, int]:
    """Keep the texts; when somebody changed one meanwhile, both are kept."""
    form = forms.TextsForm()
    try:
        if not form.validate():
            return _one(meeting, workshop, recommendation, form), 422
        answer = act(meeting, workshop, "edit", recommendation.id, fields=form.values(), base_rev=form.base_rev(),
                     key=form.form_key.data)  # fmt: skip
    except Refusal as refusal:
        forms.refused(form, refusal)
        return _one(meeting, workshop, recommendation, form), 422
    flash(t.plain("review.kept_as_variant" if answer["variants"] else "review.saved"))
    return redirect(address("review_one", meeting, workshop, recommendation_id=recommendation.id), 303)


def _texts(one: Recommendation) -> forms.TextsForm:
    base = {row.field: row.rev for row in one.texts}
    return forms.TextsForm(
        formdata=None, base=json.dumps(base), title_ar=one.text("title.ar"), title_fr=one.text("title.fr"),
        body_ar=one.text("body.ar"), body_fr=one.text("body.fr"), out_of_scope=one.out_of_scope,
    )  # fmt: skip


def _one(meeting: Meeting, workshop: Workshop, one: Recommendation, form: forms.TextsForm, **more: Any) -> str:
    rows = queries.of_workshop(workshop)
    place = next((at for at, row in enumerate(rows) if row.id == one.id), None)
    around = (
        rows[place - 1] if place else None,
        rows[place + 1] if place is not None and place + 1 < len(rows) else None,
    )
    actor = current_actor()
    context: dict[str, Any] = {
        "meeting": meeting, "workshop": workshop, "one": one, "form": form, "reason": forms.ReasonForm(formdata=None),
        "steps": [after for after in review.ORDER if rules.may_step(one, after, actor)], "act": Form(formdata=None),
        "writable": not rules.writing_refused(one, actor), "advice": advice.advice_of(one),
        "previous": around[0], "next": around[1], "frozen": queries.frozen(workshop.id),
        "variants": queries.open_variants([one.id]), "origin": review.provenance(one),
        "translation": review.translation(one), "similar": review.similar_of(meeting, one, actor),
        "bodies": bodies.labels([one], current_language()), "across": may("recommendations.review_meeting", meeting),
    }  # fmt: skip
    return render_template("recommendations/review_one.html", **(context | more))


@pages.post(f"{PLACE}/<recommendation_id>/state")
@access("recommendations.review", writes=True)
@idempotent
def step(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response | tuple[str, int]:
    """Take up, retain, send back with a reason, withdraw or take back; then the next one of the list."""
    form, after = forms.ReasonForm(), request.form.get("after", "")
    try:
        if after not in review.ORDER:
            raise Refusal("choice")
        actions.set_state(recommendation=recommendation, meeting=meeting, after=after, reason=form.reason.data or "",
                          actor=current_actor(), clock=current_clock())  # fmt: skip
    except Refusal as refusal:
        form.attach(refusal)
        return _one(meeting, workshop, recommendation, _texts(recommendation), reason=form, failed=form), 422
    flash(t.plain(f"review.done.{after}", code=recommendation.draft_code))
    return redirect(address("review_one", meeting, workshop, recommendation_id=recommendation.id), 303)


@pages.post(f"{PLACE}/<recommendation_id>/translation")
@access("recommendations.review", writes=True)
@idempotent
def translation(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response | tuple[str, int]:
    """Say where the translation stands, as made from the authentic text in place now."""
    form = Form()
    try:
        actions.set_translation(
            recommendation=recommendation, meeting=meeting, field=request.form.get("field", ""), actor=current_actor(),
            translation=request.form.get("translation", ""), clock=current_clock(),
        )  # fmt: skip
    except Refusal as refusal:
        form.attach(Refusal(refusal.code, **refusal.params))
        return _one(meeting, workshop, recommendation, _texts(recommendation), failed=form), 422
    flash(t.plain("review.saved"))
    return redirect(address("review_one", meeting, workshop, recommendation_id=recommendation.id), 303)


@pages.post(f"{PLACE}/hand-over")
@access("recommendations.review", writes=True)
@idempotent
def hand_over(meeting: Meeting, workshop: Workshop) -> Response:
    """Freeze the workshop's list for the plenary."""
    return _frozen(meeting, workshop, "")


@pages.post(f"{PLACE}/reopen")
@access("recommendations.review", writes=True)
@idempotent
def reopen(meeting: Meeting, workshop: Workshop) -> Response:
    """Unfreeze the list, with the reason that the journal keeps."""
    return _frozen(meeting, workshop, request.form.get("reason", "") or " ")


def _frozen(meeting: Meeting, workshop: Workshop, reason: str) -> Response:
    actor, clock = current_actor(), current_clock()
    try:
        if reason:
            actions.reopen(workshop=workshop, meeting=meeting, reason=reason, actor=actor, clock=clock)
        else:
            actions.hand_over(workshop=workshop, meeting=meeting, actor=actor, clock=clock)
        flash(t.plain("review.saved"))
    except Refusal as refusal:
        flash(t.plain(refusal.key, **refusal.params), "error")
    whole = request.form.get("whole") == "1" and may("recommendations.review_meeting", meeting)
    back = (
        url_for("recommendations.review", slug=meeting.slug) if whole else address("review_workshop", meeting, workshop)
    )
    return redirect(back, 303)
