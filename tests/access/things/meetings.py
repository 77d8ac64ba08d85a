"""The meeting itself, its sittings, workshops and bodies."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting, Sitting
from tests.world import World

BODIES = {"agadir": "09.001.01.01", "fes": "03.231.01.0"}
PROGRAMMES = {"agadir": "papc", "fes": "pdr"}


def build(world: World) -> None:
    """The world has them all."""


def values(world: World, name: str) -> dict[str, str]:
    """The first sitting and workshop of the meeting."""
    with transaction(writes=False):
        slug = db.session.get_one(Meeting, world.things[name]).slug
        sitting = db.session.scalars(select(Sitting.id).where(Sitting.meeting_id == world.things[name])).first()
    return {
        "slug": slug, "workshop_code": "W1", "sitting_id": str(sitting), "body_code": BODIES[name],
        "programme_slug": PROGRAMMES[name],
    }  # fmt: skip
