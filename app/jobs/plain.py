"""`/dev/mail/` without a language leads to the page in the reader's."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access

plain = Blueprint("jobs_plain", __name__)


@plain.get("/dev/mail/")
@access("jobs.read_outbox")
def outbox() -> Response:
    """To the outbox in the language the browser asks for."""
    return redirect(url_for("jobs.outbox"))
