"""The places of workshops: taken and given back by conditional UPDATE of one row, alike on both engines."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from app.kernel.database import db, engine_name
from app.kernel.errors import Refusal
from app.meetings.models import Meeting, Workshop
from app.meetings.queries import workshops as all_workshops
from app.workshops.models import SeatOffer, WorkshopPlaces, WorkshopSeat
from app.workshops.queries.slots import capacity_of, slots
from app.workshops.states import OfferAnswer


def ensure(meeting: Meeting) -> None:
    """Give every workshop its row of places in every slot it is held in, with the capacity it has today."""
    into = postgresql.insert if engine_name() == "postgresql" else sqlite.insert
    known = {row.id: row for row in all_workshops(meeting)}
    for slot in slots(meeting):
        for ident in slot.workshops:
            values: dict[str, Any] = {"workshop_id": ident, "slot": slot.id, "capacity": capacity_of(known[ident])}
            made = into(WorkshopPlaces).values({**values, "taken": 0})
            db.session.execute(
                made.on_conflict_do_update(
                    index_elements=["workshop_id", "slot"], set_={"capacity": values["capacity"]}
                )
            )


def take(workshop: Workshop, slot: str) -> None:
    """Take one place; refuses with `workshop_full` when none is left and `not_held` when there is no such place."""
    taken = update(WorkshopPlaces).where(
        WorkshopPlaces.workshop_id == workshop.id, WorkshopPlaces.slot == slot,
        WorkshopPlaces.taken < WorkshopPlaces.capacity,
    )  # fmt: skip
    if _ran(taken.values(taken=WorkshopPlaces.taken + 1)):
        return
    there = db.session.scalar(
        select(WorkshopPlaces.capacity).where(WorkshopPlaces.workshop_id == workshop.id, WorkshopPlaces.slot == slot)
    )
    raise Refusal("not_held_then" if there is None else "workshop_full", field="workshop")


def give_back(workshop_id: str, slot: str) -> None:
    """Give one place back."""
    given = update(WorkshopPlaces).where(
        WorkshopPlaces.workshop_id == workshop_id, WorkshopPlaces.slot == slot, WorkshopPlaces.taken > 0
    )
    _ran(given.values(taken=WorkshopPlaces.taken - 1))


def _ran(statement: Any) -> bool:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def lock_all(meeting: Meeting) -> None:
    """Hold every place of the meeting until the transaction ends, in one order, so that a whole plan can be set."""
    own = select(Workshop.id).where(Workshop.meeting_id == meeting.id)
    db.session.execute(
        select(WorkshopPlaces.workshop_id)
        .where(WorkshopPlaces.workshop_id.in_(own))
        .order_by(WorkshopPlaces.workshop_id, WorkshopPlaces.slot)
        .with_for_update()
    )


def recount(meeting: Meeting) -> None:
    """Set the places taken to the seats and open offers there are; after `lock_all` only."""
    counted: Counter[tuple[str, str]] = Counter()
    open_offer = SeatOffer.answer == OfferAnswer.OPEN
    for table, still in ((WorkshopSeat, true()), (SeatOffer, open_offer)):
        rows = db.session.execute(select(table.workshop_id, table.slot).where(table.meeting_id == meeting.id, still))
        counted.update((row[0], row[1]) for row in rows)
    for slot in slots(meeting):
        for ident in slot.workshops:
            _ran(
                update(WorkshopPlaces)
                .where(WorkshopPlaces.workshop_id == ident, WorkshopPlaces.slot == slot.id)
                .values(taken=counted[(ident, slot.id)])
            )
