"""The organiser's list: search across scripts, filters, order and pages, each with a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, lazyload

from app.kernel.database import db
from app.kernel.text import digits_western, fold
from app.kernel.tokens import tidy_code
from app.meetings.models import Category, Meeting, Workshop
from app.participants.models import Participant, SavedView, Wish
from app.participants.states import SEATED, STANDING, Status
from app.territory.models import Body

PAGE = 100
SORTS = ("name", "latin", "precedence", "body", "state", "registered")
GROUPS = {"standing": STANDING, "seated": SEATED}
_NUMBER = re.compile(r"[\d\s+().-]+")


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; every field is a word of the address and empty when it is not asked."""

    q: str = ""
    status: str = ""
    category: str = ""
    region: str = ""
    body: str = ""
    wish: str = ""
    source: str = ""
    lack: str = ""
    sort: str = "precedence"
    way: str = "up"
    page: int = 1

    def without(self, *names: str) -> Wanted:
        """The same without some conditions, on its first page."""
        return replace(self, page=1, **dict.fromkeys(names, ""))

    def having(self, **values: Any) -> Wanted:
        """The same with some conditions, on its first page unless the page is given."""
        return replace(self, **({"page": 1} | values))

    def args(self) -> dict[str, Any]:
        """The words of the address; what is as usual is left out."""
        usual = Wanted()
        return {
            one.name: getattr(self, one.name) for one in fields(self)
            if getattr(self, one.name) != getattr(usual, one.name)
        }  # fmt: skip

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return any(
            getattr(self, one) for one in ("q", "status", "category", "region", "body", "wish", "source", "lack")
        )


def wanted(args: Mapping[str, str]) -> Wanted:
    """What an address asks for; unknown words and pages are as if they had not been said."""
    page = args.get("page", "1")
    said = {one.name: args.get(one.name, "")[:200] for one in fields(Wanted) if one.name not in {"page", "sort", "way"}}
    return Wanted(
        **said,
        sort=args.get("sort", "") if args.get("sort") in SORTS else "precedence",
        way="down" if args.get("way") == "down" else "up",
        page=max(1, int(page)) if page.isdigit() and len(page) < 6 else 1,
    )


@dataclass(frozen=True)
class Found:
    """A page of the list: its people, how many there are in all, and the workshop each wants first."""

    people: Sequence[Participant]
    total: int
    wishes: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))

    @property
    def first_row(self) -> int:
        """The place of the first person shown, counted from 1."""
        return (self.page - 1) * PAGE + 1


