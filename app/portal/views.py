"""The first pages: home and its kin."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.kernel.access import access
from app.portal import queries

pages = Blueprint("portal", __name__)


@pages.get("/")
@access("portal.read")
def home() -> ResponseReturnValue:
    """The meetings of this installation."""
    return render_template("portal/home.html", meetings=queries.public_meetings())


@pages.get("/gallery")
@access("portal.read")
def gallery() -> ResponseReturnValue:
    """Every component, in both directions."""
    return render_template("gallery.html")
