"""What is known about the places of a meeting and its workshops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.kernel.database import db
from app.meetings.models import Category, Meeting, Workshop
from app.participants.models import Participant, ReservedSeat, Seats, Wish
from app.participants.states import STANDING, Status


@dataclass(frozen=True)
class Places:
    """The places of a meeting; `capacity` 0 means that they are not counted."""

    capacity: int
    taken: int
    waiting: int

    @property
    def left(self) -> int | None:
        """How many places are free, None when they are not counted."""
        return max(0, self.capacity - self.taken) if self.capacity else None

    @property
    def full(self) -> bool:
        return self.capacity > 0 and self.taken >= self.capacity

    @property
    def share(self) -> float:
        """The taken part of the places in per cent, for a bar."""
        return min(100.0, 100.0 * self.taken / self.capacity) if self.capacity else 0.0


# What every step of a registration asks is built once: building a statement takes longer than running it.
_MEETING: BindParameter[str] = bindparam("meeting")
_WAITING = (
    select(func.count())
    .where(Participant.meeting_id == _MEETING, Participant.status == Status.WAITLISTED)
    .scalar_subquery()
)
_PLACES = select(Seats.capacity, Seats.taken, _WAITING).where(Seats.meeting_id == _MEETING)
_FIRST_WISHES = (
    select(Wish.workshop_id, func.count())
    .join(Participant, Participant.id == Wish.participant_id)
    .where(Participant.meeting_id == _MEETING, Wish.rank == 1, Participant.status.in_(STANDING))
    .group_by(Wish.workshop_id)
)
_WORKSHOPS = (
    select(Workshop)
    .options(joinedload(Workshop.room), joinedload(Workshop.track))
    .where(Workshop.meeting_id == _MEETING)
    .order_by(Workshop.position)
)
_WORKSHOP_IDS = select(Workshop.id).where(Workshop.meeting_id == _MEETING).order_by(Workshop.position)
_CATEGORIES = select(Category.code).where(Category.meeting_id == _MEETING).order_by(Category.position)


def places(meeting: Meeting) -> Places:
    """Places of the meeting, taken and waited for (one query)."""
    row = db.session.execute(_PLACES, {"meeting": meeting.id}).first()
    return Places(*row) if row else Places(meeting.capacity, 0, 0)


def held_seats(meeting: Meeting) -> list[ReservedSeat]:
    """Seats held for a role that has no name yet."""
    return list(
        db.session.scalars(select(ReservedSeat).where(ReservedSeat.meeting_id == meeting.id).order_by(ReservedSeat.id))
    )


def waiting_place(participant: Participant) -> int | None:
    """Which place somebody has on the waiting list, counted from 1; None off it."""
    if participant.status != Status.WAITLISTED or participant.waiting_rank is None:
        return None
    before = select(func.count()).where(
        Participant.meeting_id == participant.meeting_id,
        Participant.status == Status.WAITLISTED,
        Participant.waiting_rank < participant.waiting_rank,
    )
    return int(db.session.scalar(before) or 0) + 1


def first_waiting(meeting_id: str) -> Participant | None:
    """Who is next on the waiting list."""
    return db.session.scalar(
        select(Participant)
        .where(Participant.meeting_id == meeting_id, Participant.status == Status.WAITLISTED)
        .order_by(Participant.waiting_rank, Participant.id)
        .limit(1)
    )


@dataclass(frozen=True)
class WorkshopOffer:
    """A workshop as the form offers it: its places and how many want it first."""

    workshop: Workshop
    first_wishes: int

    @property
    def crowded(self) -> bool:
        """Whether more people want it first than it has places."""
        return 0 < self.workshop.places <= self.first_wishes


def workshop_offers(meeting: Meeting) -> Sequence[WorkshopOffer]:
    """The meeting's workshops in their order (two queries)."""
    counted = db.session.execute(_FIRST_WISHES, {"meeting": meeting.id})
    wanted: Mapping[str, int] = {row[0]: row[1] for row in counted}
    return [WorkshopOffer(workshop, wanted.get(workshop.id, 0)) for workshop in workshops(meeting)]


def workshops(meeting: Meeting) -> Sequence[Workshop]:
    """The workshops of the meeting in their order (one query)."""
    return db.session.scalars(_WORKSHOPS, {"meeting": meeting.id}).all()


def workshop_ids(meeting: Meeting) -> list[str]:
    """The ids of the meeting's workshops in their order (one query)."""
    return [row[0] for row in db.session.execute(_WORKSHOP_IDS, {"meeting": meeting.id})]


def category_codes(meeting: Meeting) -> list[str]:
    """The meeting's categories in their order of precedence."""
    return list(db.session.scalars(_CATEGORIES, {"meeting": meeting.id}))
