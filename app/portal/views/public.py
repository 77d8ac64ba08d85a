"""Home, the pages about the platform, the gallery, and the way to my commune."""

from __future__ import annotations

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import personas
from app.followup.queries import bodies
from app.kernel.access import access, current_actor
from app.portal import queries
from app.portal.demonstration.state import MOMENTS, state
from app.portal.views import pages
from app.portal.workplaces import workplaces


@pages.get("/")
@access("portal.read")
def home() -> ResponseReturnValue:
    """Where the reader works, and the meetings; in a demonstration also who one can be, and what to try."""
    demo = current_app.config["LIQAA"].demo
    return render_template(
        "portal/home.html", meetings=queries.public_meetings(), personas=personas() if demo else [],
        moments=list(MOMENTS.values()) if demo else [], shown=state() if demo else None,
        work=workplaces(current_actor()),
    )  # fmt: skip


@pages.get("/about")
@access("portal.read")
def about() -> ResponseReturnValue:
    """What the platform is."""
    return render_template("portal/about.html", page="about")


@pages.get("/accessibility")
@access("portal.read")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("portal/about.html", page="accessibility")


@pages.get("/privacy")
@access("portal.read")
def privacy() -> ResponseReturnValue:
    """Personal data under law 09-08."""
    return render_template("portal/about.html", page="privacy")


@pages.get("/open-data")
@access("portal.read")
def open_data() -> ResponseReturnValue:
    """What can be downloaded, and under which licence."""
    return render_template("portal/open_data.html", meetings=queries.public_meetings())


@pages.get("/contact")
@access("portal.read")
def contact() -> ResponseReturnValue:
    """Whom to write to."""
    return render_template("portal/contact.html", meetings=queries.public_meetings())


@pages.get("/gallery")
@access("portal.read")
def gallery() -> ResponseReturnValue:
    """Every component, in both directions."""
    return render_template("gallery.html")


@pages.get("/my-commune")
@access("portal.mine")
def my_commune() -> ResponseReturnValue:
    """Lead somebody with a role in a body to that body's page in the latest meeting that left it something to do."""
    place = queries.own_body(current_actor().ids("body", "official", "officer"))
    meetings = (bodies.meetings_of(place) if place else []) or queries.public_meetings()
    if place is None or not meetings or "followup.my_commune" not in current_app.view_functions:
        return render_template("portal/my_commune.html")
    return redirect(url_for("followup.my_commune", slug=meetings[0].slug, body_code=place), 302)
