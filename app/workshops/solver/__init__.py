"""Assigns participants to workshops: pure functions over plain dictionaries, no database and no web.

The contract, the objective and why the answers can be trusted: docs/assignment.md.
"""

from __future__ import annotations

from typing import Any

from app.workshops.solver.explaining import explain
from app.workshops.solver.measure import broken_rules, diff, score
from app.workshops.solver.reading import Refused, read_instance

__all__ = ["Refused", "broken_rules", "diff", "explain", "read_instance", "score", "solve"]


def solve(instance: dict[str, Any], *, seconds: float = 60, seed: int = 0) -> dict[str, Any]:
    """The best plan for this instance, as `solving.solve` promises it."""
    # The solver and its arrays take a tenth of the memory of a process, and only the job that solves needs them.
    from app.workshops.solver import solving  # noqa: PLC0415

    return solving.solve(instance, seconds=seconds, seed=seed)
