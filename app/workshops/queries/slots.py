"""The slots of a meeting: sittings that continue one workshop are one slot, workshops of one slot run in parallel."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from app.kernel.database import db
from app.meetings.models import Meeting, Sitting, Workshop

UNNAMED = "P"
"""The slot of workshop sittings that name none."""
UNCOUNTED = 100_000
"""The capacity of a workshop whose places nobody counted."""


def slot_name(sitting: Sitting) -> str:
    """The slot of a workshop sitting."""
    return sitting.slot or UNNAMED


@dataclass
class Slot:
    """A slot with its sittings in their order."""

    id: str
    sittings: list[Sitting] = field(default_factory=list)

    @property
    def workshops(self) -> list[str]:
        """The ids of the workshops held in it."""
        return list(dict.fromkeys(line.workshop_id for line in self.sittings if line.workshop_id))

    def of(self, workshop_id: str) -> list[Sitting]:
        """The sittings of one workshop in it."""
        return [line for line in self.sittings if line.workshop_id == workshop_id]


def slots(meeting: Meeting) -> list[Slot]:
    """The slots of the meeting in the order in which they begin (one query and what it joins)."""
    found: dict[str, Slot] = {}
    for sitting in db.session.scalars(
        select(Sitting)
        .where(Sitting.meeting_id == meeting.id, Sitting.workshop_id.is_not(None))
        .order_by(Sitting.starts, Sitting.position)
    ):
        found.setdefault(slot_name(sitting), Slot(slot_name(sitting))).sittings.append(sitting)
    return list(found.values())


def capacity_of(workshop: Workshop) -> int:
    """The places of a workshop: its own, else those of its room, else as many as come."""
    return workshop.places or (workshop.room.places if workshop.room is not None else 0) or UNCOUNTED
