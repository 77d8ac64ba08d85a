"""The schema of the database: made, brought up to date and checked, never replaced by an empty one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError, OperationalError

from app.kernel.database import db
from config import ROOT, Settings


class SchemaError(Exception):
    """A database the installation cannot work with; its text is for the administrator."""


class Outdated(SchemaError):
    """A database of an older version, which `upgrade` brings up."""


class Absent(SchemaError):
    """There is no database yet, or no table in it."""


def create() -> None:
    """Make an empty database with the current schema; refuses when there is one already."""
    settings: Settings = current_app.config["LIQAA"]
    path = settings.sqlite_path
    if path is not None:
        if path.exists() and path.stat().st_size:
            raise SchemaError(f"There is a database already at {path}.")
        path.parent.mkdir(parents=True, exist_ok=True)
        sqlite3.connect(path).close()
    elif inspect(db.engine).get_table_names():
        raise SchemaError("The PostgreSQL database has tables already.")
    upgrade()


def upgrade() -> None:
    """Bring the schema to the newest revision."""
    command.upgrade(_config(), "head")


def stamp() -> None:
    """Say of tables made from the models that they are of the newest revision (tests)."""
    command.stamp(_config(), "head")


def downgrade(revision: str = "base") -> None:
    """Take the schema back to a revision (tests, and a step back after a bad release)."""
    command.downgrade(_config(), revision)


def autogenerate(message: str, revision: str) -> None:
    """Write a migration from the difference between tables and models (development)."""
    command.revision(_config(), message=message, autogenerate=True, rev_id=revision)


def check() -> None:
    """Raise `SchemaError` with a plain sentence unless the database is there, whole and of this version."""
    path = _file()
    if path is not None:
        _check_file(path)
    check_version()


def check_at_hand() -> None:
    """As `check`, without reading a whole file for damage: there, a database, of this version."""
    _file()
    check_version()


def _file() -> Path | None:
    """The file of the database, which must be there; None on PostgreSQL."""
    settings: Settings = current_app.config["LIQAA"]
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise Absent(f"There is no database at {path}. Restore a backup, or make one: flask database create.")
    return path


def check_version() -> None:
    """The last part of `check`: the revision of the tables is the one this version works with."""
    try:
        with db.engine.connect() as connection:
            found = set(MigrationContext.configure(connection).get_current_heads())
    except (OperationalError, DBAPIError) as error:
        raise SchemaError(f"The database cannot be opened: {error.orig}.") from error
    script = ScriptDirectory.from_config(_config())
    known = {revision.revision for revision in script.walk_revisions()}
    if not found:
        raise Absent("The database has no tables of Liqaa. Make them with `flask database upgrade`.")
    if found - known:
        raise SchemaError(
            "The database was made by a newer version of Liqaa. Install that version, or restore a backup."
        )
    if found != set(script.get_heads()):
        raise Outdated("The database is of an older version. Bring it up with `flask database upgrade`.")


def _check_file(path: Path) -> None:
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        connection.close()
    except sqlite3.DatabaseError as error:
        raise SchemaError(f"The file {path} is damaged or not a database ({error}). Restore a backup.") from error
    if answer != "ok":
        raise SchemaError(f"The database {path} is damaged ({' '.join(answer.split())}). Restore a backup.")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


__all__ = ["Absent", "Outdated", "SchemaError", "autogenerate", "check", "create", "downgrade", "upgrade"]
