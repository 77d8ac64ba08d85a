"""Accounts and roles, for the administrator."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import actions, queries, scopes
from app.accounts.forms import AccountForm, RoleForm
from app.accounts.queries import Account
from app.accounts.rules import ROLES
from app.accounts.views import pages
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.forms import options
from app.kernel.languages import t


@pages.get("/manage/accounts")
@access("accounts.manage")
def accounts() -> ResponseReturnValue:
    """All accounts, with a search."""
    search = request.args.get("q", "").strip()
    return render_template("accounts/list.html", accounts=queries.accounts(search), q=search)


@pages.get("/manage/accounts/new")
@access("accounts.manage")
def new_account() -> ResponseReturnValue:
    """The form of a new account."""
    return render_template("accounts/new.html", form=AccountForm())


@pages.post("/manage/accounts/new")
@access("accounts.manage", writes=True)
def create_account() -> ResponseReturnValue:
    """Make an account; its owner comes in by a link sent to the address."""
    form = AccountForm()
    if form.validate():
        try:
            account = actions.create_account(
                email=form.email.data, name=form.name.data, language=form.language.data,
                address_form=form.address_form.data or None, actor=current_actor(), clock=current_clock(),
            )  # fmt: skip
            return redirect(url_for("accounts.account", account_id=account.id), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return render_template("accounts/new.html", form=form), 422


def _account_page(account: Account, form: RoleForm, role: str, found: list[tuple[str, str]] | None = None) -> str:
    form.role.choices = options((name, t(f"role.{ROLE_WORDS[name]}")) for name in ROLES)
    form.role.data = role
    form.scope_id.choices = options(scopes.choices(ROLES[role]))
    sessions = queries.open_sessions(account.id)
    return render_template(
        "accounts/account.html", account=account, form=form, role=role, scope=ROLES[role],
        searched=scopes.is_searched(ROLES[role]), held=scopes.names(account.grants), role_words=ROLE_WORDS,
        sessions=sessions, found=[{"value": ident, "label": name, "detail": ""} for ident, name in found or []],
    )  # fmt: skip


ROLE_WORDS = {
    "administrator": "admin.m", "organiser": "organiser.n", "desk": "desk.m", "secretary": "secretary.m",
    "coordinator": "coordinator.m", "rapporteur": "rapporteur.m", "officer": "officer.m", "official": "official.m",
    "programme_unit": "programme_unit",
}  # fmt: skip


@pages.get("/manage/accounts/<account_id>")
@access("accounts.manage")
def account(account: Account) -> ResponseReturnValue:
    """One account: roles, sessions, closed or open."""
    role = request.args.get("role", "organiser")
    return _account_page(account, RoleForm(formdata=None), role if role in ROLES else "organiser")


@pages.post("/manage/accounts/<account_id>/roles")
@access("accounts.manage", writes=True)
def grant_role(account: Account) -> ResponseReturnValue:
    """Give a role in one thing."""
    form = RoleForm()
    role = form.role.data if form.role.data in ROLES else "organiser"
    kind, words = ROLES[role], form.scope_words.data or ""
    try:
        actions.grant_role(
            account=account, role=role, scope_id=scopes.chosen(kind, form.scope_id.data or "", words),
            actor=current_actor(), clock=current_clock(),
        )  # fmt: skip
    except Refusal as refusal:
        form.attach(refusal)
        if scopes.is_searched(kind):
            form.scope_words.errors, form.scope_id.errors = form.scope_id.errors, ()
        return _account_page(account, form, role, scopes.search(kind, words)), 422
    flash(t("accounts.saved"))
    return redirect(url_for("accounts.account", account_id=account.id), 303)


@pages.post("/manage/accounts/<account_id>/roles/<grant_id>/revoke")
@access("accounts.manage", writes=True)
def revoke_role(account: Account, grant_id: str) -> ResponseReturnValue:
    """Take a role back."""
    actions.revoke_role(account=account, grant_id=grant_id, actor=current_actor(), clock=current_clock())
    flash(t("accounts.saved"))
    return redirect(url_for("accounts.account", account_id=account.id), 303)


@pages.post("/manage/accounts/<account_id>/active")
@access("accounts.manage", writes=True)
def set_active(account: Account) -> ResponseReturnValue:
    """Close or open an account."""
    actions.set_active(
        account=account, active=request.form.get("active") == "1", actor=current_actor(), clock=current_clock()
    )  # fmt: skip
    flash(t("accounts.saved"))
    return redirect(url_for("accounts.account", account_id=account.id), 303)
