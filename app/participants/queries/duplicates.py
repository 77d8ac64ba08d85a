"""People who may be one person: proposed with their reasons, decided by somebody, never merged by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import or_, select

from app.kernel.database import db
from app.meetings.models import Meeting
from app.participants.models import KeptApart, Participant
from app.participants.states import STANDING

# Names whose consonants are alike by less than this (0-100) are two people, whatever else they share.
LIKE = 75
MANY = 12


@dataclass(frozen=True)
class Pair:
    """Two people and what speaks for one: name, mail, phone, body."""

    first: str
    second: str
    reasons: tuple[str, ...]


def pairs(meeting: Meeting) -> list[Pair]:
    """Every pair that may be one person, the strongest first (two queries, linear in the number of people)."""
    rows = db.session.execute(
        select(
            Participant.id, Participant.skeleton, Participant.email, Participant.phone, Participant.body_id
        ).where(
            Participant.meeting_id == meeting.id, Participant.status.in_(STANDING), Participant.erased_at.is_(None)
        )
    ).all()  # fmt: skip
    apart = {
        (row[0], row[1])
        for row in db.session.execute(
            select(KeptApart.first_id, KeptApart.second_id).where(KeptApart.meeting_id == meeting.id)
        )
    }
    by_id = {row.id: row for row in rows}
    found = [
        Pair(first, second, reasons)
        for first, second in sorted(_candidates(rows))
        if (first, second) not in apart and (reasons := _reasons(by_id[first], by_id[second]))
    ]
    return sorted(found, key=lambda pair: (-len(pair.reasons), pair.first))


def pairs_of(meeting: Meeting, participant: Participant) -> list[Pair]:
    """The pairs that somebody is in (two queries, whatever the number of people)."""
    if participant.status not in STANDING:
        return []
    shared = [
        column == value
        for column, value in (
            (Participant.email, participant.email),
            (Participant.phone, participant.phone),
            (Participant.skeleton, participant.skeleton if " " in participant.skeleton else ""),
        )
        if value
    ]
    if not shared:
        return []
    near = db.session.scalars(
        select(Participant)
        .where(
            Participant.meeting_id == meeting.id,
            Participant.id != participant.id,
            Participant.status.in_(STANDING),
            or_(*shared),
        )
        .limit(MANY)
    ).unique()
    apart = set(
        db.session.execute(
            select(KeptApart.first_id, KeptApart.second_id).where(
                or_(KeptApart.first_id == participant.id, KeptApart.second_id == participant.id)
            )
        ).all()
    )
    found = []
    for other in near:
        first, second = sorted((participant.id, other.id))
        reasons = _reasons(participant, other)
        if reasons and (first, second) not in {(row[0], row[1]) for row in apart}:
            found.append(Pair(first, second, reasons))
    return found


def _candidates(rows: Iterable[Any]) -> set[tuple[str, str]]:
    """Pairs that share a mail, a phone or the consonants of the whole name; a group of many proves nothing."""
    groups: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        for kind in ("email", "phone", "skeleton"):
            value = getattr(row, kind)
            if value and (kind != "skeleton" or " " in value):
                groups[kind, " ".join(sorted(value.split()))].append(row.id)
    near = {key: ids for key, ids in groups.items() if 1 < len(ids) <= MANY}
    return {(min(pair), max(pair)) for ids in near.values() for pair in combinations(ids, 2)}


def _reasons(one: Any, two: Any) -> tuple[str, ...]:
    likeness = fuzz.token_sort_ratio(one.skeleton, two.skeleton)
    if likeness < LIKE:
        return ()
    reasons = ["name"]
    reasons += ["mail"] if one.email and one.email == two.email else []
    reasons += ["phone"] if one.phone and one.phone == two.phone else []
    reasons += ["body"] if one.body_id and one.body_id == two.body_id else []
    return tuple(reasons) if len(reasons) > 1 else ()
