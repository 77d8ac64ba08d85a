"""Places in a workshop's list: 1, 2, 3 and so on, without gaps after every move."""

from __future__ import annotations

from app.meetings.models import Workshop
from app.recommendations import queries
from app.recommendations.models import Recommendation


def place(row: Recommendation, anchor: Recommendation | None) -> list[str]:
    """Put one behind the anchor, or first when there is none; behind itself it stays. Gives the ids that moved."""
    rows = [one for one in queries.of_workshop(row.workshop, all_states=True) if one.id != row.id]
    if anchor is not None and anchor.id == row.id:
        return []
    at = rows.index(anchor) + 1 if anchor is not None else 0
    return _number([*rows[:at], row, *rows[at:]])


def arrange(workshop: Workshop, wanted: list[str]) -> list[str]:
    """Put the list in this order, the unnamed behind; gives the ids whose place changed."""
    rows = queries.of_workshop(workshop, all_states=True)
    named = list(dict.fromkeys(wanted))
    first = sorted((row for row in rows if row.id in named), key=lambda row: named.index(row.id))
    return _number(first + [row for row in rows if row.id not in named])


def _number(rows: list[Recommendation]) -> list[str]:
    moved = [row.id for position, row in enumerate(rows, 1) if row.position != position]
    for position, row in enumerate(rows, 1):
        row.position = position
    return moved
