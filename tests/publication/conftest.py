"""A published meeting for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from app.publication import actions
from tests.publication.decided import actor, conclude
from tests.world import World

FIRST_OF_APRIL = datetime(2022, 4, 1, 9, 0, tzinfo=UTC)


@contextmanager
def acting() -> Iterator[None]:
    """One writing transaction after whatever the test has read."""
    db.session.remove()
    with transaction():
        yield


@pytest.fixture
def concluded(app: LiqaaFlask, world: World, clock: FixedClock) -> World:
    """The meeting of Agadir concluded, its recommendations decided, on the first of April."""
    clock.moment = FIRST_OF_APRIL
    with transaction():
        conclude(world)
    return world


@pytest.fixture
def published(app: LiqaaFlask, world: World, clock: FixedClock, stage: Callable[..., None]) -> World:
    """The meeting of Agadir with its first edition."""
    clock.moment = FIRST_OF_APRIL

    def build() -> None:
        with transaction():
            conclude(world)
        publish(world, clock)

    stage("published", build)
    return world


def publish(world: World, clock: FixedClock, name: str = "agadir") -> None:
    """Publish the first edition of a concluded meeting."""
    with acting():
        meeting = db.session.get(Meeting, world.things[name])
        assert meeting is not None
        actions.publish(meeting=meeting, actor=actor(world, "organiser", meeting=name), clock=clock)
