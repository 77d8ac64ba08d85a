"""Pages of the programme unit and the organiser: the matrix, what waits for the unit, extension to more communes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.followup import actions, derived, drawing, forms, queries
from app.followup.queries.matrix import MatrixFilter
from app.followup.spoken import name_of
from app.followup.views import pages
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.forms import options
from app.kernel.idempotency import idempotent
from app.kernel.languages import isolate, t

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting


def _read() -> MatrixFilter:
    args = request.args
    return MatrixFilter(
        args.get("body", "")[:20], _number(args.get("axis", "")), args.get("silent") == "1", args.get("late") == "1",
        _number(args.get("page", "")) or 1,
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


@pages.get("/meetings/<slug>/manage/commitments")
@access("followup.matrix")
def matrix(meeting: Meeting) -> str:
    """Every body beside every recommendation."""
    wanted, today = _read(), current_clock().today(meeting.zone)
    axes = queries.tracker.axes(meeting)
    axis = next((one.id for one in axes if one.position == wanted.axis), None)
    body = queries.body_of_code(wanted.body) if wanted.body else None

    def url(**changes: Any) -> str:
        values = {
            "body": wanted.body or None, "axis": wanted.axis, "silent": 1 if wanted.silent else None,
            "late": 1 if wanted.late else None,
        }  # fmt: skip
        return url_for("followup.matrix", slug=meeting.slug, **{**values, **changes})

    return render_template(
        "followup/matrix.html", meeting=meeting, wanted=wanted, axes=axes, url=url, drawing=drawing, derived=derived,
        matrix=queries.matrix.read(meeting, today, wanted, axis, body), page_url=lambda page: url(page=page),
        regions=queries.tracker.regions(meeting, today),
    )  # fmt: skip


@pages.get("/meetings/<slug>/manage/verification")
@access("followup.matrix")
def verification(meeting: Meeting) -> str:
    """Reports that wait for the second key, and requests for more time."""
    waiting = queries.waiting_for_unit(meeting, _number(request.args.get("page", "")) or 1)
    lines = queries.bodies.lines_of(meeting, [*waiting.reports, *(one.commitment for one in waiting.extensions)])
    return render_template(
        "followup/verification.html", meeting=meeting, waiting=waiting, lines=lines,
        page_url=lambda page: url_for("followup.verification", slug=meeting.slug, page=page),
    )  # fmt: skip


def _choices(meeting: Meeting, form: forms.GeneraliseForm) -> forms.GeneraliseForm:
    today = current_clock().today(meeting.zone)
    rows = queries.tracker.lines(meeting, today)
    words = [(str(row.number), f"{row.number} · {isolate(name_of(row, 'title')[:80])}") for row in rows]
    form.number.choices = options(words)
    return form


@pages.get("/meetings/<slug>/manage/commitments/generalise")
@access("followup.open")
def generalise_page(meeting: Meeting) -> str:
    """Which recommendation goes to the other target communes."""
    form = _choices(meeting, forms.GeneraliseForm())
    if (asked := request.args.get("number", "")).isdigit():
        form.number.data = int(asked)
    return render_template("followup/generalise.html", meeting=meeting, form=form, count=_missing(meeting, form))


@pages.post("/meetings/<slug>/manage/commitments/generalise")
@access("followup.open", writes=True)
@idempotent
def generalise(meeting: Meeting) -> Response | tuple[str, int]:
    """Extend a recommendation to the other target communes as one act."""
    form = _choices(meeting, forms.GeneraliseForm())
    if form.validate_on_submit():
        found = queries.find_recommendation(meeting, form.number.data)
        if found is None:
            raise NotFound
        try:
            made = actions.generalise(
                recommendation=found, meeting=meeting, actor=current_actor(), clock=current_clock(), due=form.due.data
            )
        except Refusal as refusal:
            form.attach(refusal)
        else:
            flash(t.plain("followup.done.generalise", count=len(made)), "ok")
            return redirect(url_for("followup.matrix", slug=meeting.slug), 303)
    return render_template("followup/generalise.html", meeting=meeting, form=form, count=_missing(meeting, form)), 422


def _missing(meeting: Meeting, form: forms.GeneraliseForm) -> int | None:
    """How many commitments the act would make; None while no recommendation is chosen."""
    found = queries.find_recommendation(meeting, form.number.data) if form.number.data else None
    if found is None:
        return None
    targets = set(actions.target_communes(meeting, current_clock()))
    return len(targets - queries.bodies.having(found))
