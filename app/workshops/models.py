"""Tables of the assignment: runs of the solver, seats in workshops, rules that people set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.database import Base, Id, Json, Keyed


class AssignmentRun(Keyed, Base):
    """One run of the solver: its instance, its answer (07-protocols section 3), and whether it was taken over."""

    __tablename__ = "assignment_run"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    seed: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int] = mapped_column(default=60)
    instance: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    answer: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    account_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]


class WorkshopSeat(Keyed, Base):
    """A participant's place in one slot; `locked` places are never moved by a run.

    `told_workshop_id` is the workshop the participant was told last, `told_room_id` the room: only those whom a
    change concerns are told again.
    """

    __tablename__ = "workshop_seat"
    __table_args__ = (UniqueConstraint("participant_id", "slot", name="uq_workshop_seat_slot"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    slot: Mapped[str] = mapped_column(String(20))
    locked: Mapped[bool] = mapped_column(default=False)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("assignment_run.id", ondelete="SET NULL"))
    reason: Mapped[list[Any]] = mapped_column(Json, default=list)
    told_workshop_id: Mapped[str | None] = mapped_column(Id)
    told_room_id: Mapped[str | None] = mapped_column(Id)
    told_at: Mapped[datetime | None]


class WorkshopPlaces(Base):
    """Capacity of a workshop in a slot: taken and freed by conditional UPDATE only."""

    __tablename__ = "workshop_places"

    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    slot: Mapped[str] = mapped_column(String(20), primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class AssignmentRule(Keyed, Base):
    """People to keep together or apart, as the organiser asked."""

    __tablename__ = "assignment_rule"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    participants: Mapped[list[Any]] = mapped_column(Json)
    note: Mapped[str] = mapped_column(String(200), default="")


class SeatOffer(Keyed, Base):
    """A seat that became free, held for one person until `until`; `answer` is accepted, declined or late."""

    __tablename__ = "seat_offer"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    slot: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int]
    at: Mapped[datetime]
    until: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None]
