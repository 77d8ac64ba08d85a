"""How addresses name editions and published recommendations, each inside its meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.kernel.access import loader
from app.publication import queries
from app.publication.models import Edition
from app.recommendations.models import Recommendation


def connect() -> None:
    """Register the parameters of this room: the definitive number, and the number of an edition."""
    loader("serial", "recommendation", _published)
    loader("edition_number", "edition", _edition)


def _number(value: str) -> int | None:
    """A number as addresses write it: no sign, no leading zero, and no more than the tables hold."""
    return int(value) if value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 7 else None


def _published(value: str, loaded: Mapping[str, Any]) -> Recommendation | None:
    number = _number(value)
    return queries.find_published(loaded["meeting"], number) if number else None


def _edition(value: str, loaded: Mapping[str, Any]) -> Edition | None:
    number = _number(value)
    return queries.find_edition(loaded["meeting"], number) if number else None
