"""Mails: rendered and stored in the outbox in the transaction of what they tell, sent by a job after its commit.

    queue_mail(to=..., name=..., template="participants/confirmation", language="ar", clock=clock,
               subject_key="mail.confirmation.subject", subject_values={"meeting": title}, values={...},
               key=f"confirmation:{participant.id}", attachments=[Attachment("liqaa.ics", ics, "text/calendar")])

The templates are `mail/<template>.txt` and `.html`, extending `mail/base.txt` and `mail/base.html`. Both speak the
language of the reader; in the text every value of a sentence stands between U+2068 and U+2069.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from app.jobs.actions import enqueue
from app.jobs.models import OutboxMail
from app.jobs.rendering import rendered
from app.jobs.states import MailState
from app.kernel.clock import Clock
from app.kernel.database import new_id, once
from app.kernel.languages import t
from app.kernel.text import clean

SEND = "jobs.send_mail"
_past: ContextVar[bool] = ContextVar("past", default=False)


class Attachment(NamedTuple):
    """A file that goes with a mail; `media_type` may carry parameters (`text/calendar; method=PUBLISH`)."""

    filename: str
    content: bytes
    media_type: str


def queue_mail(
    *,
    to: str,
    name: str,
    template: str,
    language: str,
    values: Mapping[str, Any],
    clock: Clock,
    subject_key: str,
    subject_values: Mapping[str, Any] | None = None,
    key: str | None = None,
    attachments: Sequence[Attachment] = (),
    meeting: Any | None = None,
    unsubscribe_url: str | None = None,
) -> str | None:
    """Put a mail in the outbox, in the transaction of what it tells; gives its id.

    With a `key` that was used before nothing happens and None is given back. `unsubscribe_url` must take a POST
    without a cookie (RFC 8058). `values` are the template's; it also knows `name`, `subject`, `lang`, `dir`.
    """
    mail_id = new_id()
    real = clock.real_now()
    # A header is one line; `clean` would take the isolates away with the direction marks.
    subject = re.sub(r"[\x00-\x1f\x7f]+", " ", t.plain(subject_key, lang=language, **(subject_values or {})))
    name = clean(name)
    text, html = rendered(
        template, language,
        {**values, "name": name, "subject": subject, "unsubscribe_url": unsubscribe_url, "meeting": meeting},
    )  # fmt: skip
    row = {
        "id": mail_id, "to": to.strip().lower(), "name": name, "subject": subject, "text": text, "html": html,
        "attachments": [_packed(one) for one in attachments], "language": language, "template": template, "key": key,
        "meeting_id": meeting.id if meeting is not None else None, "unsubscribe_url": unsubscribe_url,
        "state": MailState.SENT if _past.get() else MailState.WAITING, "message_id": _message_id(mail_id),
        "attempts": 0, "error": "", "queued_at": clock.now(), "created_at": real,
        "sent_at": clock.now() if _past.get() else None,
    }  # fmt: skip
    if once(OutboxMail, row, "id", unique=("key",)) is None:
        return None
    if not _past.get():
        enqueue(SEND, {"mail": mail_id}, key=f"mail:{mail_id}")
    return mail_id


@contextmanager
def already_sent() -> Iterator[None]:
    """Mails queued inside count as sent when they were queued: a past that is loaded (a demonstration, a file)."""
    token = _past.set(True)
    try:
        yield
    finally:
        _past.reset(token)


def _packed(one: Attachment) -> dict[str, str]:
    content = base64.b64encode(one.content).decode("ascii")
    return {"filename": clean(one.filename), "media_type": one.media_type, "content": content}


def _message_id(mail_id: str) -> str:
    """The same for every attempt to send this mail, so that servers and readers know a second copy for what it is."""
    host = urlsplit(current_app.config["LIQAA"].base_url).hostname or "localhost"
    return f"<{mail_id}@{host}>"
