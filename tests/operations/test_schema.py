"""The schema: equal to the models, up and down with people in it; a wrong database is refused and never replaced."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text

from app import schema
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from tests.operations.conftest import Command, MakeInstallation, installed
from tests.world import build_world

NEWER = "UPDATE alembic_version SET version_num = '9999'"
GUNICORN = ("-m", "gunicorn", "-c", "tools/gunicorn.conf.py", "wsgi:app")
JOBS = ("-m", "flask", "jobs", "run", "--once")


def test_models_and_migrations_give_the_same_schema(make_installation: MakeInstallation) -> None:
    with make_installation("a").app_context():
        schema.create()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        schema.check()


def test_schema_goes_up_down_and_up_with_a_filled_world(make_installation: MakeInstallation) -> None:
    with make_installation("a").app_context():
        schema.create()
        for _ in range(2):
            with transaction():
                build_world()
            schema.downgrade()
            assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
            schema.upgrade()
            with transaction(writes=False):
                assert db.session.scalar(select(func.count()).select_from(Meeting)) == 0


def test_database_is_not_made_twice(make_installation: MakeInstallation) -> None:
    with make_installation("a").app_context():
        schema.create()
        with transaction():
            build_world()
        with pytest.raises(schema.SchemaError, match="already"):
            schema.create()
        with transaction(writes=False):
            assert db.session.scalar(select(func.count()).select_from(Meeting)) == 2


def test_database_of_a_newer_version_is_refused(make_installation: MakeInstallation) -> None:
    with make_installation("a").app_context():
        schema.create()
        with transaction():
            db.session.execute(text(NEWER))
        with pytest.raises(schema.SchemaError, match="newer version"):
            schema.check()


def test_database_without_our_tables_is_refused(make_installation: MakeInstallation, engine: str) -> None:
    app = make_installation("a")
    with app.app_context():
        if engine == "sqlite":
            sqlite3.connect(app.config["LIQAA"].sqlite_path).close()
            Path(app.config["LIQAA"].sqlite_path).touch()
        with pytest.raises(schema.Absent):
            schema.check()


@pytest.fixture(scope="module")
def made_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of this version in a file, made once; the faults are done to copies of it."""
    folder = tmp_path_factory.mktemp("made")
    place = folder / "liqaa.sqlite3"
    app = installed(folder)
    with app.app_context():
        schema.create()
        db.session.remove()
        db.engine.dispose()
    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return place


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "start", "expected"),
    [
        ("missing", GUNICORN, "no database at"),
        ("empty", GUNICORN, "no tables"),
        ("garbage", GUNICORN, "damaged or not a database"),
        ("torn", GUNICORN, "damaged"),
        ("newer", GUNICORN, "newer version"),
        ("missing", JOBS, "no database at"),
    ],
)
def test_process_with_a_wrong_database_ends_with_one_sentence_and_changes_nothing(
    fault: str, start: tuple[str, ...], expected: str, command: Command, tmp_path: Path, made_database: Path
) -> None:
    place = tmp_path / "liqaa.sqlite3"
    url = f"sqlite:///{place}"
    if fault in {"torn", "newer"}:
        shutil.copyfile(made_database, place)
    _break(place, fault)
    before = _content(place)
    ended = command(*start, DATABASE_URL=url, PORT="8171")
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert expected in ended.stderr
    assert _content(place) == before


def _content(place: Path) -> object:
    """What is in the file: its rows, or its bytes where it holds none."""
    if not place.exists():
        return None
    connection = sqlite3.connect(place)
    try:
        return list(connection.iterdump())
    except sqlite3.DatabaseError:
        return place.read_bytes()
    finally:
        connection.close()


def _break(place: Path, fault: str) -> None:
    if fault == "empty":
        place.touch()
    elif fault == "garbage":
        place.write_bytes(b"this was never a database " * 400)
    elif fault == "torn":
        content = bytearray(place.read_bytes())
        for start in range(4096, len(content) - 4096, 8192):
            content[start : start + 2048] = b"\xff" * 2048
        place.write_bytes(bytes(content))
    elif fault == "newer":
        connection = sqlite3.connect(place)
        connection.execute(NEWER)
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()


@pytest.mark.slow
def test_run_with_a_database_that_is_gone_does_not_make_an_empty_one(command: Command, tmp_path: Path) -> None:
    made = command("tools/prepare.py", PORT="8171")
    assert made.returncode == 0, made.stderr
    (tmp_path / "liqaa.sqlite3").unlink()
    again = command("tools/prepare.py", PORT="8171")
    assert again.returncode == 1
    assert "was made here before and is gone" in again.stderr
    assert not (tmp_path / "liqaa.sqlite3").exists()
