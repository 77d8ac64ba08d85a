"""What a job and a mail can be in, and how long somebody who works on one may hold it."""

from __future__ import annotations

import random
from datetime import timedelta
from enum import StrEnum


class JobState(StrEnum):
    """The life of a job; `failed` needs somebody to look, every other state moves by itself."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class MailState(StrEnum):
    """The life of a mail; `sending` means that a server may or may not have taken it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=30)
TRIES = 12
# Ten seconds doubled up to half an hour: a mail is tried for about three days before somebody has to look.
MAIL_TRIES = 150


def pause_after(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts: doubling, with jitter so that a crowd comes back spread out."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_PAUSE) * random.uniform(0.75, 1.25)  # noqa: S311  # Jitter, not a secret.
