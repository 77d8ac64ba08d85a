"""The secretary's page, the wall of the hall and the page for phones."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.forms import Form
from app.kernel.languages import t
from app.plenary import actions, queries, wall
from app.plenary.forms import AmendForm, DecisionForm, TimerForm

pages = Blueprint("plenary", __name__)
MANAGE = "/meetings/<slug>/manage/plenary"


def _back(meeting: Any) -> ResponseReturnValue:
    return redirect(url_for("plenary.driver", slug=meeting.slug), 303)


def _driver(meeting: Any, form: DecisionForm | None = None, problem: Refusal | None = None) -> ResponseReturnValue:
    stage = queries.stage_of(meeting.id)
    line = queries.queue(meeting.id)
    current = next((one for one in line if stage and one.id == stage.recommendation_id), None)
    decisions = queries.standing_decisions(meeting.id)
    decision = decisions.get(current.id) if current else None
    amendment = stage.amendment if stage and not decision else {}
    if form is None:
        form = DecisionForm(formdata=None)
        if current is not None:
            form.text_ar.data = amendment.get("ar") or current.text("body.ar")
            form.text_fr.data = amendment.get("fr") or current.text("body.fr")
    if problem is not None:
        form.attach(problem)
    before, after = queries.neighbours(meeting.id, current.id if current else None)
    page = render_template(
        "plenary/driver.html", meeting=meeting, stage=stage, line=line, current=current, decision=decision, form=form,
        decisions=decisions, before=before, after=after, tally=queries.tally(line), timer=TimerForm(formdata=None),
        outside=queries.waiting_outside(meeting.id), last=queries.last_decision(meeting.id),
        shown=wall.texts_of(current, amendment, decision) if current else {}, number_of=wall.number_of, hidden=Form(),
        wall_url=wall.address(meeting, stage) if stage else "", now=current_clock().now(),
    )  # fmt: skip
    return page, 422 if form.bad else 200


@pages.get(MANAGE)
@access("plenary.drive")
def driver(meeting: Any) -> ResponseReturnValue:
    """The secretary's page: the queue, what is read now, the four decisions."""
    return _driver(meeting)


@pages.post(f"{MANAGE}/fill")
@access("plenary.drive", writes=True)
def fill(meeting: Any) -> ResponseReturnValue:
    """Put the retained recommendations into the queue."""
    actions.fill_queue(meeting=meeting, actor=current_actor(), clock=current_clock())
    flash(t("plenary.filled"))
    return _back(meeting)


@pages.post(f"{MANAGE}/move/<queued_id>")
@access("plenary.drive", writes=True)
def move(meeting: Any, recommendation: Any) -> ResponseReturnValue:
    """Move one recommendation up or down in the order of reading."""
    order = [one.id for one in queries.queue(meeting.id)]
    at = order.index(recommendation.id)
    to = at - 1 if request.form.get("to") == "up" else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        actions.arrange(meeting=meeting, order=order, actor=current_actor(), clock=current_clock())
        flash(t("plenary.moved"))
    return _back(meeting)


@pages.post(f"{MANAGE}/show/<queued_id>")
@access("plenary.drive", writes=True)
def show(meeting: Any, recommendation: Any) -> ResponseReturnValue:
    """Put a recommendation on the wall."""
    actions.show(meeting=meeting, recommendation=recommendation, actor=current_actor(), clock=current_clock())
    return _back(meeting)


@pages.post(f"{MANAGE}/amend")
@access("plenary.drive", writes=True)
def amend(meeting: Any) -> ResponseReturnValue:
    """Show the wording under discussion on the wall."""
    form = AmendForm()
    if form.validate():
        actions.amend(meeting=meeting, wording=form.texts(), actor=current_actor(), clock=current_clock())
    return _back(meeting)


@pages.post(f"{MANAGE}/decide/<queued_id>")
@access("plenary.drive", writes=True)
def decide(meeting: Any, recommendation: Any) -> ResponseReturnValue:
    """Record the decision."""
    form = DecisionForm()
    if not form.validate():
        return _driver(meeting, form)
    try:
        actions.decide(
            meeting=meeting, recommendation=recommendation, choice=form.choice(), actor=current_actor(),
            clock=current_clock(),
        )  # fmt: skip
    except Refusal as refusal:
        return _driver(meeting, form, refusal)
    return _back(meeting)


@pages.post(f"{MANAGE}/undo")
@access("plenary.drive", writes=True)
def undo(meeting: Any) -> ResponseReturnValue:
    """Take the last decision back."""
    last = queries.last_decision(meeting.id)
    if last is not None:  # Somebody else may have taken it back a moment ago.
        actions.undo(meeting=meeting, decision=last, actor=current_actor(), clock=current_clock())
        flash(t("plenary.undone"))
    return _back(meeting)


@pages.post(f"{MANAGE}/blank")
@access("plenary.drive", writes=True)
def blank(meeting: Any) -> ResponseReturnValue:
    """Empty the wall, or fill it again."""
    on = request.form.get("on") == "1"
    actions.blank(meeting=meeting, on=on, actor=current_actor(), clock=current_clock())
    return _back(meeting)


@pages.post(f"{MANAGE}/timer")
@access("plenary.drive", writes=True)
def timer(meeting: Any) -> ResponseReturnValue:
    """Start or stop the timer."""
    form = TimerForm()
    if form.validate():
        actions.set_timer(
            meeting=meeting, minutes=form.minutes.data or 0, actor=current_actor(), clock=current_clock()
        )  # fmt: skip
    return _back(meeting)


@pages.post(f"{MANAGE}/wall-link")
@access("plenary.drive", writes=True)
def renew_wall(meeting: Any) -> ResponseReturnValue:
    """Give the wall a new address."""
    actions.renew_wall_link(meeting=meeting, actor=current_actor(), clock=current_clock())
    flash(t("plenary.wall.renewed"))
    return _back(meeting)


@pages.get("/meetings/<slug>/wall/<wall_token>", endpoint="wall")
@access("plenary.follow")
def wall_page(meeting: Any, stage: Any) -> ResponseReturnValue:
    """The wall of the hall, and with `?phone=1` the page for phones; neither has controls."""
    token = queries.wall_token(meeting.id, stage.link_version)
    api = url_for("plenary_api.wall_state", slug=meeting.slug, wall_token=token)
    template = "plenary/follow.html" if request.args.get("phone") else "plenary/wall.html"
    return render_template(template, meeting=meeting, state=wall.state(meeting, stage, current_clock().now()), api=api)
