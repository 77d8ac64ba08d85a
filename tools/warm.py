"""What a stranger's first visit would make the server read, read before it is asked: templates, words, statements.

Done in the process that the others are forked from, so that they share it: thirty MiB less after a rush, and nobody's
first page takes longer than the next.
"""

from __future__ import annotations

from contextlib import suppress
from contextvars import Context

from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.queries import latest_meeting

LANGUAGES = ("ar", "fr", "en")
OF_A_MEETING = ("", "agenda", "documents", "register")


def warm(app: LiqaaFlask) -> list[str]:
    """Visit the pages that strangers visit most, in each language; gives the addresses that were answered well.

    Only reads. A page that fails here holds nobody up: it will fail, and be logged, for whoever asks for it.
    """
    answered: list[str] = []
    # In a context of its own, for a request takes over the application's context when one is open.
    Context().run(_visit, app, answered)
    return answered


def _visit(app: LiqaaFlask, answered: list[str]) -> None:
    base = app.config["LIQAA"].base_url
    for path in _paths(app):
        with suppress(Exception):
            if app.test_client().get(path, base_url=base).status_code == 200:
                answered.append(path)


def _paths(app: LiqaaFlask) -> list[str]:
    slug = None
    with suppress(Exception), app.app_context(), transaction(writes=False):
        latest = latest_meeting()
        slug = latest.slug if latest is not None else None
    pages = [f"meetings/{slug}/{page}" for page in OF_A_MEETING] if slug else []
    return [f"/{lang}/{page}" for lang in LANGUAGES for page in ("", *pages)]
