"""The jobs of the follow-up: digests and news, in working hours of the place, none twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from app.accounts.models import Account
from app.followup import mails, queries, reminders
from app.followup.actions.following import mark_sent
from app.followup.models import DigestChoice
from app.followup.queries import digests
from app.followup.queries.digests import Due
from app.jobs.registry import Task, handler, periodic
from app.kernel.clock import Clock, to_wall
from app.kernel.languages.formats import DEFAULT_ZONE
from app.territory import queries as territory
from app.territory.workdays import is_working_day

NEWS_DAY = 3  # Thursday: the week is nearly over and somebody still reads it.


@handler("followup.digests")
def send_digests(task: Task) -> dict[str, int]:
    """Every person's digest that is due at this hour; nothing outside working hours of the place."""
    wall = _wall_if_open(task.clock)
    return {"sent": _digests(wall.date(), task.clock) if wall else 0}


@handler("followup.news")
def send_news(task: Task) -> dict[str, int]:
    """The week's news for those who follow without an account, on Thursday in working hours or the day after."""
    wall = _wall_if_open(task.clock)
    return {"sent": _news(wall.date(), task.clock) if wall and wall.weekday() >= NEWS_DAY else 0}


periodic("followup.digests", timedelta(hours=1))
periodic("followup.news", timedelta(hours=1))


def _wall_if_open(clock: Clock) -> datetime | None:
    wall = to_wall(clock.now(), DEFAULT_ZONE)
    off = {row.day: row.status for row in territory.days_off(wall.date(), wall.date())}
    return wall if reminders.open_now(wall, is_working_day(wall.date(), off)) else None


def _digests(today: date, clock: Clock) -> int:
    found, chosen, waiting = digests.due(today), digests.choices(), digests.waiting_counts()
    return sum(_digest(account, found, chosen.get(account.id), waiting, today, clock) for account in digests.readers())


def _digest(
    account: Account, found: list[Due], choice: DigestChoice | None, waiting: dict[str, int], today: date, clock: Clock
) -> bool:
    if choice is not None and choice.stopped_at is not None:
        return False
    weekday = choice.weekday if choice is not None else 0
    own = [(one, one.reach(account)) for one in found]
    period, items = reminders.chosen(
        [(one.item, reach) for one, reach in own if reach], today, clock.now(), weekday=weekday
    )
    units = {grant.scope_id for grant in account.grants if grant.role == "programme_unit"}
    to_verify = sum(number for programme, number in waiting.items() if programme in units)
    if not period and to_verify and today.weekday() >= weekday:
        period = reminders.week_of(today)
    if not period or not mark_sent(account.email, period, clock):
        return False
    wanted = {item.id for item in items}
    kept = [one for one, _ in own if one.item.id in wanted]
    mails.digest(account, kept, period=period, waiting=to_verify, today=today, clock=clock)
    return True


def _news(today: date, clock: Clock) -> int:
    period, count = f"news-{reminders.week_of(today)}", 0
    since = clock.now() - timedelta(days=7)
    for address, group in groupby(digests.followers(), key=lambda one: one.email):
        told = [(one, news) for one in group if (news := queries.digests.news(one, since)) is not None]
        if told and mark_sent(address, period, clock):
            mails.send_news(address, told, period=period, clock=clock)
            count += 1
    return count
