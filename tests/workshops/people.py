"""People with wishes, and the seats they are in, as rows."""

from __future__ import annotations

from typing import Any

from app.kernel.access import Actor, Grant
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting, Workshop
from app.participants.models import Participant, Wish
from app.workshops.models import WorkshopPlaces, WorkshopSeat
from tests.attendance.people import add_person
from tests.world import World


def organiser(world: World) -> Actor:
    """The organiser of Agadir, as an action is told."""
    grants = frozenset({Grant("organiser", "meeting", world.things["agadir"])})
    return Actor("account", world.people["organiser"], "organiser", grants)


def wishing(world: World, name: str, *wishes: str, **more: Any) -> str:
    """A confirmed person who wants these workshops, best first (`W1`), committed; gives the id."""
    person = add_person(world, name, email=more.pop("email", f"{abs(hash(name))}@example.org"), **more)
    with transaction():
        for rank, code in enumerate(wishes, 1):
            ident = world.things[f"agadir.{code}"]
            db.session.add(Wish(participant_id=person, rank=rank, workshop_id=ident))
    return person


def places(world: World, code: str, number: int) -> None:
    """Give a workshop of Agadir another number of places, committed."""
    with transaction():
        db.session.get_one(Workshop, world.things[f"agadir.{code}"]).places = number


def meeting_of(world: World) -> Meeting:
    return db.session.get_one(Meeting, world.things["agadir"])


def person_of(ident: str) -> Participant:
    return db.session.get_one(Participant, ident)


def seats(world: World) -> dict[str, str]:
    """Who sits where: {participant: code}."""
    with transaction(writes=False):
        rows = (
            db.session.query(WorkshopSeat.participant_id, Workshop.code)
            .join(Workshop, Workshop.id == WorkshopSeat.workshop_id)
            .all()
        )
        return {row[0]: row[1] for row in rows}


def taken(world: World, code: str) -> int:
    """How many places of a workshop are taken by the counter."""
    with transaction(writes=False):
        row = db.session.get(WorkshopPlaces, (world.things[f"agadir.{code}"], "P1"))
        return row.taken if row is not None else 0
