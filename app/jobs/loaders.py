"""How addresses of this room become things."""

from __future__ import annotations

from app.jobs import queries
from app.kernel.access import loader


def connect() -> None:
    """`mail_id` is a mail of the outbox."""
    loader("mail_id", "mail", lambda value, _things: queries.find_mail(value))
