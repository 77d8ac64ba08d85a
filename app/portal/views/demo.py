"""The demonstration is set to another moment by one click."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel.access import access
from app.kernel.errors import NotFound
from app.kernel.languages import t
from app.portal.demonstration import replay
from app.portal.demonstration.state import MOMENTS
from app.portal.views import pages


@pages.post("/demo/moment")
@access("portal.read", writes=True)
def set_moment() -> ResponseReturnValue:
    """Set the demonstration to a moment, in one transaction: the pages show the old one until it is done."""
    name = request.form.get("moment", "")
    if not current_app.config["LIQAA"].demo or name not in MOMENTS:
        raise NotFound
    replay.set_moment(name)
    flash(t("portal.demo.set", moment=t(MOMENTS[name].key)))
    return redirect(url_for("portal.home"), 303)


@pages.get("/demo")
@access("portal.read")
def guide() -> ResponseReturnValue:
    """What to try, role by role."""
    if not current_app.config["LIQAA"].demo:
        raise NotFound
    return render_template("portal/guide.html", moments=list(MOMENTS.values()))
