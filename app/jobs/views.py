"""The outbox on a page, for demonstrations and development: what would have been sent by mail."""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from app.jobs import queries
from app.jobs.rules import may_read_outbox
from app.kernel.access import access, current_actor
from app.kernel.errors import NotFound
from app.kernel.files import attachment

pages = Blueprint("jobs", __name__)


def admit_reader() -> None:
    """Refuse as if nothing were there, unless the outbox may be read here by this person."""
    if not may_read_outbox(current_app.config["LIQAA"], current_actor()):
        raise NotFound


@pages.get("/dev/mail/")
@access("jobs.read_outbox")
def outbox() -> str:
    """The latest hundred mails, searched by recipient or subject."""
    admit_reader()
    words = request.args.get("q", "").strip()[:100]
    return render_template("jobs/outbox.html", mails=queries.recent_mails(words), words=words)


@pages.get("/dev/mail/<mail_id>/")
@access("jobs.read_outbox")
def mail(mail: Any) -> str:
    """One mail: its head, its text, its files."""
    admit_reader()
    return render_template("jobs/mail.html", mail=mail)


@pages.get("/dev/mail/<mail_id>/files/<position>")
@access("jobs.read_outbox")
def mail_file(mail: Any, position: str) -> Response:
    """A file that goes with the mail."""
    admit_reader()
    if not position.isdigit() or int(position) >= len(mail.attachments):
        raise NotFound
    one = mail.attachments[int(position)]
    return attachment(base64.b64decode(one["content"]), one["media_type"], one["filename"])
