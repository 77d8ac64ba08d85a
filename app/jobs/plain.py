"""Pages without a language of ours in their address: the way to the outbox, and mails in their own language."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.jobs.views import admit_reader
from app.kernel.access import access

plain = Blueprint("jobs_plain", __name__)


@plain.get("/dev/mail/")
@access("jobs.read_outbox")
def outbox() -> AnyResponse:
    """To the outbox in the language the browser asks for."""
    return redirect(url_for("jobs.outbox"))


@plain.get("/dev/mail/<mail_id>/html")
@access("jobs.read_outbox")
def mail_html(mail: Any) -> Response:
    """The HTML body alone, in a sandbox: its styles stand at its elements, as mail programs want them."""
    admit_reader()
    answer = Response(mail.html)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return answer
