"""The mails of accounts: single-use links."""

from __future__ import annotations

from flask import current_app, url_for

from app.accounts import actions, attempts, queries
from app.accounts.attempts import Origin
from app.jobs.mail import queue_mail
from app.kernel.clock import Clock
from app.kernel.languages import format_datetime


def send_link(*, email: str, purpose: str, origin: Origin, clock: Clock) -> None:
    """Queue a link when the address has an account.

    Refuses with `rate_limited` after five for one address of mail in 15 minutes, twenty from one browser, and
    `attempts.WIDE` from one address of the network.

    Nothing tells whether the address is known: it is counted and answered alike.
    """
    email = email.strip().lower()
    attempts.check(f"link|{email}", clock=clock, allowed=5)
    attempts.check_origin("link", origin, clock=clock, browser=20)
    attempts.count(f"link|{email}", clock=clock)
    attempts.count_origin("link", origin, clock=clock)
    account = queries.find_by_email(email)
    if account is None or not account.active:
        return
    token, link = actions.make_link(account=account, purpose=purpose, clock=clock)
    endpoint = "accounts.reset" if purpose == "reset" else "accounts.follow_link"
    settings = current_app.config["LIQAA"]
    until = format_datetime(link.expires_at, lang=account.language, zone=settings.zone)
    address = settings.base_url + url_for(endpoint, token=token, lang=account.language, _external=False)
    queue_mail(
        to=account.email, name=account.name, template=f"accounts/{purpose}", language=account.language,
        subject_key=f"mail.{purpose}.subject",
        values={"address": address, "until": until},
        clock=clock, key=f"link:{link.id}",
    )  # fmt: skip
