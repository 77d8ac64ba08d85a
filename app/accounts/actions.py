"""What changes in accounts: signing in and out, links by mail, passwords, second factor, roles, devices."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from app.accounts import attempts, passwords, queries
from app.accounts.identity import actor_of, forget_session, start_session
from app.accounts.models import Account, Device, MailLink, RoleGrant
from app.accounts.rules import ROLES
from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import NotFound, Refusal
from app.kernel.tokens import hash_token as hashed
from app.kernel.tokens import new_token
from app.kernel.transaction import keep_on_refusal

LINK_LIFE = {"sign_in": timedelta(minutes=20), "reset": timedelta(hours=2)}
DEVICE_LIFE = timedelta(hours=72)


def create_account(
    *, email: str, name: str, actor: Actor, clock: Clock, password_hash: str | None = None, language: str = "ar",
    address_form: str | None = None, persona: str | None = None,
) -> Account:  # fmt: skip
    """A new account; refuses with `email_taken` at `email` when the address has one."""
    email = email.strip().lower()
    if queries.find_by_email(email):
        raise Refusal("email_taken", field="email")
    account = Account(
        email=email, name=name, language=language, address_form=address_form, password_hash=password_hash,
        persona=persona, created_at=clock.real_now(),
    )  # fmt: skip
    db.session.add(account)
    journal.record("account.created", account, actor=actor, clock=clock, values={"name": name})
    return account


def grant_role(*, account: Account, role: str, scope_id: str | None, actor: Actor, clock: Clock) -> RoleGrant:
    """Give an account a role in one thing (everywhere for an administrator); giving it twice changes nothing."""
    scope = ROLES[role]
    if scope != "installation" and scope_id is None:
        raise Refusal("scope_missing", field="scope_id")
    for grant in account.grants:
        if (grant.role, grant.scope, grant.scope_id) == (role, scope, scope_id):
            return grant
    grant = RoleGrant(role=role, scope=scope, scope_id=scope_id)
    account.grants.append(grant)
    values = {"role": role, "scope": scope, "scope_id": scope_id}
    journal.record("account.role_granted", account, actor=actor, clock=clock, values=values)
    return grant


def revoke_role(*, account: Account, grant_id: str, actor: Actor, clock: Clock) -> None:
    """Take a role back; the last administrator keeps theirs (`last_administrator`)."""
    grant = next((one for one in account.grants if one.id == grant_id), None)
    if grant is None:
        raise NotFound
    if grant.role == "administrator" and _administrators() == 1:
        raise Refusal("last_administrator")
    account.grants.remove(grant)
    values = {"role": grant.role, "scope": grant.scope, "scope_id": grant.scope_id}
    journal.record("account.role_revoked", account, actor=actor, clock=clock, values=values)


def _administrators() -> int:
    return db.session.query(RoleGrant).filter(RoleGrant.role == "administrator").count()


def set_active(*, account: Account, active: bool, actor: Actor, clock: Clock) -> None:
    """Close an account, which signs it out everywhere, or open it again."""
    if not active and any(grant.role == "administrator" for grant in account.grants) and _administrators() == 1:
        raise Refusal("last_administrator")
    account.active = active
    if not active:
        end_other_sessions(account=account, keep=None, actor=actor, clock=clock)
    journal.record("account.opened" if active else "account.closed", account, actor=actor, clock=clock)


def sign_in(*, email: str, right: bool, code: str, device: str, clock: Clock) -> Account:
    """Sign in with a password that was verified before the transaction (`right`), and the second factor if set.

    Refuses with `sign_in` alike for a wrong address and a wrong password, `rate_limited` after ten failures of one
    account, `totp_needed` or `totp_wrong` for the second factor.
    """
    email = email.strip().lower()
    attempts.check(f"sign_in|{email}", clock=clock)
    account = queries.find_by_email(email)
    if account is None or not account.active or not right:
        keep_on_refusal(lambda: attempts.count(f"sign_in|{email}", clock=clock))
        raise Refusal("sign_in", field="email")
    if account.totp_secret:
        _check_totp(account, code, clock)
    attempts.forget(f"sign_in|{email}")
    return enter(account=account, device=device, clock=clock)


def enter(*, account: Account, device: str, clock: Clock) -> Account:
    """Start a session for somebody who has proved who they are."""
    start_session(account, device=device)
    journal.record("account.signed_in", account, actor=actor_of(account), clock=clock)
    return account


def _check_totp(account: Account, code: str, clock: Clock) -> None:
    code = "".join(char for char in code if char.isdigit())
    if not code:
        raise Refusal("totp_needed", field="code")
    step = int(clock.real_now().timestamp()) // 30
    for offset in (0, -1, 1):
        counter = step + offset
        # RFC 6238 section 5.2: a code is accepted once.
        if pyotp.TOTP(account.totp_secret or "").at(counter * 30) == code and counter > (account.totp_last or 0):
            account.totp_last = counter
            return
    ident = account.email
    keep_on_refusal(lambda: attempts.count(f"sign_in|{ident}", clock=clock))
    raise Refusal("totp_wrong", field="code")


def check_second_factor(*, account: Account, code: str, clock: Clock) -> None:
    """Check the code of the second factor; refuses with `totp_needed` or `totp_wrong`, failures are counted."""
    attempts.check(f"sign_in|{account.email}", clock=clock)
    _check_totp(account, code, clock)


def require_strong(password: str, email: str) -> None:
    """Refuse a weak password with `password_weak` at `password`."""
    if passwords.too_weak(password, email):
        raise Refusal("password_weak", field="password", min=passwords.SHORTEST)


def sign_out(*, actor: Actor, clock: Clock) -> None:
    """End this session: a copied cookie dies with it."""
    account = queries.find_account(actor.id or "")
    for row in queries.open_sessions(actor.id or ""):
        if row.id == actor.session_id:
            row.ended_at = clock.real_now()
    forget_session()
    if account is not None:
        journal.record("account.signed_out", account, actor=actor, clock=clock)


def end_session(*, account: Account, session_id: str, actor: Actor, clock: Clock) -> None:
    """End one session of an account."""
    row = next((one for one in queries.open_sessions(account.id) if one.id == session_id), None)
    if row is None:
        raise NotFound
    row.ended_at = clock.real_now()
    journal.record("account.session_ended", account, actor=actor, clock=clock)


def end_other_sessions(*, account: Account, keep: str | None, actor: Actor, clock: Clock) -> int:
    """End every session but `keep`; gives how many."""
    rows = [row for row in queries.open_sessions(account.id) if row.id != keep]
    for row in rows:
        row.ended_at = clock.real_now()
    if rows:
        journal.record("account.sessions_ended", account, actor=actor, clock=clock, values={"count": len(rows)})
    return len(rows)


def make_link(*, account: Account, purpose: str, clock: Clock) -> tuple[str, MailLink]:
    """A single-use link (`sign_in` for 20 minutes, `reset` for two hours); gives its token, which is not kept."""
    token = new_token()
    link = MailLink(
        account_id=account.id, purpose=purpose, token_hash=hashed(token),
        expires_at=clock.real_now() + LINK_LIFE[purpose],
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    return token, link


def use_link(*, token: str, purpose: str, clock: Clock) -> Account:
    """Consume a link; refuses with `link_used`, `link_expired`."""
    link = queries.find_link(token, purpose)
    if link is None or link.expires_at <= clock.real_now():
        raise Refusal("link_expired")
    if link.used_at is not None:
        raise Refusal("link_used")
    link.used_at = clock.real_now()
    account = queries.find_account(link.account_id)
    if account is None or not account.active:
        raise Refusal("link_expired")
    return account


def set_password(*, account: Account, password_hash: str, actor: Actor, clock: Clock) -> None:
    """A new password; every other session ends."""
    account.password_hash = password_hash
    end_other_sessions(account=account, keep=actor.session_id, actor=actor, clock=clock)
    journal.record("account.password_changed", account, actor=actor, clock=clock)


def set_second_factor(*, account: Account, secret: str | None, code: str, actor: Actor, clock: Clock) -> None:
    """Turn the second factor on (`secret`) or off (None); the code proves that the app is there.

    Refuses with `totp_wrong`, and with `rate_limited` after ten wrong codes: a session left open guesses none.
    """
    chosen, what = secret or account.totp_secret or "", f"second_factor|{account.id}"
    attempts.check(what, clock=clock)
    if not chosen or not pyotp.TOTP(chosen).verify(code.strip(), for_time=clock.real_now(), valid_window=1):
        keep_on_refusal(lambda: attempts.count(what, clock=clock))
        raise Refusal("totp_wrong", field="code")
    account.totp_secret = secret
    journal.record("account.second_factor", account, actor=actor, clock=clock, values={"on": secret is not None})


def change_profile(
    *, account: Account, name: str, language: str, address_form: str | None, actor: Actor, clock: Clock
) -> None:
    """Change how somebody is named and addressed."""
    account.name, account.language, account.address_form = name, language, address_form
    journal.record(
        "account.changed", account, actor=actor, clock=clock, fields=("name", "language", "address_form"),
        values={"name": name},
    )  # fmt: skip


def issue_device(
    *, kind: str, label: str, role: str, scope: str, scope_id: str, meeting: object, actor: Actor, clock: Clock
) -> tuple[str, Device]:
    """Lend a device one role in one place for 72 hours; gives its token, which is not kept."""
    token, now = new_token(), clock.real_now()
    device = Device(
        kind=kind, label=label[:120], role=role, scope=scope, scope_id=scope_id, token_hash=hashed(token),
        account_id=actor.id if actor.signed_in else None, created_at=now, expires_at=now + DEVICE_LIFE,
    )  # fmt: skip
    db.session.add(device)
    values = {"kind": kind, "label": label}
    journal.record("device.issued", device, actor=actor, clock=clock, meeting=meeting, values=values)
    return token, device


def revoke_device(*, device: Device, meeting: object, actor: Actor, clock: Clock) -> None:
    """Take a device's token back."""
    device.revoked_at = clock.real_now()
    journal.record("device.revoked", device, actor=actor, clock=clock, meeting=meeting, values={"label": device.label})
