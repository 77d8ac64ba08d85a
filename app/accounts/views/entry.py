"""Coming in and going out: password, link by mail, reset, and the demonstration's people."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import actions, attempts, mails, passwords, queries
from app.accounts.forms import LinkForm, PasswordForm, SignInForm
from app.accounts.identity import actor_of, origin
from app.accounts.views import pages
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.languages import t
from app.kernel.transaction import prepared_by, transaction


def _target() -> str:
    """Where to go after signing in: a path of this site only (no open redirect)."""
    path = request.values.get("next", "")
    parts = urlsplit(path)
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return path if own else url_for("portal.home")


def _device() -> str:
    agent = request.user_agent.string
    system = next((name for name in ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux") if name in agent), "")
    browser = next((name for name in ("Firefox", "Edg", "Chrome", "Safari") if name in agent), "")
    return f"{system} {browser}".strip()


def _verify_password() -> None:
    """Verify before the transaction begins: argon2 takes its time and must not hold the writer's lock."""
    if request.method != "POST":
        return
    email = request.form.get("email", "").strip().lower()
    g.password_right = False
    with transaction(writes=False):
        account = queries.find_by_email(email)
        stored = account.password_hash if account else None
        if attempts.over(f"sign_in|{email}", clock=current_clock()):
            return  # Whoever is told to wait costs no more work.
    g.password_right = passwords.matches(stored, request.form.get("password", "")[:200])


def _hash_password() -> None:
    """Hash before the transaction begins."""
    g.password_hash = passwords.make_hash(request.form.get("password", "")[:200]) if request.method == "POST" else ""


@pages.get("/sign-in")
@access("accounts.enter")
def sign_in() -> ResponseReturnValue:
    """The sign-in page; in a demonstration it also offers its people."""
    return _sign_in_page(SignInForm())


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    personas = queries.personas() if current_app.config["LIQAA"].demo else []
    page = render_template("accounts/sign_in.html", form=form, next=_target(), personas=personas)
    return page, 422 if form.bad else 200


@pages.post("/sign-in")
@access("accounts.enter", writes=True)
@prepared_by(_verify_password)
def sign_in_now() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm()
    if form.validate():
        try:
            actions.sign_in(
                email=form.email.data, right=g.password_right, code=form.code.data or "", device=_device(),
                clock=current_clock(),
            )  # fmt: skip
            return redirect(_target(), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return _sign_in_page(form)


@pages.post("/sign-out")
@access("accounts.own", writes=True)
def sign_out() -> ResponseReturnValue:
    """End the session here."""
    actions.sign_out(actor=current_actor(), clock=current_clock())
    return redirect(url_for("portal.home"), 303)


@pages.get("/sign-in/link")
@access("accounts.enter")
def ask_link() -> ResponseReturnValue:
    """Ask for a sign-in link, or with `?purpose=reset` for one to choose a new password."""
    return render_template("accounts/ask_link.html", form=LinkForm(), purpose=_purpose())


def _purpose() -> str:
    return "reset" if request.values.get("purpose") == "reset" else "sign_in"


@pages.post("/sign-in/link")
@access("accounts.enter", writes=True)
def send_link() -> ResponseReturnValue:
    """Send the link if there is such an account; the answer is the same if there is none."""
    form = LinkForm()
    if form.validate():
        try:
            mails.send_link(email=form.email.data, purpose=_purpose(), origin=origin(), clock=current_clock())
            return render_template("accounts/link_sent.html", purpose=_purpose())
        except Refusal as refusal:
            form.attach(refusal)
    return render_template("accounts/ask_link.html", form=form, purpose=_purpose()), 422


@pages.get("/sign-in/link/<token>")
@access("accounts.enter")
def follow_link(token: str) -> ResponseReturnValue:
    """Where the mail leads: nothing happens before the button (mail scanners follow links, too)."""
    return render_template("accounts/follow_link.html", token=token)


@pages.post("/sign-in/link/<token>")
@access("accounts.enter", writes=True)
def use_link(token: str) -> ResponseReturnValue:
    """Consume the link and sign in."""
    clock = current_clock()
    account = actions.use_link(token=token, purpose="sign_in", clock=clock)
    if account.totp_secret:
        actions.check_second_factor(account=account, code=request.form.get("code", ""), clock=clock)
    actions.enter(account=account, device=_device(), clock=clock)
    return redirect(url_for("portal.home"), 303)


@pages.get("/reset/<token>")
@access("accounts.enter")
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    return render_template("accounts/reset.html", form=PasswordForm(), token=token)


@pages.post("/reset/<token>")
@access("accounts.enter", writes=True)
@prepared_by(_hash_password)
def reset_now(token: str) -> ResponseReturnValue:
    """Set the new password, end every session, and lead to the sign-in page."""
    form = PasswordForm()
    if form.validate():
        try:
            clock = current_clock()
            account = actions.use_link(token=token, purpose="reset", clock=clock)
            actions.require_strong(form.password.data, account.email)
            actions.set_password(
                account=account, password_hash=g.password_hash, actor=actor_of(account), clock=clock
            )  # fmt: skip
            flash(t("accounts.password_changed"))
            return redirect(url_for("accounts.sign_in"), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return render_template("accounts/reset.html", form=form, token=token), 422


@pages.post("/demo/persona/<persona>")
@access("accounts.enter", writes=True)
def become(persona: str) -> ResponseReturnValue:
    """One click a persona, in a demonstration only."""
    account = queries.find_persona(persona) if current_app.config["LIQAA"].demo else None
    if account is None:
        raise NotFound
    actions.enter(account=account, device=_device(), clock=current_clock())
    return redirect(_target(), 303)
