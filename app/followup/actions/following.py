"""Following without an account: asked for by mail address, confirmed by a link, stopped by one click."""

from __future__ import annotations

import re

from app.accounts import attempts
from app.accounts.attempts import Origin
from app.followup.models import DigestChoice, DigestSent, Subscription
from app.followup.queries import digests
from app.kernel.clock import Clock
from app.kernel.database import db, once
from app.kernel.errors import Refusal

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


def follow(
    *, email: str, subject_type: str, subject_id: str, language: str, origin: Origin, clock: Clock
) -> Subscription | None:
    """Note that somebody wants the news; nothing is sent but the question until the link is followed.

    Gives None when the address follows already: whoever asks is told the same. Refuses with `email_invalid`, and with
    `rate_limited` after ten for one address of mail in 15 minutes, for each brings it a question.
    """
    email = email.strip().lower()
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        raise Refusal("email_invalid", field="email", example="nom@exemple.ma")
    attempts.check(f"follow|{email}", clock=clock)
    attempts.check_origin("follow", origin, clock=clock, browser=60)
    attempts.count(f"follow|{email}", clock=clock)
    attempts.count_origin("follow", origin, clock=clock)
    row = digests.find_subscription(email, subject_type, subject_id)
    if row is not None:
        return None if row.confirmed_at else row
    row = Subscription(
        email=email, subject_type=subject_type, subject_id=subject_id, language=language, created_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()
    return row


def confirm(subscription: Subscription, *, clock: Clock) -> None:
    """The address is its owner's: the news come from now on; twice the same changes nothing."""
    subscription.confirmed_at = subscription.confirmed_at or clock.now()


def unfollow(subscription: Subscription) -> None:
    """Stop: the address is forgotten."""
    db.session.delete(subscription)


def stop_digest(account_id: str, *, clock: Clock) -> None:
    """No digest any more for this account; twice the same changes nothing."""
    row = digests.choice_of(account_id)
    if row is None:
        row = DigestChoice(account_id=account_id, weekday=0)
        db.session.add(row)
    row.stopped_at = row.stopped_at or clock.now()


def mark_sent(address: str, period: str, clock: Clock) -> bool:
    """Take the right to send this period's mail to this address; False when somebody had it before."""
    row = {"address": address, "period": period, "at": clock.now()}
    return once(DigestSent, row, "address", unique=("address", "period")) is not None
