"""What later rooms show in the organiser's list and beside a person, without being imported here.

A later room registers in its `listeners.connect()`; each provider is asked once a page, with every id shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.meetings.models import Meeting
from app.participants.models import Participant

Values = Callable[[Meeting, Sequence[str]], Mapping[str, str]]
Facts = Callable[[Meeting, Participant], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class ExtraColumn:
    """A column of a later room: its name in the address, the key of its words, and its values by person (one query)."""

    name: str
    words: str
    values: Values


_columns: dict[str, ExtraColumn] = {}
_facts: dict[str, Facts] = {}


def provide_column(column: ExtraColumn) -> None:
    """Add a column to the list (the workshop given, the half-days attended)."""
    _columns[column.name] = column


def provide_facts(name: str, facts: Facts) -> None:
    """Add facts beside a person: [{"words": key, "value": text, "url": address or none}]."""
    _facts[name] = facts


def columns() -> Sequence[ExtraColumn]:
    """The columns of later rooms."""
    return list(_columns.values())


def facts(meeting: Meeting, participant: Participant) -> list[Mapping[str, Any]]:
    """What later rooms say of a person."""
    return [one for provider in _facts.values() for one in provider(meeting, participant)]
