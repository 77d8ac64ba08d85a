"""Who drives the plenary, and in which phases of the meeting."""

from __future__ import annotations

from app.kernel.access import permission

permission("plenary.drive", scope="meeting", roles={"secretary", "organiser"})
permission("plenary.follow", scope="meeting", roles={"wall"})

PHASES = frozenset({"closed", "running", "concluded"})


def may_decide(phase: str) -> bool:
    """Whether the plenary can sit: after registration has closed and before the results are published."""
    return phase in PHASES
