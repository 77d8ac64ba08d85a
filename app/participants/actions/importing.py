"""An import: the file kept, its dry run stored, everything written in one transaction, undone within a day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from app.kernel import files, journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.participants.actions.imported import Writing, is_bad
from app.participants.importing import Analysis, Change, FileRefused, Flag, Row, Sheet, read_workbook
from app.participants.importing.safety import format_of
from app.participants.models import ImportBatch
from app.participants.queries import importing as queries

UNDO = timedelta(hours=24)
ENDINGS = {"xlsx": ".xlsx", "ods": ".ods", "xls": ".xls", "text": ".csv"}


class ImportRefused(Refusal):
    """A file that is refused whole, with the importer's own code and sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code, field="file", types="XLSX, XLS, ODS, CSV")

    @property
    def key(self) -> str:
        return f"import.refused.{self.code}"


def read_file(content: bytes, name: str) -> list[Sheet]:
    """The sheets of a file; raises `ImportRefused` with the importer's code."""
    try:
        return read_workbook(content, name=name)
    except FileRefused as refused:
        raise ImportRefused(refused.code) from refused


def upload(*, meeting: Meeting, content: bytes, filename: str, actor: Actor, clock: Clock) -> ImportBatch:
    """Keep a file that can be read; nothing is written about anybody. Refuses as `read_file` does."""
    require(actor, "participants.import", meeting)
    read_file(content, filename)
    stem = filename.rsplit(".", 1)[0] or "list"
    kept = files.store(BytesIO(content), stem + ENDINGS[format_of(content)], kinds=("xlsx", "ods", "xls", "csv"))
    batch = ImportBatch(
        meeting_id=meeting.id, file_id=kept.id, filename=filename[:200], sha256=hashlib.sha256(content).hexdigest(),
        state="columns", account_id=actor.id, at=clock.now(),
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    return batch


def sheets_of(batch: ImportBatch) -> list[Sheet]:
    """The sheets of a kept file; refuses with `import_file_gone` once the file is deleted."""
    row = db.session.get(files.StoredFile, batch.file_id) if batch.file_id else None
    if row is None:
        raise Refusal("import_file_gone")
    return read_file(files.read(row), batch.filename)


def check(*, batch: ImportBatch, meeting: Meeting, mapping: dict[str, Any] | None, actor: Actor) -> Analysis:
    """The dry run with the columns chosen, stored for the page that shows it. Writes nothing about anybody."""
    require(actor, "participants.import", meeting)
    if batch.state not in ("columns", "checking", "checked"):
        raise Refusal("import_state")
    if mapping is not None:
        batch.mapping = mapping
    try:
        analysis = queries.dry_run(meeting, sheets_of(batch), batch.mapping or None)
    except FileRefused as refused:
        raise ImportRefused(refused.code) from refused
    batch.rows = [stored(row) for row in analysis.rows]
    head = journal.heads(journal.stream_of(meeting))[0]
    batch.summary = analysis.summary | {"bad": sum(is_bad(row) for row in analysis.rows), "head": head}
    batch.state = "checked"
    return analysis


def commit(*, batch: ImportBatch, meeting: Meeting, skip_bad: bool, actor: Actor, clock: Clock) -> dict[str, int]:
    """Write the whole import in this one transaction; gives the counts of what was written.

    All or nothing: refuses with `import_bad_rows` while a row is to be mended, unless bad rows are to be skipped. What
    was read at the dry run is written as long as nothing happened in the meeting since; else the file is read again.
    Committed before: nothing happens again. One journal entry for all: participant.imported.
    """
    require(actor, "participants.import", meeting)
    if batch.state == "done":
        return dict(batch.summary.get("written", {}))
    if batch.state not in ("checked", "committing", "columns"):
        raise Refusal("import_state")
    if batch.rows and batch.summary.get("head") == journal.heads(journal.stream_of(meeting))[0]:
        rows, summary = [read_back(one) for one in batch.rows], dict(batch.summary)
    else:
        try:
            analysis = queries.dry_run(meeting, sheets_of(batch), batch.mapping or None)
        except FileRefused as refused:
            raise ImportRefused(refused.code) from refused
        rows, summary = analysis.rows, analysis.summary
    return commit_rows(
        batch=batch, meeting=meeting, rows=rows, summary=summary, skip_bad=skip_bad, actor=actor, clock=clock
    )


def commit_rows(
    *, batch: ImportBatch, meeting: Meeting, rows: Sequence[Row], summary: dict[str, Any], skip_bad: bool,
    actor: Actor, clock: Clock,
) -> dict[str, int]:  # fmt: skip
    """Write rows that were just read and say so in the import; otherwise as `commit`."""
    require(actor, "participants.import", meeting)
    writing = write(meeting=meeting, rows=rows, skip_bad=skip_bad, batch=batch, actor=actor, clock=clock)
    batch.rows = [stored(row) | writing.trace(row) for row in rows]
    batch.summary = summary | {"written": writing.counts, "bad": sum(is_bad(row) for row in rows)}
    batch.state, batch.committed_at = "done", clock.now()
    return writing.counts


def write(
    *, meeting: Meeting, rows: Sequence[Row], skip_bad: bool, batch: ImportBatch, actor: Actor, clock: Clock
) -> Writing:
    """Write rows that were read, under an import; refuses with `import_bad_rows` as `commit` does."""
    bad = [row for row in rows if is_bad(row)]
    if bad and not skip_bad:
        raise Refusal("import_bad_rows", count=len(bad))
    writing = Writing(meeting, batch.id, clock)
    for row in rows:
        if not (skip_bad and is_bad(row)):
            writing.row(row)
    writing.finish()
    touched = writing.touched
    if touched:
        journal.record(
            "participant.imported", ("participant", touched[0]), actor=actor, clock=clock, meeting=meeting,
            ids=touched[1:], public=True,
            values={"import": batch.id, "file": batch.filename, "written": writing.counts},
        )  # fmt: skip
    return writing


def may_undo(batch: ImportBatch, clock: Clock) -> bool:
    """Whether an import can still be undone."""
    return batch.state == "done" and batch.committed_at is not None and clock.now() - batch.committed_at <= UNDO


def forget_file(batch: ImportBatch) -> None:
    """Delete the file of an import and what was read from it; the counts stay."""
    row = db.session.get(files.StoredFile, batch.file_id) if batch.file_id else None
    batch.rows, batch.file_id = [], None
    db.session.flush()
    if row is not None:
        files.forget(row)


def stored(row: Row) -> dict[str, Any]:
    """A row as it is kept for the pages: the contract's object, with the remarks and changes in full."""
    remarks = [
        {"code": one.code, "level": one.level, "field": one.field, "value": one.value, "params": dict(one.params)}
        for one in row.flags
    ]
    changes = [{"field": one.field, "old": one.old, "new": one.new} for one in row.changes]
    kept = {"name_zgh": row.name_zgh, "body_id": row.body_id, "remarks": remarks, "changes": changes}
    return row.as_json() | kept | {"bad": is_bad(row)}


def read_back(kept: dict[str, Any]) -> Row:
    """The row that `stored` kept."""
    plain = {name: kept[name] for name in ("sheet", "row", "outcome", "name_ar", "name_latin", "name_zgh", "honorific",
                                           "category", "role", "body_id", "body_code", "body_match", "email",
                                           "represented_by", "status", "duplicate_of")}  # fmt: skip
    day = kept["registered_on"]
    return Row(
        **plain, phones=list(kept["phones"]), wishes=list(kept["wishes"]),
        registered_on=date.fromisoformat(day) if day else None,
        flags=[Flag(one["code"], one["field"], one["value"], tuple(one["params"].items())) for one in kept["remarks"]],
        changes=[Change(one["field"], one["old"], one["new"]) for one in kept["changes"]],
    )  # fmt: skip
