"""Searching bodies, as the fields of many forms do, and the administrator's pages: bodies and days off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, pick, t
from app.territory import actions, queries
from app.territory.forms import DayOffForm
from app.territory.queries import Found

if TYPE_CHECKING:
    from app.territory.loaders import DayOff

ZONE = "Africa/Casablanca"
PAGE = 100

pages = Blueprint("territory", __name__)


@pages.get("/bodies/search")
@access("territory.search")
def search() -> Response:
    """Bodies that match `q` in any spelling, as `[{value, label, detail}]`; `kind` narrows and may be repeated."""
    found = queries.search(request.args.get("q", "")[:200], kinds=request.args.getlist("kind"))
    lang = current_language()
    return jsonify([{"value": one.id, "label": pick(one, "name", lang)[0], "detail": _detail(one)} for one in found])


def _detail(found: Found) -> str:
    """What tells homonyms apart: the kind of body and what it belongs to."""
    key = f"body.{found.kind}"
    kind = t.plain(key) if t.exists(key) else ""
    parent = pick(found, "parent", current_language())[0]
    return t.plain("territory.kind_of", kind=kind, parent=parent) if kind and parent else kind or parent


@pages.get("/territory/bodies")
@access("territory.manage")
def bodies() -> str:
    """The list of bodies, by kind and by name in any spelling."""
    text, kind = request.args.get("q", "")[:200], request.args.get("kind", "")[:20]
    page = max(request.args.get("page", 1, type=int), 1)
    rows, total = queries.bodies(kind=kind, text=text, page=page, size=PAGE)
    return render_template(
        "territory/bodies.html", rows=rows, total=total, q=text, kind=kind, page=page, counts=queries.count_by_kind(),
        last=max(1, -(-total // PAGE)),
    )  # fmt: skip


@pages.get("/territory/days-off")
@access("territory.manage")
def days_off() -> str:
    """The days off of a year, each confirmed or still estimated."""
    return _days(request.args.get("year", current_clock().today(ZONE).year, type=int), DayOffForm())


def _days(year: int, form: DayOffForm) -> str:
    year = min(max(year, 2000), 2100)
    rows = queries.days_off(date(year, 1, 1), date(year, 12, 31))
    return render_template("territory/days_off.html", rows=rows, year=year, form=form)


@pages.post("/territory/days-off")
@access("territory.manage", writes=True)
@idempotent
def set_day_off() -> AnyResponse | tuple[str, int]:
    """Add a day off, or change one."""
    form = DayOffForm()
    try:
        if form.validate() and (day := form.day.data):
            actions.set_day_off(
                day, name_ar=form.name_ar.data or "", name_fr=form.name_fr.data or "", kind=form.kind.data,
                status=form.sure.data, source=form.source.data or "", actor=current_actor(), clock=current_clock(),
            )  # fmt: skip
            return _back(day.year)
    except Refusal as refusal:
        form.attach(refusal)
    return _days(current_clock().today(ZONE).year, form), 422


@pages.post("/territory/days-off/<day_off>/<act>")
@access("territory.manage", writes=True)
def day_off_act(day_off: DayOff, act: str) -> AnyResponse:
    """Confirm an estimated day, or take a day out of the table."""
    year = day_off.day.year
    if act == "confirm":
        actions.confirm_day_off(day_off, actor=current_actor(), clock=current_clock())
    elif act == "remove":
        actions.remove_day_off(day_off, actor=current_actor(), clock=current_clock())
    else:
        raise Refusal("not_found", status=404)
    return _back(year)


def _back(year: int) -> AnyResponse:
    flash(t("territory.saved"), "ok")
    return redirect(url_for("territory.days_off", year=year), 303)
