"""People of both meetings, with their links."""

from __future__ import annotations

from app.kernel.transaction import transaction
from tests.participants.people import address_values, build_people
from tests.world import World


def build(world: World) -> None:
    """Add people to both meetings."""
    with transaction():
        build_people(world)


def values(world: World, name: str) -> dict[str, str]:
    """A participant, an invitation and their links."""
    return address_values(world, name)
