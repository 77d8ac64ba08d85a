"""Corrections: prepared by one person, approved by another."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.publication import actions, queries
from app.publication.forms import ErratumForm, typed
from app.publication.views import pages


@pages.get("/meetings/<slug>/manage/publication/erratum/<serial>")
@access("publication.correct")
def erratum(meeting: Any, recommendation: Any) -> str:
    """The wording in force, to be corrected."""
    waiting = queries.prepared(meeting)
    snapshot = queries.latest_snapshot(meeting)
    item = snapshot.numbered(recommendation.number) if snapshot else None
    if item is None:  # Marked as published without an edition: nothing was printed, so nothing is shown.
        raise NotFound
    values = typed(item) | ({"erratum": waiting.erratum, "reason": waiting.reason} if waiting else {})
    return _form(meeting, recommendation, ErratumForm(data=values))


def _form(meeting: Any, recommendation: Any, form: ErratumForm) -> str:
    return render_template("publication/erratum.html", meeting=meeting, recommendation=recommendation, form=form,
                           waiting=queries.prepared(meeting))  # fmt: skip


@pages.post("/meetings/<slug>/manage/publication/erratum/<serial>")
@access("publication.correct", writes=True)
@idempotent
def prepare(meeting: Any, recommendation: Any) -> Response | tuple[str, int]:
    """Prepare the correction for its second person."""
    form = ErratumForm()
    if form.validate_on_submit():
        try:
            actions.prepare(
                meeting=meeting, recommendation=recommendation, texts=form.texts(), erratum=form.erratum.data or "",
                reason=form.reason.data or "", actor=current_actor(), clock=current_clock(),
            )  # fmt: skip
            flash(t("publication.prepared_now"))
            return redirect(url_for("publication.editions", slug=meeting.slug), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return _form(meeting, recommendation, form), 422


@pages.post("/meetings/<slug>/manage/publication/approve")
@access("publication.approve", writes=True)
@idempotent
def approve(meeting: Any) -> Response:
    """Approve the correction that waits: it becomes an edition."""
    edition = actions.approve(meeting=meeting, actor=current_actor(), clock=current_clock())
    flash(t("publication.corrected_now", number=edition.number))
    return redirect(url_for("publication.editions", slug=meeting.slug), 303)


@pages.post("/meetings/<slug>/manage/publication/withdraw")
@access("publication.correct", writes=True)
@idempotent
def withdraw(meeting: Any) -> Response:
    """Drop the correction that waits."""
    actions.withdraw(meeting=meeting, actor=current_actor(), clock=current_clock())
    flash(t("publication.withdrawn_now"))
    return redirect(url_for("publication.editions", slug=meeting.slug), 303)
