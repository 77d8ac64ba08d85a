"""Tickets are given and taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.tokens import hash_token, new_token
from app.live.models import StreamTicket

MINUTE = timedelta(minutes=1)


def give_ticket(*, stream_id: str, kinds: Iterable[str], clock: Clock) -> str:
    """A new ticket to a stream, good for one use within a minute; old ones are forgotten."""
    now = clock.real_now()
    token = new_token()
    db.session.execute(delete(StreamTicket).where(StreamTicket.expires_at < now - MINUTE))
    db.session.add(
        StreamTicket(token_hash=hash_token(token), stream_id=stream_id, kinds=list(kinds), expires_at=now + MINUTE)
    )
    db.session.flush()
    return token


def take_ticket(*, token: str, stream_id: str, now: datetime) -> tuple[str, ...] | None:
    """Use a ticket up: the kinds it lets see, or None when it is unknown, old, used or for another stream."""
    take = (
        update(StreamTicket)
        .where(
            StreamTicket.token_hash == hash_token(token), StreamTicket.stream_id == stream_id,
            StreamTicket.used_at.is_(None), StreamTicket.expires_at > now,
        )
        .values(used_at=now)
        .returning(StreamTicket.kinds)
    )  # fmt: skip
    kinds = db.session.scalar(take)
    return None if kinds is None else tuple(kinds)
