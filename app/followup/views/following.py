"""Following without an account, and stopping any mail by one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from app.accounts.identity import origin
from app.followup import forms, mails, queries
from app.followup.actions import following
from app.followup.views import pages
from app.kernel.access import access
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language

if TYPE_CHECKING:
    from app.followup.loaders import Subscription
    from app.followup.queries.digests import Reader
    from app.meetings.loaders import Meeting


def _subject(meeting: Meeting) -> tuple[str, str]:
    """What is followed, from the words of the address: one recommendation, one body, or the whole meeting."""
    serial, code = request.args.get("serial", ""), request.args.get("body", "")
    if serial.isascii() and serial.isdigit() and len(serial) < 7:
        found = queries.find_recommendation(meeting, int(serial))
        if found is None or found.published_at is None:
            raise NotFound
        return "recommendation", found.id
    if code:
        body = queries.body_of_code(code[:20])
        if body is None:
            raise NotFound
        return "body", body.id
    return "meeting", meeting.id


@pages.get("/meetings/<slug>/follow")
@access("followup.public")
def follow(meeting: Meeting) -> str:
    """The form: one mail address."""
    _subject(meeting)
    return render_template("followup/follow.html", meeting=meeting, form=forms.FollowForm(), asked=False)


@pages.post("/meetings/<slug>/follow")
@access("followup.public", writes=True)
@idempotent
def follow_now(meeting: Meeting) -> str | tuple[str, int]:
    """Ask the address to confirm; the answer is the same whether it follows already or not."""
    form, (kind, ident) = forms.FollowForm(), _subject(meeting)
    if form.validate_on_submit():
        try:
            row = following.follow(
                email=form.email.data, subject_type=kind, subject_id=ident, language=current_language(),
                origin=origin(), clock=current_clock(),
            )  # fmt: skip
        except Refusal as refusal:
            form.attach(refusal)
        else:
            if row is not None:
                mails.ask_follower(row, meeting, clock=current_clock())
            return render_template("followup/follow.html", meeting=meeting, form=form, asked=True)
    return render_template("followup/follow.html", meeting=meeting, form=form, asked=False), 422


@pages.get("/follow/<subscription_token>")
@access("followup.subscription")
def confirm_page(subscription: Subscription) -> str:
    """The question of the link in the mail; the act itself is a POST."""
    return render_template("followup/ask.html", question="confirm", done=False)


@pages.post("/follow/<subscription_token>")
@access("followup.subscription", writes=True)
def confirm(subscription: Subscription) -> str:
    """The address is its owner's."""
    following.confirm(subscription, clock=current_clock())
    return render_template("followup/ask.html", question="confirm", done=True)


@pages.get("/follow/<subscription_token>/stop")
@access("followup.subscription")
def unfollow_page(subscription: Subscription) -> str:
    """The question before stopping, for people; mail programs post at once."""
    return render_template("followup/ask.html", question="stop", done=False)


@pages.post("/follow/<subscription_token>/stop")
@access("followup.subscription", writes=True, csrf=False)
def unfollow(subscription: Subscription) -> str:
    """Stop (RFC 8058: one click, without a cookie)."""
    following.unfollow(subscription)
    return render_template("followup/ask.html", question="stop", done=True)


@pages.get("/digest/<digest_token>/stop")
@access("followup.subscription")
def stop_digest_page(reader: Reader) -> str:
    """The question before stopping the digest."""
    return render_template("followup/ask.html", question="stop", done=False)


@pages.post("/digest/<digest_token>/stop")
@access("followup.subscription", writes=True, csrf=False)
def stop_digest(reader: Reader) -> str:
    """No digest any more (RFC 8058: one click, without a cookie)."""
    following.stop_digest(reader.account_id, clock=current_clock())
    return render_template("followup/ask.html", question="stop", done=True)
