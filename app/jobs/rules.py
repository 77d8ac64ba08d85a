"""Who may read the outbox on a page."""

from __future__ import annotations

from app.kernel.access import PUBLIC, Actor, permission
from config import Settings

# The page decides by `may_read_outbox`; it is not there at all where mail really leaves.
permission("jobs.read_outbox", scope="installation", roles={PUBLIC})


def may_read_outbox(settings: Settings, actor: Actor) -> bool:
    """Nobody where an SMTP server is set; everybody in a demonstration; else administrators."""
    if settings.smtp_url:
        return False
    return settings.demo or actor.holds("administrator")
