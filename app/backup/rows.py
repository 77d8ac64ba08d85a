"""Rows of any table as lines of JSON and back, alike on both engines."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from sqlalchemy import Date, DateTime, LargeBinary, Numeric, Table, Time, select
from sqlalchemy.engine import Connection

from app.kernel.database import Moment

BATCH = 500


def write_rows(connection: Connection, table: Table, file: BinaryIO) -> int:
    """Write every row of a table, one JSON object a line, in the order of its key; how many."""
    count = 0
    chosen = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=BATCH).execute(chosen).mappings():
        line = {name: _plain(value) for name, value in row.items()}
        file.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        count += 1
    return count


def read_rows(table: Table, file: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    """The rows of a file in batches, with the values the table's columns take."""
    batch = []
    for line in file:
        row = json.loads(line)
        batch.append({column.name: _typed(column.type, row.get(column.name)) for column in table.columns})
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment | DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Time):
        return time.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return Decimal(value) if isinstance(kind, Numeric) and kind.asdecimal else value
