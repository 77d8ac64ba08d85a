"""Who is to be reminded of what, and who follows without an account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account, RoleGrant
from app.followup import derived
from app.followup.models import Commitment, DigestChoice, DigestSent, Extension, Subscription
from app.followup.queries.sums import Sums
from app.followup.queries.tracker import Line, give_texts
from app.followup.reminders import ABOVE, OWN, SOON, UNIT, Item
from app.followup.states import Response, Work
from app.kernel.database import db
from app.kernel.tokens import derived_token, same
from app.meetings.models import Meeting
from app.recommendations.models import Recommendation
from app.territory.models import Body

PHASES = ("concluded", "published", "archived")
SETTLED = [work for work, kind in derived.KIND_OF_WORK.items() if kind in derived.SETTLED]


@dataclass
class Due:
    """An open commitment with what a reminder says of it."""

    item: Item
    commitment: Commitment
    line: Line
    meeting: Meeting

    def reach(self, account: Account) -> str:
        """Why the account hears of it: its own body, a body above, the programme; empty when it does not."""
        for grant in account.grants:
            if grant.role in ("officer", "official") and grant.scope == "body":
                if grant.scope_id == self.commitment.body_id:
                    return OWN
                if grant.scope_id in self.commitment.body.lineage_ids:
                    return ABOVE
        units = {grant.scope_id for grant in account.grants if grant.role == "programme_unit"}
        return UNIT if self.commitment.programme_id in units or None in units else ""


def due(today: date) -> list[Due]:
    """Every open commitment that is unanswered, due within thirty days or late (a fixed number of queries)."""
    near = or_(Commitment.response == Response.AWAITING, Commitment.current_due <= today + timedelta(days=SOON))
    rows = list(
        db.session.scalars(
            select(Commitment)
            .join(Meeting, Meeting.id == Commitment.meeting_id)
            .where(
                Meeting.phase.in_(PHASES), Commitment.state.not_in(SETTLED),
                Commitment.response != Response.NOT_APPLICABLE, near,
            )
            .order_by(Commitment.current_due, Commitment.id)
            .options(joinedload(Commitment.recommendation))
        )
    )  # fmt: skip
    meetings = {one.id: one for one in db.session.scalars(select(Meeting).where(Meeting.phase.in_(PHASES)))}
    lines = {row.recommendation_id: _line(row.recommendation, meetings[row.meeting_id]) for row in rows}
    give_texts(lines.values())
    extended = _extended()
    return [
        Due(_item(row, extended.get(row.id)), row, lines[row.recommendation_id], meetings[row.meeting_id])
        for row in rows
    ]


def _line(one: Recommendation, meeting: Meeting) -> Line:
    return Line(one.id, one.number or 0, meeting.starts_on.year, one.axis_id, bool(one.addressee_group), Sums())


def _item(row: Commitment, extended: datetime | None) -> Item:
    heard = max(filter(None, (row.last_report_at, extended)), default=None)
    return Item(row.id, row.current_due, row.response == Response.AWAITING, heard)


def _extended() -> dict[str, datetime]:
    rows = db.session.execute(
        select(Extension.commitment_id, func.max(Extension.decided_at))
        .where(Extension.state == "approved")
        .group_by(Extension.commitment_id)
    )
    return {ident: moment for ident, moment in rows if moment is not None}


def readers() -> list[Account]:
    """The people who answer for a body or belong to a programme unit (two queries)."""
    held = select(RoleGrant.account_id).where(RoleGrant.role.in_(["officer", "official", "programme_unit"]))
    return list(
        db.session.scalars(
            select(Account)
            .where(Account.active, Account.id.in_(held))
            .options(selectinload(Account.grants))
            .order_by(Account.id)
        )
    )


def choices() -> dict[str, DigestChoice]:
    """What people chose for their digest, by account."""
    return {one.account_id: one for one in db.session.scalars(select(DigestChoice))}


def choice_of(account_id: str) -> DigestChoice | None:
    """What this account chose."""
    return db.session.get(DigestChoice, account_id)


def was_sent(address: str, period: str) -> bool:
    """Whether the digest of this period has left to this address."""
    return db.session.get(DigestSent, (address, period)) is not None


def waiting_counts() -> dict[str, int]:
    """How many reports wait for the second key, by programme (one query)."""
    rows = db.session.execute(
        select(Commitment.programme_id, func.count())
        .where(Commitment.state == Work.REPORTED)
        .group_by(Commitment.programme_id)
    )
    return {row[0]: row[1] for row in rows}


# Followers without an account


@dataclass(frozen=True)
class Reader:
    """The holder of the link that stops a digest."""

    account_id: str

    def scope(self) -> dict[str, str]:
        return {"account": self.account_id}


def subscription_token(subscription_id: str) -> str:
    """The key in the links of a subscription."""
    return f"{subscription_id}.{derived_token('subscription', subscription_id)}"


def digest_token(account_id: str) -> str:
    """The key in the link that stops the digest of an account."""
    return f"{account_id}.{derived_token('digest', account_id)}"


def find_subscription_by_token(token: str) -> Subscription | None:
    """The subscription whose link this is."""
    ident, _, secret = token.partition(".")
    return db.session.get(Subscription, ident) if same(secret, derived_token("subscription", ident)) else None


def find_reader_by_token(token: str) -> Reader | None:
    """The account whose digest this link stops."""
    ident, _, secret = token.partition(".")
    if not same(secret, derived_token("digest", ident)) or db.session.get(Account, ident) is None:
        return None
    return Reader(ident)


def find_subscription(email: str, subject_type: str, subject_id: str) -> Subscription | None:
    """The subscription of an address to a subject."""
    return db.session.scalar(
        select(Subscription).where(
            Subscription.email == email, Subscription.subject_type == subject_type,
            Subscription.subject_id == subject_id,
        )
    )  # fmt: skip


def followers() -> list[Subscription]:
    """Every confirmed subscription, by address."""
    return list(
        db.session.scalars(
            select(Subscription).where(Subscription.confirmed_at.is_not(None))
            .order_by(Subscription.email, Subscription.created_at)
        )
    )  # fmt: skip


@dataclass(frozen=True)
class News:
    """What changed for one subject since a moment: how many commitments stand newly in which state."""

    meeting: Meeting
    body: Body | None
    number: int | None
    counts: dict[str, int]


def news(subscription: Subscription, since: datetime) -> News | None:
    """What changed for a subscription's subject since then; None when nothing did (three queries)."""
    column = {
        "meeting": Commitment.meeting_id, "recommendation": Commitment.recommendation_id, "body": Commitment.body_id,
    }[subscription.subject_type]  # fmt: skip
    rows = db.session.execute(
        select(Commitment.meeting_id, Commitment.response, Commitment.state, func.count())
        .where(
            column == subscription.subject_id, Commitment.state_at >= since, Commitment.state_at > Commitment.created_at
        )
        .group_by(Commitment.meeting_id, Commitment.response, Commitment.state)
    ).all()
    if not rows:
        return None
    counts: dict[str, int] = {}
    for _, response, state, count in rows:
        kind = derived.kind_of(response, state)
        counts[kind] = counts.get(kind, 0) + count
    body = db.session.get(Body, subscription.subject_id) if subscription.subject_type == "body" else None
    number = None
    if subscription.subject_type == "recommendation":
        number = db.session.get_one(Recommendation, subscription.subject_id).number
    return News(db.session.get_one(Meeting, rows[0][0]), body, number, counts)


def sent_before(addresses: Iterable[str], period: str) -> set[str]:
    """Which of the addresses had the mail of this period."""
    chosen: Sequence[str] = list(addresses)
    return set(
        db.session.scalars(
            select(DigestSent.address).where(DigestSent.period == period, DigestSent.address.in_(chosen))
        )
    )
