"""Who makes a request: the signed-in account of its session row, or the device of its bearer token."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from flask import current_app, request, session
from sqlalchemy import bindparam, select

from app.accounts.attempts import Origin
from app.accounts.models import Account, Device, SignInSession
from app.kernel.access import NOBODY, Actor, Grant
from app.kernel.clock import current_clock
from app.kernel.database import db
from app.kernel.tokens import hash_token, new_token

COOKIE_KEY = "sid"
# Asked by every request of its kind, so they are built once; of a device only what makes it an actor.
_SESSION = select(SignInSession).where(SignInSession.token_hash == bindparam("hash"))
_DEVICE = select(
    Device.id, Device.label, Device.role, Device.scope, Device.scope_id, Device.expires_at, Device.revoked_at
).where(Device.token_hash == bindparam("hash"))


def identify() -> Actor:
    """The actor of this request; one query for a session, one for a device, none for the public."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return _device(header.removeprefix("Bearer ").strip())
    token = session.get(COOKIE_KEY)
    if not token:
        return NOBODY
    row = db.session.scalar(_SESSION, {"hash": hash_token(str(token))})
    now = current_clock().real_now()
    if row is None or row.ended_at is not None or row.expires_at <= now or not row.account.active:
        return NOBODY
    return actor_of(row.account, session_id=row.id)


def actor_of(account: Account, *, session_id: str | None = None) -> Actor:
    """The account as an actor, with the roles it holds."""
    grants = frozenset(Grant(grant.role, grant.scope, grant.scope_id) for grant in account.grants)
    return Actor("account", account.id, account.name, grants, session_id)


def _device(token: str) -> Actor:
    # Before anything was changed in this transaction, so that nothing has to be flushed.
    row = db.session.connection().execute(_DEVICE, {"hash": hash_token(token)}).first()
    if row is None or row.revoked_at is not None or row.expires_at <= current_clock().real_now():
        return NOBODY
    return Actor("device", row.id, row.label, frozenset({Grant(row.role, row.scope, row.scope_id)}))


def start_session(account: Account, *, device: str = "") -> SignInSession:
    """Sign the account in on this browser: a new row, a new token in the cookie (never an old one kept)."""
    now = current_clock().real_now()
    token = new_token()
    days = current_app.config["LIQAA"].session_days
    row = SignInSession(
        account_id=account.id, token_hash=hash_token(token), device=device[:160], created_at=now, seen_at=now,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    session.clear()
    session[COOKIE_KEY] = token
    return row


def forget_session() -> None:
    """Take the token out of this browser's cookie."""
    session.pop(COOKIE_KEY, None)


def origin() -> Origin:
    """Where this request comes from: its browser by the secret of its forms, and its address (IPv6 by its /64)."""
    address = request.remote_addr or ""
    try:
        if ip_address(address).version == 6:
            address = str(ip_network(f"{address}/64", strict=False))
    except ValueError:
        address = "unknown"
    return Origin(browser=hash_token(str(session.get("csrf_token", ""))), address=address)
