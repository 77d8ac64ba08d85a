"""Tables of accounts: people, what they may do, where they are signed in, the devices they lent out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Id, Keyed


class Account(Keyed, Base):
    """Somebody who can sign in; `email` is kept in lower case."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    address_form: Mapped[str | None] = mapped_column(String(1))
    language: Mapped[str] = mapped_column(String(3), default="ar")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_last: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    persona: Mapped[str | None] = mapped_column(String(30), unique=True)
    created_at: Mapped[datetime]
    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin"
    )

    def get_id(self) -> str:
        return self.id


class RoleGrant(Keyed, Base):
    """One role of an account, everywhere or within one thing (02-domain, Powers)."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope", "scope_id", name="uq_role_grant_once"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str] = mapped_column(String(20))
    scope_id: Mapped[str | None] = mapped_column(Id)
    account: Mapped[Account] = relationship(back_populates="grants")


class SignInSession(Keyed, Base):
    """One place where somebody is signed in; only the hash of the cookie's token is kept."""

    __tablename__ = "sign_in_session"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship(lazy="joined")


class MailLink(Keyed, Base):
    """A single-use link sent by mail (sign-in, reset); consumed by POST only."""

    __tablename__ = "mail_link"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """Failed or frequent attempts of one account and device, never of an address alone (a hall shares one)."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]


class Device(Keyed, Base):
    """A scanner or a capture device: a token for one place and a limited time, revocable."""

    __tablename__ = "device"

    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str] = mapped_column(String(20))
    scope_id: Mapped[str] = mapped_column(Id, index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
