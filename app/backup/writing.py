"""Writes the archive: a consistent picture of the database while people go on working, and every uploaded file."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from app.backup.rows import write_rows
from app.kernel import files
from app.kernel.clock import stamp
from app.kernel.database import db, engine_name
from app.kernel.files import StoredFile
from config import Settings

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.sqlite3"
KEY = "secret.key"


class BackupError(Exception):
    """Why a backup cannot be written or restored; its text is for the administrator."""


class Archive:
    """A tar.gz being written under another name, and the list of what is in it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.members: dict[str, dict[str, Any]] = {}
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            dir=place.parent, prefix=".part-"
        )  # Readable by its owner alone: it has the key.
        self.part = Path(name)
        self.file = os.fdopen(handle, "wb")
        self.tar = tarfile.open(fileobj=self.file, mode="w:gz", compresslevel=6)  # noqa: SIM115

    def add(self, name: str, content: bytes) -> None:
        self._note(name, hashlib.sha256(content).hexdigest(), len(content))
        self._put(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self._note(name, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)
            file.seek(0)
            self._put(name, file, path.stat().st_size)

    def _note(self, name: str, digest: str, size: int) -> None:
        self.members[name] = {"sha256": digest, "size": size}

    def _put(self, name: str, file: Any, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
        self.tar.addfile(info, file)

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, make it durable and give it its name."""
        content = json.dumps(manifest | {"members": self.members}, indent=1, sort_keys=True).encode()
        self._put(MANIFEST, io.BytesIO(content), len(content))
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        os.replace(self.part, self.place)

    def abandon(self) -> None:
        self.file.close()
        self.part.unlink(missing_ok=True)


def create(place: Path, *, portable: bool = False) -> dict[str, Any]:
    """Write the archive to `place` and give its manifest; `portable` writes rows instead of the file of SQLite.

    Raises `BackupError` when there is a file of that name already.
    """
    if place.exists():
        raise BackupError(f"There is a file already at {place}.")
    settings: Settings = current_app.config["LIQAA"]
    archive = Archive(place)
    try:
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            copy = _copy_sqlite(settings, archive, Path(folder)) if settings.sqlite_path and not portable else None
            tables, revision, names = _rows(archive, Path(folder), copy)
        for name in names:
            archive.add(f"uploads/{name}", files.read(StoredFile(sha256=name)))
        archive.add(KEY, settings.secret_key.encode())
        manifest = {"format": FORMAT, "at": stamp(datetime.now(UTC)), "engine": engine_name(), "revision": revision,
                    "tables": tables, "portable": copy is None}  # fmt: skip
        archive.close(manifest)
    except BaseException:
        archive.abandon()
        raise
    return manifest


def _copy_sqlite(settings: Settings, archive: Archive, folder: Path) -> Path:
    """SQLite's online backup: a whole database, whoever writes meanwhile."""
    copy = folder / DATABASE
    source, target = sqlite3.connect(f"file:{settings.sqlite_path}?mode=ro", uri=True), sqlite3.connect(copy)
    with source, target:
        source.backup(target)
    target.execute("PRAGMA journal_mode=DELETE")
    source.close()
    target.close()
    archive.add_file(DATABASE, copy)
    return copy


def _rows(archive: Archive, folder: Path, copy: Path | None) -> tuple[dict[str, int], str, list[str]]:
    """Rows a table, the revision, and the names of uploads, all of one picture: the copy, or one snapshot."""
    from sqlalchemy import create_engine  # noqa: PLC0415

    engine = create_engine(f"sqlite:///{copy}") if copy else db.engine
    options = {} if copy or engine_name() == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection:
        names = list(connection.execute(select(StoredFile.sha256).distinct().order_by(StoredFile.sha256)).scalars())
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        if copy:
            tables = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in db.metadata.sorted_tables
            }
        else:
            tables = {table.name: _dump(archive, folder, connection, table) for table in db.metadata.sorted_tables}
    if copy:
        engine.dispose()
    return tables, revision, names


def _dump(archive: Archive, folder: Path, connection: Connection, table: Any) -> int:
    path = folder / f"{table.name}.jsonl"
    with path.open("wb") as file:
        count = write_rows(connection, table, file)
    archive.add_file(f"tables/{table.name}.jsonl", path)
    path.unlink()
    return count
