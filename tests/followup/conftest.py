"""What the tests of the follow-up start from: adopted recommendations, commitments, and people as actors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from app.accounts.identity import actor_of
from app.accounts.models import Account
from app.followup import actions, queries
from app.followup.models import Commitment
from app.kernel.access import SYSTEM, Actor
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.recommendations.models import Addressee, FieldText, Recommendation
from tests.world import World

ADOPTED = datetime(2022, 3, 26, 12, tzinfo=UTC)
AGADIR, AIT_MELLOUL, DCHEIRA = "09.001.01.01", "09.273.01.05", "09.273.01.13"


def recommendation(
    world: World, number: int, *, meeting: str = "agadir", group: str = "", bodies: tuple[str, ...] = (),
    horizon: date | None = None, axis: int = 1, title: str = "", workshop: str = "W1", **more: Any,
) -> Recommendation:  # fmt: skip
    """An adopted recommendation, flushed."""
    programme = "papc" if meeting == "agadir" else "pdr"
    row = Recommendation(
        meeting_id=world.things[meeting], workshop_id=world.things[f"{meeting}.{workshop}"], serial=number,
        position=number, state="adopted", number=number, addressee_group=group, horizon=horizon,
        axis_id=world.things[f"{programme}.axis{axis}"], created_at=ADOPTED, changed_at=ADOPTED, decided_at=ADOPTED,
        published_at=ADOPTED, **more,
    )  # fmt: skip
    row.texts = [
        FieldText(field="body.ar", text=title or f"توصية تجريبية {number}"),
        FieldText(field="body.fr", text=f"Recommandation d’essai {number}"),
    ]
    row.addressees = [
        Addressee(body_id=world.things[code], role="lead" if place == 0 else "support", position=place)
        for place, code in enumerate(bodies)
    ]
    db.session.add(row)
    db.session.flush()
    return row


def open_all(world: World, clock: FixedClock, meeting: str = "agadir") -> list[str]:
    """Open the commitments of every adopted recommendation of the meeting."""
    found = db.session.get_one(Meeting, world.things[meeting])
    return actions.open_commitments(meeting=found, recommendations=queries.adopted(found), actor=SYSTEM, clock=clock)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database inside."""
    statements: list[str] = []
    engine = db.engine

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@dataclass
class Scene:
    """The world with its commitments; `act()` opens a writing transaction, `clock` stands in April 2022."""

    world: World
    clock: FixedClock
    ids: dict[str, str] = field(default_factory=dict)

    def actor(self, person: str) -> Actor:
        account = db.session.get(Account, self.world.people[person])
        assert account is not None
        return actor_of(account)

    def commitment(self, number: int, code: str = AGADIR, meeting: str = "agadir") -> Commitment:
        found = db.session.scalar(
            select(Commitment)
            .join(Commitment.recommendation)
            .where(
                Recommendation.number == number,
                Commitment.meeting_id == self.world.things[meeting],
                Commitment.body_id == self.world.things[code],
            )
        )
        assert found is not None
        return found


@pytest.fixture
def scene(world: World, clock: FixedClock) -> Scene:
    """Agadir: 1 to the target communes by June, 2 to the ministry with Agadir in support, 3 to Agadir without a date."""
    clock.moment = datetime(2022, 4, 4, 10, tzinfo=UTC)
    with transaction():
        recommendation(world, 1, group="target_communes", horizon=date(2022, 6, 30), title="إحداث خلية تتبع المؤشرات")
        recommendation(world, 2, bodies=("ma.mef", AGADIR), horizon=date(2022, 9, 30), axis=2, title="صرف منحة التميز")
        recommendation(world, 3, bodies=(AGADIR,), axis=2)
        open_all(world, clock)
    return Scene(world, clock)


@pytest.fixture
def act(scene: Scene) -> Iterator[Scene]:
    """The scene inside one writing transaction."""
    with transaction():
        yield scene