def people(meeting: Meeting, asked: Wanted) -> Found:
    """A page of the list (four queries, however many people there are)."""
    condition = matching(meeting, asked)
    total = int(db.session.scalar(select(func.count()).select_from(Participant).where(condition)) or 0)
    page = min(asked.page, max(1, -(-total // PAGE)))
    shown = _page_of_ids(condition, asked, (page - 1) * PAGE, total)
    rows = {row.id: row for row in db.session.scalars(_select(Participant.id.in_(shown))).unique()}
    return Found([rows[ident] for ident in shown], total, first_wishes(shown), page)


def _page_of_ids(condition: ColumnElement[bool], asked: Wanted, first: int, total: int) -> list[str]:
    # The order is found on the ids alone: sorting whole rows makes the last pages ten times slower.
    chosen = select(Participant.id).outerjoin(Participant.body).where(condition)
    if first <= total // 2:
        return list(db.session.scalars(ordered(chosen, asked).limit(PAGE).offset(first)))
    # The far half is read from its end: a database keeps and passes over as many rows as stand before the page.
    size = min(PAGE, total - first)
    backwards = ordered(chosen, asked, backwards=True).limit(size).offset(total - first - size)
    return list(db.session.scalars(backwards))[::-1]


def everybody(meeting: Meeting, asked: Wanted) -> list[Participant]:
    """Everybody the address asks for, in its order, on no page (one query)."""
    return list(db.session.scalars(ordered(_select(matching(meeting, asked)), asked)).unique())


def ids(meeting: Meeting, asked: Wanted) -> list[str]:
    """The ids of everybody the address asks for, in its order (one query)."""
    chosen = select(Participant.id).outerjoin(Participant.body).where(matching(meeting, asked))
    return list(db.session.scalars(ordered(chosen, asked)))


def _select(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Participant)
        .outerjoin(Participant.body)
        .options(contains_eager(Participant.body), lazyload(Participant.wishes))
        .where(condition)
    )


def first_wishes(ids: Sequence[str]) -> Mapping[str, str]:
    """The position of the workshop each of these people wants first, as a word (one query)."""
    rows = db.session.execute(
        select(Wish.participant_id, Workshop.position)
        .join(Workshop, Workshop.id == Wish.workshop_id)
        .where(Wish.rank == 1, Wish.participant_id.in_(ids))
    )
    return {row[0]: str(row[1]) for row in rows}


def matching(meeting: Meeting, asked: Wanted) -> ColumnElement[bool]:
    """The condition of an address."""
    parts: list[ColumnElement[bool]] = [Participant.meeting_id == meeting.id, Participant.erased_at.is_(None)]
    if asked.q:
        parts.append(_found_by(asked.q))
    if asked.status in GROUPS:
        parts.append(Participant.status.in_(GROUPS[asked.status]))
    elif asked.status:
        parts.append(Participant.status == asked.status)
    for name in ("category", "source"):
        if value := getattr(asked, name):
            parts.append(getattr(Participant, name) == value)
    if asked.body:
        parts.append(Participant.body_id == asked.body)
    if asked.region:
        inside = select(Body.id).where((Body.id == asked.region) | Body.lineage.contains(asked.region, autoescape=True))
        parts.append(Participant.body_id.in_(inside))
    if asked.wish:
        parts.append(_wishing(asked.wish))
    if asked.lack in LACKS:
        parts.append(LACKS[asked.lack]())
    return and_(*parts)


def _found_by(typed: str) -> ColumnElement[bool]:
    """Every word in the folded shadow; figures as the end or middle of a phone; a code with or without its hyphen."""
    folded = fold(typed)
    any_of: list[ColumnElement[bool]] = [
        and_(*(Participant.folded.contains(word, autoescape=True) for word in folded.split()))
    ]
    western = digits_western(typed)
    if _NUMBER.fullmatch(western):
        digits = re.sub(r"\D", "", western).removeprefix("00").removeprefix("212").removeprefix("0")
        if digits:
            any_of = [Participant.folded.contains(digits, autoescape=True)]
    code = tidy_code(typed)
    if len(code) >= 4 and len(code) == len(re.sub(r"[\s-]", "", typed)):
        any_of.append(Participant.code.startswith(code, autoescape=True))
    return or_(*any_of)


def _wishing(code: str) -> ColumnElement[bool]:
    if code == "none":
        return Participant.id.not_in(select(Wish.participant_id))
    chosen = select(Wish.participant_id).join(Workshop).where(Wish.rank == 1, Workshop.code == code)
    return Participant.id.in_(chosen)


LACKS: Mapping[str, Any] = {
    "contact": lambda: and_(Participant.email == "", Participant.phone == ""),
    "latin": lambda: Participant.name_latin == "",
    "body": lambda: Participant.body_id.is_(None),
    "mail": lambda: Participant.email == "",
}


def ordered(query: Select[Any], asked: Wanted, *, backwards: bool = False) -> Select[Any]:
    """The order of an address: by one column, then by the name; the same on both engines. `backwards` is its mirror."""
    category = aliased(Category)
    query = query.outerjoin(
        category, and_(category.meeting_id == Participant.meeting_id, category.code == Participant.category)
    )
    columns: dict[str, list[Any]] = {
        "name": [Participant.sort_ar],
        "latin": [case((Participant.name_latin == "", 1), else_=0), Participant.sort_fr],
        "precedence": [
            func.coalesce(Participant.precedence, category.position),
            category.position,
            Participant.sort_ar,
        ],
        "body": [case((Participant.body_id.is_(None), 1), else_=0), Body.sort_ar, Participant.sort_ar],
        "state": [Participant.status, Participant.sort_ar],
        "registered": [Participant.registered_at, Participant.sort_ar],
    }
    chosen = columns[asked.sort]
    down = (asked.way == "down") is not backwards
    turned = [column.desc() for column in chosen] if down else chosen
    return query.order_by(*turned, Participant.id.desc() if backwards else Participant.id)


def state_counts(meeting: Meeting) -> Mapping[str, int]:
    """How many people are in each state (one query)."""
    rows = db.session.execute(
        select(Participant.status, func.count())
        .where(Participant.meeting_id == meeting.id, Participant.erased_at.is_(None))
        .group_by(Participant.status)
    )
    return {row[0]: row[1] for row in rows}


def regions(meeting: Meeting) -> list[Body]:
    """The regions that somebody in the list comes from, in order (one query)."""
    home = aliased(Body)
    inside = (
        select(home.id)
        .join(Participant, Participant.body_id == home.id)
        .where(Participant.meeting_id == meeting.id, home.lineage.startswith(Body.lineage))
        .exists()
    )
    return list(db.session.scalars(select(Body).where(Body.kind == "region", inside).order_by(Body.sort_ar)))


def views(meeting: Meeting, account_id: str) -> list[SavedView]:
    """The views somebody saved for this meeting (one query)."""
    return list(
        db.session.scalars(
            select(SavedView)
            .where(SavedView.meeting_id == meeting.id, SavedView.account_id == account_id)
            .order_by(SavedView.name)
        )
    )


def pending(meeting: Meeting) -> int:
    """How many people wait for approval (one query)."""
    waiting = select(func.count()).where(Participant.meeting_id == meeting.id, Participant.status == Status.PENDING)
    return int(db.session.scalar(waiting) or 0)


def wish_codes(meeting: Meeting) -> Mapping[str, str]:
    """The codes of everybody's wishes, best first, by person (one query)."""
    rows = db.session.execute(
        select(Wish.participant_id, Workshop.code)
        .join(Workshop, Workshop.id == Wish.workshop_id)
        .where(Workshop.meeting_id == meeting.id)
        .order_by(Wish.participant_id, Wish.rank)
    )
    codes: dict[str, list[str]] = {}
    for ident, code in rows:
        codes.setdefault(ident, []).append(code)
    return {ident: " ".join(each) for ident, each in codes.items()}


def body_names(lang: str) -> Mapping[str, str]:
    """The name of every body in a language, Arabic before French where it has none (one query)."""
    rows = db.session.execute(select(Body.id, Body.name_ar, Body.name_fr, Body.name_en))
    return {row[0]: {"ar": row[1], "fr": row[2], "en": row[3] or row[2]}.get(lang) or row[1] for row in rows}


def titular_names(meeting: Meeting) -> Mapping[str, str]:
    """The names of those who are represented (one query)."""
    rows = db.session.execute(
        select(Participant.id, Participant.name_ar, Participant.name_latin).where(
            Participant.meeting_id == meeting.id, Participant.status == Status.REPRESENTED
        )
    )
    return {row[0]: row[1] or row[2] for row in rows}
