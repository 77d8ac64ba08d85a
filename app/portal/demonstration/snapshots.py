"""The moments of the demonstration as they were replayed, kept beside the data: the next change to one is a copy.

A replay of a whole year takes many seconds and would hold SQLite's only writer for as long. A snapshot holds every row
of the demonstration's meeting at one moment; it fits the very database it was taken from and the code it was taken
with, and is passed over when either has changed.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Date, DateTime, LargeBinary, Table, delete, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.kernel import journal
from app.kernel.database import Moment, db
from app.portal.demonstration import story
from app.territory.models import Body

# What a change of moment leaves alone: people who sign in, bodies, jobs under way, and the mark of the demonstration.
KEPT = {
    "body", "body_alias", "day_off", "account", "role_grant", "sign_in_session", "mail_link", "attempt", "demo_state",
    "job", "stored_file",
}  # fmt: skip
JOURNAL = (journal.Stream.__table__, journal.Entry.__table__, journal.Value.__table__, journal.Touched.__table__)
MEETINGS = "meeting:%"  # The streams that belong to the demonstration's meeting.
Row = dict[str, Any]


def empty() -> None:
    """Remove the meetings of the demonstration with everything under them, and their streams of the journal."""
    for table in reversed(tables()):
        db.session.execute(delete(table).where(*_own(table)))
    db.session.expire_all()


def keep(moment: str) -> None:
    """Write the present rows of the demonstration as the snapshot of a moment; a snapshot in place is replaced."""
    db.session.flush()
    journal.write_entries()  # What the story did so far belongs to the moment, its entries of the journal too.
    rows = {table.name: list(rows_of(table)) for table in tables()}
    path = _path(moment)
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{moment}-*.json.gz"):
        old.unlink(missing_ok=True)
    whole = path.with_suffix(".new")
    whole.write_bytes(gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), compresslevel=1, mtime=0))
    whole.replace(path)


def bring_back(moment: str) -> bool:
    """Put the rows of a moment's snapshot into the emptied tables; False when there is none that fits."""
    path = _path(moment)
    try:
        kept: dict[str, list[Row]] = json.loads(gzip.decompress(path.read_bytes()))
        with db.session.begin_nested():
            for table in tables():
                for rows in _parents_first(table, [_read(table, row) for row in kept[table.name]]):
                    db.session.execute(insert(table), rows)
    except (OSError, EOFError, ValueError, KeyError, IntegrityError):
        return False  # Missing, cut short, or of bodies and people that are gone: the replay makes it anew.
    db.session.expire_all()
    return True


def tables() -> list[Table]:
    """What a moment consists of, parents before children."""
    there = set(inspect(db.session.connection()).get_table_names())
    return [table for table in db.metadata.sorted_tables if table.name in there and table.name not in KEPT]


def _own(table: Table) -> list[Any]:
    """Of the journal, only the streams of meetings: what the installation did is not the demonstration's."""
    if table not in JOURNAL:
        return []
    return [(table.c.id if table is journal.Stream.__table__ else table.c.stream_id).like(MEETINGS)]


def _path(moment: str) -> Path:
    """The file of a moment; its name tells code, story and database."""
    told = hashlib.sha256(str(current_app.config["BUILD"]).encode())
    for table in db.metadata.sorted_tables:
        told.update(f"{table.name}{[f'{column.name}{column.type!r}' for column in table.columns]}".encode())
    for file in sorted(story.FOLDER.rglob("*.*")):
        if file.suffix in {".py", ".csv", ".json"}:
            told.update(file.read_bytes())
    people = db.session.scalars(select(Account.id).where(Account.persona.is_not(None)).order_by(Account.id))
    told.update(repr([list(people), db.session.scalar(select(func.min(Body.id)))]).encode())
    folder: Path = current_app.config["LIQAA"].data_dir
    return folder / "moments" / f"{moment}-{told.hexdigest()[:16]}.json.gz"


def rows_of(table: Table) -> Iterator[Row]:
    """The demonstration's rows of a table, as they are written down."""
    for row in db.session.execute(select(table).where(*_own(table))).mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def _read(table: Table, row: Row) -> Row:
    return {
        column.name: row[column.name] if row[column.name] is None else _reader(column.type)(row[column.name])
        for column in table.columns
    }


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, Moment | DateTime):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    return base64.b64decode if isinstance(kind, LargeBinary) else lambda value: value


def _parents_first(table: Table, rows: list[Row]) -> Iterator[list[Row]]:
    """The rows in turns: whoever names a row of the same table comes after it."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    there: set[str | None] = {None}
    while rows:
        turn = [row for row in rows if all(row[name] in there for name in own)]
        if not turn:
            raise ValueError(table.name)
        yield turn
        rows = [row for row in rows if not all(row[name] in there for name in own)]
        there |= {row["id"] for row in turn} if own else set()
