"""Restores an archive on a clean installation: everything is checked before anything is written, and after."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.schema import AddConstraint, DropConstraint

from app import schema
from app.backup.rows import read_rows
from app.backup.writing import DATABASE, FORMAT, KEY, MANIFEST, BackupError
from app.kernel import journal
from app.kernel.database import db, engine_name
from app.kernel.files import store_content
from app.kernel.transaction import transaction
from config import Settings


def restore(place: Path) -> dict[str, Any]:
    """Bring the archive back and give its manifest.

    Raises `BackupError` when the archive is damaged or of a newer version, and when there is a database already: a
    restore never overwrites. Run on the machine's own settings, so it may change host, port and folder.
    """
    settings: Settings = current_app.config["LIQAA"]
    _refuse_to_overwrite(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as name:
        folder = Path(name)
        manifest = _unpacked(place, folder)
        if manifest["portable"]:
            schema.create()
            _load_rows(folder / "tables")
        else:
            _place_sqlite(settings, folder / DATABASE)
        for path in (folder / "uploads").glob("*"):
            store_content(path.name, path.read_bytes())
        _place_key(settings, (folder / KEY).read_bytes())
    schema.check()
    _compare(manifest)
    return manifest


def _refuse_to_overwrite(settings: Settings) -> None:
    path = settings.sqlite_path
    if path is not None and path.exists():
        raise BackupError(f"There is a database already at {path}: a restore overwrites nothing. Move it away first.")
    if path is None and inspect(db.engine).get_table_names():
        raise BackupError("The PostgreSQL database has tables already: a restore overwrites nothing.")


def _unpacked(place: Path, folder: Path) -> dict[str, Any]:
    """The archive laid out in `folder`, every member compared with the manifest."""
    try:
        with tarfile.open(place, "r:gz") as tar:
            tar.extractall(folder, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        raise BackupError(f"{place} cannot be read: it is damaged or not a backup ({type(error).__name__}).") from error
    if not (folder / MANIFEST).exists():
        raise BackupError(f"{place} is not whole: it has no manifest.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise BackupError(f"{place} was made by another version of Liqaa; use that version to restore it.")
    for name, member in manifest["members"].items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != member["sha256"]:
            raise BackupError(f"{place} is damaged: {name} is not what the manifest says.")
    if not manifest["portable"] and engine_name() != "sqlite":
        raise BackupError(
            "This backup holds a file of SQLite. For PostgreSQL make it with: flask backup create --portable."
        )
    return manifest


def _place_sqlite(settings: Settings, source: Path) -> None:
    assert settings.sqlite_path is not None
    settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    part = settings.sqlite_path.with_suffix(".restoring")
    shutil.copyfile(source, part)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(part, settings.sqlite_path)


def _load_rows(folder: Path) -> None:
    """Fill the empty tables; foreign keys are taken off meanwhile, for rows may point to later ones."""
    with db.engine.begin() as connection:
        keys = [key for table in db.metadata.sorted_tables for key in table.foreign_key_constraints]
        if engine_name() == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            keys = []
        for key in keys:
            connection.execute(DropConstraint(key))
        for table in db.metadata.sorted_tables:
            with (folder / f"{table.name}.jsonl").open("rb") as file:
                for batch in read_rows(table, file):
                    connection.execute(table.insert(), batch)
        for key in keys:
            connection.execute(AddConstraint(key, isolate_from_table=False))


def _place_key(settings: Settings, key: bytes) -> None:
    """The key beside the data, unless the environment gives one: without it links that were sent open nothing."""
    place = settings.data_dir / KEY
    if not place.exists() or place.read_text(encoding="ascii").strip() != settings.secret_key:
        return  # The key of this installation comes from its environment.
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)


def _compare(manifest: dict[str, Any]) -> None:
    """The rows are as many as were written, and the journal's chain holds."""
    with db.engine.connect() as connection:
        for name, expected in manifest["tables"].items():
            if name in db.metadata.tables and (found := _count(connection, name)) != expected:
                raise BackupError(f"The table {name} has {found} rows instead of {expected}.")
    with transaction(writes=False):
        _streams, findings = journal.verify()
    if findings:
        raise BackupError(f"The journal does not verify: {findings[0].stream}, entry {findings[0].seq}.")


def _count(connection: Connection, name: str) -> int:
    count: int = connection.execute(select(func.count()).select_from(db.metadata.tables[name])).scalar_one()
    return count
