"""A recommendation in the queue of each plenary, and the address of its wall."""

from __future__ import annotations

from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from app.plenary import queries
from app.plenary.models import QueueItem, Stage
from app.recommendations.models import FieldText, Recommendation
from tests.world import MADE, World


def build(world: World) -> None:
    """Open both stages with one recommendation each."""
    with transaction():
        for name in ("agadir", "fes"):
            _open(world, name)


def _open(world: World, name: str) -> None:
    db.session.add(Stage(meeting_id=world.things[name], amendment={}))
    row = Recommendation(
        id=new_id(), meeting_id=world.things[name], workshop_id=world.things[f"{name}.W1"], serial=1, position=1,
        state="retained", created_at=MADE, changed_at=MADE,
    )  # fmt: skip
    row.texts = [FieldText(field="body.ar", text="نشر الدليل.", rev=1)]
    db.session.add(row)
    db.session.flush()
    db.session.add(QueueItem(recommendation_id=row.id, meeting_id=row.meeting_id, position=1))
    world.things[f"{name}.recommendation"] = row.id


def values(world: World, name: str) -> dict[str, str]:
    """The queued recommendation and the wall's link."""
    ident = world.things[f"{name}.recommendation"]
    token = queries.wall_token(world.things[name], 1)
    return {"queued_id": ident, "recommendation_id": ident, "wall_token": token}
