"""Frequent attempts: counted by account and by device, never by address alone (a whole hall shares one)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import case, delete, update

from app.accounts.models import Attempt
from app.kernel.clock import Clock
from app.kernel.database import db, once
from app.kernel.errors import Refusal
from app.kernel.tokens import hash_token

WINDOW = timedelta(minutes=15)
ALLOWED = 10
WIDE = 600
"""Attempts of one address, behind which a whole hall may stand, or everybody where a proxy does not say for whom."""


@dataclass(frozen=True)
class Origin:
    """Where a request without an account comes from: one browser (it may be forgotten), and an address many share."""

    browser: str
    address: str

    def limits(self, what: str, browser: int) -> tuple[tuple[str, int], tuple[str, int]]:
        """What is counted, and how often each is allowed."""
        return (f"{what}|browser|{self.browser}", browser), (f"{what}|address|{self.address}", WIDE)


def check(what: str, *, clock: Clock, allowed: int = ALLOWED) -> None:
    """Refuse with `rate_limited` after `allowed` counted attempts in 15 minutes."""
    if wait := over(what, clock=clock, allowed=allowed):
        raise Refusal("rate_limited", status=429, count=ceil(wait / timedelta(minutes=1)))


def over(what: str, *, clock: Clock, allowed: int = ALLOWED) -> timedelta | None:
    """How long is to be waited after `allowed` counted attempts in 15 minutes; None while there are fewer."""
    row = db.session.get(Attempt, hash_token(what), populate_existing=True)
    if row is None or row.count < allowed or clock.real_now() - row.since >= WINDOW:
        return None
    return WINDOW - (clock.real_now() - row.since)


def count(what: str, *, clock: Clock) -> None:
    """Count one attempt; a new window begins after 15 quiet minutes. Two at once are both counted."""
    key, now = hash_token(what), clock.real_now()
    if once(Attempt, {"key": key, "count": 1, "since": now}, "key") is not None:
        return
    over = Attempt.since <= now - WINDOW
    row = update(Attempt).where(Attempt.key == key).execution_options(synchronize_session=False)
    db.session.execute(
        row.values(count=case((over, 1), else_=Attempt.count + 1), since=case((over, now), else_=Attempt.since))
    )


def check_origin(what: str, origin: Origin, *, clock: Clock, browser: int = ALLOWED) -> None:
    """Refuse like `check` after `browser` counted attempts of this browser, or after `WIDE` of its address."""
    for name, allowed in origin.limits(what, browser):
        check(name, clock=clock, allowed=allowed)


def count_origin(what: str, origin: Origin, *, clock: Clock) -> None:
    """Count one attempt for the browser and for the address."""
    for name, _allowed in origin.limits(what, ALLOWED):
        count(name, clock=clock)


def prune(before: datetime) -> int:
    """Forget windows that began before a moment."""
    return db.session.execute(delete(Attempt).where(Attempt.since < before)).rowcount  # type: ignore[attr-defined, no-any-return]


def forget(what: str) -> None:
    """Forget the attempts after a success."""
    row = db.session.get(Attempt, hash_token(what))
    if row is not None:
        db.session.delete(row)
