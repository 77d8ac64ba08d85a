"""What the addresses of the matrix name, twice: on the own side (agadir) and on the foreign side (fes)."""

from __future__ import annotations

from tests.world import World


def build_things(world: World) -> None:
    """Add one of each thing an address can name to both meetings."""


def sides(world: World) -> dict[str, dict[str, str]]:
    """Values of the address parameters on both sides; ids of both are those that `build_things` gave."""
    own = {"slug": "agadir-2022", "workshop_code": "W1", "body_code": "09.001.01.01"}
    foreign = {"slug": "fes-2023", "workshop_code": "W1", "body_code": "03.231.01.0"}
    return {"own": own, "foreign": foreign}
