"""How the id of a recommendation in an address becomes the recommendation, inside its workshop or meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.kernel.access import loader
from app.recommendations import queries
from app.recommendations.models import Recommendation

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["Recommendation", "connect"]


def connect() -> None:
    """Register the parameter of this room; the API's own `ident` may name one that does not exist yet."""
    loader("recommendation_id", "recommendation", _load)


def _load(value: str, loaded: Mapping[str, Any]) -> Recommendation | None:
    workshop = loaded.get("workshop")
    if workshop is not None:
        return queries.in_workshop(workshop, value)
    return queries.in_meeting(loaded["meeting"], value)
