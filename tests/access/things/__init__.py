"""What the addresses of the matrix name, twice: on the own side (agadir) and on the foreign side (fes).

Each module here is one room's: `build(world)` adds its things in transactions of its own, and
`values(world, name)` gives the address parameters of the meeting `agadir` or `fes`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.world import World

NAMES = {"own": "agadir", "foreign": "fes"}


def _modules() -> list[object]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
    return [import_module(f"{__name__}.{name}") for name in names]


def build_things(world: World) -> None:
    """Add one of each thing an address can name to both meetings."""
    for module in _modules():
        module.build(world)  # type: ignore[attr-defined]


def sides(world: World) -> dict[str, dict[str, str]]:
    """Values of the address parameters on both sides."""
    found: dict[str, dict[str, str]] = {side: {} for side in NAMES}
    for side, name in NAMES.items():
        for module in _modules():
            found[side] |= module.values(world, name)  # type: ignore[attr-defined]
    return found
