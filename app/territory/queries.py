"""Reading the territory: bodies by code, by name in any spelling, their tree, and the calendar of working days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, true
from sqlalchemy.orm import aliased, joinedload

from app.kernel.database import db
from app.kernel.text import fold
from app.territory import workdays
from app.territory.matching import KnownBody, Matcher
from app.territory.models import Body, BodyAlias, DayOff
from app.territory.workdays import WorkingDay

# Words that stand before a name without being part of it, folded.
GENERIC = frozenset(
    "جماعه الجماعه جماعات اقليم عماله جهه commune communes de des la province prefecture region of".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Found:
    """A body as a search shows it: with its parent, for homonyms are told apart by their province."""

    id: str
    code: str
    kind: str
    name_ar: str
    name_fr: str
    name_en: str
    name_zgh: str
    parent_ar: str
    parent_fr: str
    population: int | None


def find_body(ident: str) -> Body | None:
    """The body with this id."""
    return db.session.get(Body, ident)


def find_body_by_code(code: str) -> Body | None:
    """The body with this code (the HCP's for communes)."""
    return db.session.scalar(select(Body).where(Body.code == code).options(joinedload(Body.parent)))


def bodies_by_id(idents: Iterable[str]) -> list[Body]:
    """The bodies with these ids, in no order (one query)."""
    return list(db.session.scalars(select(Body).where(Body.id.in_(sorted(set(idents))))))


def bodies_by_code(codes: Iterable[str]) -> dict[str, Body]:
    """The bodies with these codes, by code; unknown codes are left out (one query)."""
    wanted = sorted(set(codes))
    return {body.code or "": body for body in db.session.scalars(select(Body).where(Body.code.in_(wanted)))}


def _escaped(text: str) -> str:
    """The text as a pattern of LIKE that means itself."""
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _like(name: str) -> ColumnElement[bool]:
    return Body.folded.like(bindparam(name), escape="/")


@lru_cache(maxsize=32)
def _searching(words: int, narrowed: bool) -> Select[*tuple[Any, ...]]:
    """The search for so many words; built once, for building it takes longer than running it."""
    parent = aliased(Body)
    rank = case((_like("exact"), 0), (_like("begins"), 1), (_like("inside"), 2), else_=3)
    return (
        select(
            Body.id, Body.code, Body.kind, Body.name_ar, Body.name_fr, Body.name_en, Body.name_zgh, parent.name_ar,
            parent.name_fr, Body.population,
        )
        .outerjoin(parent, Body.parent_id == parent.id)
        .where(Body.active, *(_like(f"word{number}") for number in range(words)))
        .where(Body.kind.in_(bindparam("kinds", expanding=True)) if narrowed else true())
        .order_by(rank, func.coalesce(Body.population, 0).desc(), Body.sort_ar)
        .limit(bindparam("limit"))
    )  # fmt: skip


def search(text: str, *, kinds: Sequence[str] = (), limit: int = 12) -> list[Found]:
    """Bodies whose names or aliases hold every word of `text`, in any spelling; the best first (one query).

    An exact name comes first, then names that begin so, then the others; within each the most populous first.
    """
    folded = fold(text)
    words = [word for word in folded.split() if word not in GENERIC] or folded.split()
    if not words:
        return []
    asked = {f"word{number}": f"%{_escaped(word)}%" for number, word in enumerate(words)}
    whole = _escaped(" ".join(words))
    asked |= {"exact": f"%|{whole}|%", "begins": f"%|{whole}%", "inside": f"% {whole}%"}
    rows = db.session.execute(_searching(len(words), bool(kinds)), asked | {"kinds": list(kinds), "limit": limit})
    return [
        Found(row[0], row[1] or "", row[2], row[3], row[4], row[5], row[6], row[7] or "", row[8] or "", row[9])
        for row in rows
    ]


def children(body: Body, *, kind: str = "") -> list[Body]:
    """The bodies just below this one, in the order of their Arabic names."""
    return list(
        db.session.scalars(
            select(Body).where(Body.parent_id == body.id, Body.kind == kind if kind else true()).order_by(Body.sort_ar)
        )
    )


def lineage(body: Body) -> list[Body]:
    """The bodies above this one, the root first, itself last (one query)."""
    ids = body.lineage_ids
    found = {row.id: row for row in db.session.scalars(select(Body).where(Body.id.in_(ids)))}
    return [found[ident] for ident in ids if ident in found]


def below(body: Body, *, kind: str = "commune") -> list[Body]:
    """Every body of a kind in the tree under this one, itself included when it is of that kind (one query)."""
    return list(
        db.session.scalars(
            select(Body)
            .where(Body.kind == kind, (Body.lineage == body.lineage) | Body.lineage.startswith(f"{body.lineage}/"))
            .order_by(Body.sort_ar)
        )
    )


def count_by_kind() -> dict[str, int]:
    """How many bodies of each kind there are."""
    return {row[0]: row[1] for row in db.session.execute(select(Body.kind, func.count()).group_by(Body.kind))}


def bodies(*, kind: str = "", text: str = "", page: int = 1, size: int = 100) -> tuple[list[Body], int]:
    """A page of the list of bodies and how many there are in all (two queries)."""
    conditions = [Body.kind == kind] if kind else []
    conditions += [Body.folded.contains(word, autoescape=True) for word in fold(text).split()]
    total = db.session.scalar(select(func.count()).select_from(Body).where(*conditions)) or 0
    rows = db.session.scalars(
        select(Body).where(*conditions).options(joinedload(Body.parent)).order_by(Body.sort_ar, Body.id)
        .limit(size).offset((page - 1) * size)
    )  # fmt: skip
    return list(rows), total


def aliases(body: Body) -> list[BodyAlias]:
    """The other names of a body."""
    return list(db.session.scalars(select(BodyAlias).where(BodyAlias.body_id == body.id).order_by(BodyAlias.text)))


def find_day_off(day: str) -> DayOff | None:
    """The day off on this date (ISO 8601)."""
    try:
        return db.session.get(DayOff, date.fromisoformat(day))
    except ValueError:
        return None


def days_off(first: date, last: date) -> list[DayOff]:
    """The days off between two dates, both included, in order."""
    return list(db.session.scalars(select(DayOff).where(DayOff.day.between(first, last)).order_by(DayOff.day)))


def working_day_after(start: date, count: int) -> WorkingDay:
    """The `count`-th working day after `start` by the table of days off; provisional while one near it is estimated."""
    span = timedelta(days=count * 2 + 40)
    off = {row.day: row.status for row in days_off(start - timedelta(days=1), start + span)}
    return workdays.working_day_after(start, count, off)


def known_bodies() -> list[KnownBody]:
    """Every active body as matching knows it, with its everyday names (two queries)."""
    names: dict[str, list[str]] = {}
    for ident, text in db.session.execute(select(BodyAlias.body_id, BodyAlias.text)):
        names.setdefault(ident, []).append(text)
    rows = db.session.execute(
        select(Body.id, Body.code, Body.kind, Body.name_ar, Body.name_fr, Body.name_en, Body.parent_id)
        .where(Body.active)
    )  # fmt: skip
    return [
        KnownBody(
            row[0], row[1], row[2], tuple(name for name in (row[3], row[4], row[5]) if name), row[6],
            tuple(names.get(row[0], ())),
        )
        for row in rows
    ]  # fmt: skip


def matcher() -> Matcher:
    """The index that finds the body a cell means; build it once for a whole list."""
    return Matcher(known_bodies())
