"""One's own account: profile, password, second factor, where one is signed in."""

from __future__ import annotations

import pyotp
from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import actions, queries
from app.accounts.forms import PasswordForm, ProfileForm, SecondFactorForm
from app.accounts.queries import Account
from app.accounts.views import pages
from app.accounts.views.entry import _hash_password
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.languages import t
from app.kernel.tokens import sign, unsign
from app.kernel.transaction import prepared_by
from app.paper.qr import qr_svg

SETUP = "totp-setup"


def _own() -> Account:
    account = queries.find_account(current_actor().id or "")
    if account is None:
        raise NotFound
    return account


def _page(**forms: object) -> str:
    account = _own()
    shown = {
        "profile": ProfileForm(obj=account, formdata=None), "password": PasswordForm(formdata=None), **forms
    }  # fmt: skip
    sessions = queries.open_sessions(account.id)
    return render_template("accounts/own.html", account=account, sessions=sessions, **shown)


@pages.get("/account")
@access("accounts.own")
def own() -> ResponseReturnValue:
    """My account."""
    return _page()


@pages.post("/account/profile")
@access("accounts.own", writes=True)
def change_profile() -> ResponseReturnValue:
    """Change name, language and form of address."""
    form = ProfileForm()
    if not form.validate():
        return _page(profile=form), 422
    actions.change_profile(
        account=_own(), name=form.name.data, language=form.language.data, address_form=form.address_form.data or None,
        actor=current_actor(), clock=current_clock(),
    )  # fmt: skip
    flash(t("accounts.saved"))
    return redirect(url_for("accounts.own", lang=form.language.data), 303)


@pages.post("/account/password")
@access("accounts.own", writes=True)
@prepared_by(_hash_password)
def change_password() -> ResponseReturnValue:
    """A new password; every other session ends."""
    form = PasswordForm()
    if form.validate():
        try:
            account = _own()
            actions.require_strong(form.password.data, account.email)
            actions.set_password(
                account=account, password_hash=g.password_hash, actor=current_actor(), clock=current_clock()
            )  # fmt: skip
            flash(t("accounts.password_changed"))
            return redirect(url_for("accounts.own"), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return _page(password=form), 422


@pages.get("/account/second-factor")
@access("accounts.own")
def second_factor() -> ResponseReturnValue:
    """Set up an authenticator app, or turn it off."""
    return _second_factor_page(SecondFactorForm(), pyotp.random_base32())


def _second_factor_page(form: SecondFactorForm, secret: str) -> str:
    account = _own()
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="Liqaa")
    picture = qr_svg(address, t("accounts.second_factor.qr"))
    return render_template(
        "accounts/second_factor.html", form=form, account=account, secret=secret, picture=picture,
        sealed=sign(secret, SETUP),
    )  # fmt: skip


@pages.post("/account/second-factor")
@access("accounts.own", writes=True)
def set_second_factor() -> ResponseReturnValue:
    """Turn the second factor on with the secret shown, or off when it is on."""
    form = SecondFactorForm()
    account = _own()
    secret = None if account.totp_secret else unsign(form.sealed.data or "", SETUP, 3600)
    if form.validate():
        try:
            actions.set_second_factor(
                account=account, secret=secret, code=form.code.data, actor=current_actor(), clock=current_clock()
            )  # fmt: skip
            flash(t("accounts.saved"))
            return redirect(url_for("accounts.own"), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return _second_factor_page(form, secret or pyotp.random_base32()), 422


@pages.post("/account/sessions/<session_id>/end")
@access("accounts.own", writes=True)
def end_session(session_id: str) -> ResponseReturnValue:
    """End one of my sessions."""
    actions.end_session(account=_own(), session_id=session_id, actor=current_actor(), clock=current_clock())
    flash(t("accounts.session_ended"))
    return redirect(url_for("accounts.own"), 303)


@pages.post("/account/sessions/end-others")
@access("accounts.own", writes=True)
def end_other_sessions() -> ResponseReturnValue:
    """End all my sessions but this one."""
    actor = current_actor()
    actions.end_other_sessions(account=_own(), keep=actor.session_id, actor=actor, clock=current_clock())
    flash(t("accounts.session_ended"))
    return redirect(url_for("accounts.own"), 303)
