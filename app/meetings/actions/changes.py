"""What the actions of this room share: setting fields that may be set, and recording what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import Clock
from app.kernel.database import Base, db
from app.meetings.models import Meeting

LANGS = ("ar", "fr", "en")


def in_languages(*names: str) -> frozenset[str]:
    """The names of fields kept in Arabic, French and English."""
    return frozenset(f"{name}_{lang}" for name in names for lang in LANGS)


def bring(row: Any, fields: Mapping[str, Any], allowed: Iterable[str]) -> list[str]:
    """Set the fields that differ and give their names; a field that may not be set is a mistake of the program."""
    unknown = set(fields) - set(allowed)
    if unknown:
        raise TypeError(f"{row.__tablename__} has no field {', '.join(sorted(unknown))} to set")
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def said(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """The values of these fields as the journal keeps them."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def note(
    kind: str, row: Base | tuple[str, str], meeting: Meeting | None, *, actor: Actor, clock: Clock,
    fields: Iterable[str] = (), values: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Record a change that public pages show."""
    journal.record(kind, row, actor=actor, clock=clock, meeting=meeting, fields=fields, values=values, public=True)


def next_position(model: Any, *conditions: Any) -> int:
    """The position after the last of these rows."""
    return (db.session.scalar(select(func.max(model.position)).where(*conditions)) or 0) + 1
