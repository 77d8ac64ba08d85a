"""Whose badges are to be printed, with what stands on them, in the order of precedence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from app.attendance.models import BadgePrint
from app.kernel.database import db
from app.meetings.models import Category, Meeting, Workshop
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat

ENTITLED = ("confirmed",)


@dataclass(frozen=True)
class Holder:
    """Somebody with a badge: the person, the workshops on it, and whether this very badge was printed before."""

    participant: Participant
    workshops: list[Workshop]
    printed: bool

    @property
    def mark(self) -> str:
        """Changes with anything the badge shows."""
        return mark_of(self.participant, self.workshops)


def mark_of(one: Participant, workshops: list[Workshop]) -> str:
    """A short name for what the badge shows, the same as long as nothing of it changes."""
    shown = (
        one.name_ar, one.name_latin, one.name_zgh, one.category, one.address_form, one.body_id, one.body_text,
        one.code, one.link_version, *((workshop.id, workshop.room_id) for workshop in workshops),
    )  # fmt: skip
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class BadgeFilter:
    """Which badges: of one category, of one workshop, only those not printed as they are now."""

    category: str = ""
    workshop: str = ""
    new: bool = False


def holders(meeting: Meeting, chosen: BadgeFilter | None = None) -> list[Holder]:
    """The holders of badges in the order of precedence (five queries)."""
    chosen = chosen or BadgeFilter()
    workshops = {row.id: row for row in db.session.scalars(select(Workshop).where(Workshop.meeting_id == meeting.id))}
    seats: dict[str, list[Workshop]] = {}
    for seat in db.session.scalars(
        select(WorkshopSeat).where(WorkshopSeat.meeting_id == meeting.id).order_by(WorkshopSeat.slot)
    ):
        seats.setdefault(seat.participant_id, []).append(workshops[seat.workshop_id])
    printed = {
        row.participant_id: row.mark
        for row in db.session.scalars(select(BadgePrint).where(BadgePrint.meeting_id == meeting.id))
    }
    found = []
    for one in in_precedence(meeting, statuses=ENTITLED):
        own = list(dict.fromkeys(seats.get(one.id, [])))
        holder = Holder(one, own, printed.get(one.id) == mark_of(one, own))
        if _chosen(holder, chosen):
            found.append(holder)
    return found


def _chosen(holder: Holder, chosen: BadgeFilter) -> bool:
    return (
        (not chosen.category or holder.participant.category == chosen.category)
        and (not chosen.workshop or any(one.code == chosen.workshop for one in holder.workshops))
        and not (chosen.new and holder.printed)
    )


def in_precedence(meeting: Meeting, *, statuses: tuple[str, ...]) -> list[Participant]:
    """People in the order of every printed list: category, own precedence, name (two queries and what they join)."""
    order = {
        row.code: row.position for row in db.session.scalars(select(Category).where(Category.meeting_id == meeting.id))
    }
    people = db.session.scalars(
        select(Participant).where(
            Participant.meeting_id == meeting.id, Participant.status.in_(statuses), Participant.erased_at.is_(None)
        )
    ).unique()

    def key(one: Participant) -> tuple[int, int, str, str]:
        own = one.precedence if one.precedence is not None else 10**6
        return order.get(one.category, 10**6), own, one.sort_ar, one.id

    return sorted(people, key=key)
