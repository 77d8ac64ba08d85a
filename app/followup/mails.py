"""The mails of the follow-up: the digest, the news for followers, the question whether an address is its owner's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app

from app.accounts.models import Account
from app.followup import derived
from app.followup.models import Subscription
from app.followup.queries import digests
from app.followup.queries.digests import Due, News
from app.jobs.mail import queue_mail
from app.kernel.clock import Clock
from app.kernel.languages import pick, speaking, t
from app.meetings.models import Meeting

SHOWN = 8


def address(endpoint: str, lang: str, **values: Any) -> str:
    """The whole address of a page, made without a request."""
    path = current_app.url_map.bind("").build(endpoint, {"lang": lang, **values})
    return str(current_app.config["LIQAA"].base_url) + path


def digest(account: Account, found: Sequence[Due], *, period: str, waiting: int, today: date, clock: Clock) -> None:
    """One person's digest: what waits for them, each line with its one act."""
    lang = account.language
    stop = address("followup.stop_digest", lang, digest_token=digests.digest_token(account.id))
    with speaking(lang):
        lines = [_digest_line(one, today, lang) for one in found[:SHOWN]]
        name = _subject_name(found, lang)
    queue_mail(
        to=account.email, name=account.name, template="followup/digest", language=lang, clock=clock,
        subject_key="mail.digest.subject", subject_values={"body": name, "count": len(found) + (1 if waiting else 0)},
        values={
            "lines": lines, "more": max(0, len(found) - SHOWN), "waiting": waiting,
            "url": address("portal.my_commune", lang),
        },
        key=f"digest:{account.id}:{period}", unsubscribe_url=stop,
    )  # fmt: skip


def _subject_name(found: Sequence[Due], lang: str) -> str:
    bodies = {one.commitment.body_id: one.commitment.body for one in found}
    if len(bodies) == 1:
        return pick(next(iter(bodies.values())), "name", lang)[0]
    return t.plain("followup.matrix")


def _digest_line(one: Due, today: date, lang: str) -> dict[str, Any]:
    c = one.commitment
    if late := one.item.days_late(today) > 0 and c.current_due is not None:
        when = t.plain("date.late_days", count=one.item.days_late(today))
        if one.item.days_late(today) > 60:
            when = t.plain("date.late_months", count=derived.months_between(c.current_due, today))
    elif c.current_due is not None:
        when = t.plain("followup.is_due", date=c.current_due)
    else:
        when = ""
    return {
        "number": one.line.ref, "title": pick(one.line, "title", lang)[0], "when": when, "late": late,
        "state": t.plain(derived.word_of_commitment(c.response, c.state)), "body": pick(c.body, "name", lang)[0],
        "url": address("followup.commitment", lang, slug=one.meeting.slug, commitment_id=c.id),
    }  # fmt: skip


def ask_follower(subscription: Subscription, meeting: Meeting, *, clock: Clock) -> None:
    """Ask whether the address is its owner's; at most once a day."""
    lang = subscription.language
    token = digests.subscription_token(subscription.id)
    queue_mail(
        to=subscription.email, name="", template="followup/confirm", language=lang, clock=clock,
        subject_key="followup.mail.confirm.subject", subject_values={"meeting": _short(meeting, lang)},
        values={
            "short": _short(meeting, lang), "url": address("followup.confirm_page", lang, subscription_token=token),
        },
        key=f"follow:{subscription.id}:{clock.real_now().date()}", meeting=meeting,
    )  # fmt: skip


def send_news(address_of: str, found: Sequence[tuple[Subscription, News]], *, period: str, clock: Clock) -> None:
    """One mail a week at most: what changed in all that this address follows."""
    first = found[0][0]
    lang = first.language
    with speaking(lang):
        parts = [_news_part(news, lang) for _, news in found]
    stop = address("followup.unfollow", lang, subscription_token=digests.subscription_token(first.id))
    total = sum(sum(news.counts.values()) for _, news in found)
    queue_mail(
        to=address_of, name="", template="followup/news", language=lang, clock=clock,
        subject_key="followup.mail.news.subject",
        subject_values={"meeting": _short(found[0][1].meeting, lang), "count": total}, values={"parts": parts},
        key=f"news:{first.id}:{period}", meeting=found[0][1].meeting, unsubscribe_url=stop,
    )  # fmt: skip


def _news_part(news: News, lang: str) -> dict[str, Any]:
    meeting = news.meeting
    if news.body is not None:
        title, url = pick(news.body, "name", lang)[0], address(
            "followup.commune", lang, slug=meeting.slug, body_code=news.body.code
        )  # fmt: skip
    elif news.number is not None:
        title = f"{meeting.starts_on.year}/{news.number}"
        url = address("followup.tracker", lang, slug=meeting.slug, q=title)
    else:
        title, url = _short(meeting, lang), address("followup.tracker", lang, slug=meeting.slug)
    states = [(t.plain(derived.word_of(kind)), number) for kind, number in news.counts.items()]
    return {"title": title, "url": url, "states": states}


def _short(meeting: Meeting, lang: str) -> str:
    return pick(meeting, "short", lang)[0] or pick(meeting, "title", lang)[0]
