"""Rows from the values of a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, DateTime

from app.kernel.database import Moment
from app.kernel.errors import Refusal
from app.kernel.languages import LANGUAGES


def fill(
    row: Any, told: dict[str, Any], grouped: Iterable[str], plain: Iterable[str], shift: timedelta = timedelta()
) -> Any:
    """Set the fields of a new row from the file; what the file leaves out keeps the table's own default."""
    columns = row.__table__.columns
    for name in grouped:
        for lang in LANGUAGES:
            if f"{name}_{lang}" in columns:
                setattr(row, f"{name}_{lang}", told.get(name, {}).get(lang, ""))
    for name in plain:
        if name in told:
            setattr(row, name, _read(told[name], columns[name].type, shift))
    return row


def _read(value: Any, kind: Any, shift: timedelta) -> Any:
    """A value of the file as the column keeps it: dates, wall hours and moments, moved by the shift."""
    if not isinstance(value, str) or not isinstance(kind, Date | DateTime | Moment):
        return value
    try:
        if isinstance(kind, Date):
            return date.fromisoformat(value) + shift
        return datetime.fromisoformat(value.replace("Z", "+00:00")) + shift
    except (ValueError, OverflowError) as error:
        raise Refusal("exchange_date", value=value) from error
