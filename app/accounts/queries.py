"""What accounts are asked for."""

from __future__ import annotations

from sqlalchemy import func, select

from app.accounts.models import Account as Account
from app.accounts.models import Device, MailLink, SignInSession
from app.kernel.database import db
from app.kernel.tokens import hash_token


def find_account(account_id: str) -> Account | None:
    """The account of an id."""
    return db.session.get(Account, account_id)


def find_by_email(email: str) -> Account | None:
    """The account of a mail address, however it is written."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def find_persona(persona: str) -> Account | None:
    """The account of one of the demonstration's people."""
    return db.session.scalar(select(Account).where(Account.persona == persona))


def personas() -> list[Account]:
    """The demonstration's people."""
    return list(db.session.scalars(select(Account).where(Account.persona.is_not(None)).order_by(Account.created_at)))


def open_sessions(account_id: str) -> list[SignInSession]:
    """Where somebody is signed in, latest first."""
    rows = select(SignInSession).where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
    return list(db.session.scalars(rows.order_by(SignInSession.seen_at.desc())))


def find_link(token: str, purpose: str) -> MailLink | None:
    """The mail link of a token, used or not."""
    return db.session.scalar(
        select(MailLink).where(MailLink.token_hash == hash_token(token), MailLink.purpose == purpose)
    )


def accounts(search: str = "") -> list[Account]:
    """All accounts by name, or those whose name or address holds `search` (two queries with their roles)."""
    rows = select(Account).order_by(Account.name, Account.email).limit(500)
    if search:
        like = f"%{search.lower()}%"
        rows = rows.where(func.lower(Account.name).like(like) | Account.email.like(like))
    return list(db.session.scalars(rows))


def devices(scope: str, scope_id: str) -> list[Device]:
    """The devices lent out for one place, latest first."""
    rows = select(Device).where(Device.scope == scope, Device.scope_id == scope_id)
    return list(db.session.scalars(rows.order_by(Device.created_at.desc())))
