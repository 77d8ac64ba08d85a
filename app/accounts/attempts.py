"""Frequent attempts: counted by account and by device, never by address alone (a whole hall shares one)."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from app.accounts.models import Attempt
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.tokens import hash_token

WINDOW = timedelta(minutes=15)
ALLOWED = 10


def check(what: str, *, clock: Clock, allowed: int = ALLOWED) -> None:
    """Refuse with `rate_limited` after `allowed` counted attempts in 15 minutes."""
    row = db.session.get(Attempt, hash_token(what))
    if row is not None and row.count >= allowed and clock.real_now() - row.since < WINDOW:
        wait = WINDOW - (clock.real_now() - row.since)
        raise Refusal("rate_limited", status=429, count=ceil(wait / timedelta(minutes=1)))


def count(what: str, *, clock: Clock) -> None:
    """Count one attempt; a new window begins after 15 quiet minutes."""
    key, now = hash_token(what), clock.real_now()
    row = db.session.get(Attempt, key)
    if row is None:
        db.session.add(Attempt(key=key, count=1, since=now))
    elif now - row.since >= WINDOW:
        row.count, row.since = 1, now
    else:
        row.count += 1


def forget(what: str) -> None:
    """Forget the attempts after a success."""
    row = db.session.get(Attempt, hash_token(what))
    if row is not None:
        db.session.delete(row)
