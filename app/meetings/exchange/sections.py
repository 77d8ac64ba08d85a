"""What later rooms add to the file of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.kernel.access import Actor
from app.kernel.clock import Clock
from app.meetings.exchange.refs import References
from app.meetings.models import Meeting


@dataclass(frozen=True)
class Loading:
    """In what circumstances a section is loaded: by how many days everything is shifted, by whom, when."""

    refs: References
    shift: timedelta
    actor: Actor
    clock: Clock


Dump = Callable[[Meeting, References], Any]
Load = Callable[[Meeting, Any, Loading], None]


@dataclass(frozen=True)
class Section:
    """One room's part of the file; `cloned` says whether it goes into next year's meeting too."""

    name: str
    dump: Dump
    load: Load
    schema: dict[str, Any]
    cloned: bool


SECTIONS: dict[str, Section] = {}


def section(name: str, *, dump: Dump, load: Load, schema: dict[str, Any], cloned: bool = False) -> None:
    """Add a section to the file; sections are written and loaded in the order in which they were added.

    `dump(meeting, refs)` gives JSON in a stable order, without ids, or None when there is nothing to say;
    `load(meeting, data, loading)` writes what it is given, which has passed `schema` (JSON Schema 2020-12). Results
    and people do not go into a clone, which is what `cloned=False` says.
    """
    SECTIONS[name] = Section(name, dump, load, schema, cloned)
