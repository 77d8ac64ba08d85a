"""The id of a recommendation that a device is about to make."""

from __future__ import annotations

from tests.world import World


def build(world: World) -> None:
    """Nothing: the recommendation itself is the one in the queue of the plenary."""


def values(world: World, name: str) -> dict[str, str]:
    """An id that no recommendation has yet."""
    return {"ident": "0190a2f0-0000-7000-8000-000000000001"}
