"""Backups: whole, verified, restored only where nothing is overwritten."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import select

from app import schema
from app.backup import BackupError, create, restore
from app.kernel import files, journal
from app.kernel.access import SYSTEM
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.files import StoredFile
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from tests.operations.conftest import MakeInstallation
from tests.world import build_world


@pytest.fixture
def full(make_installation: MakeInstallation) -> LiqaaFlask:
    """An installation with a world, a journal and an uploaded file."""
    app = make_installation("a")
    with app.app_context():
        schema.create()
        with transaction():
            build_world()
            meeting = db.session.scalar(select(Meeting).where(Meeting.slug == "agadir-2022"))
            journal.record("meeting.changed", meeting, actor=SYSTEM, clock=Clock(), meeting=meeting, values={"ق": "ف"})
            files.store(io.BytesIO(b"%PDF-1.7 text"), "وثيقة.pdf")
    return app


def _everything(app: LiqaaFlask) -> dict[str, list[tuple[object, ...]]]:
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in db.metadata.sorted_tables
        }


@pytest.mark.parametrize("portable", [False, True])
def test_backup_restored_elsewhere_is_the_same_installation(
    full: LiqaaFlask, make_installation: MakeInstallation, tmp_path: Path, portable: bool
) -> None:
    place = tmp_path / "b.tar.gz"
    with full.app_context():
        create(place, portable=portable)
    assert place.stat().st_mode & 0o077 == 0
    other = make_installation("b")
    (other.config["LIQAA"].data_dir / "secret.key").write_text(other.config["LIQAA"].secret_key)
    with other.app_context():
        restore(place)
        with transaction(writes=False):
            row = db.session.scalar(select(StoredFile))
            assert row is not None
            assert files.read(row) == b"%PDF-1.7 text"
    assert _everything(other) == _everything(full)
    assert (other.config["LIQAA"].data_dir / "secret.key").read_text() == "a" * 40


def test_restore_over_a_database_is_refused(full: LiqaaFlask, tmp_path: Path) -> None:
    place = tmp_path / "b.tar.gz"
    with full.app_context():
        create(place)
        before = _everything(full)
        with pytest.raises(BackupError, match="overwrites nothing"):
            restore(place)
    assert _everything(full) == before


def test_backup_over_a_file_is_refused(full: LiqaaFlask, tmp_path: Path) -> None:
    place = tmp_path / "b.tar.gz"
    place.write_bytes(b"mine")
    with full.app_context(), pytest.raises(BackupError, match="already"):
        create(place)
    assert place.read_bytes() == b"mine"


@pytest.mark.parametrize("damage", ["cut", "flipped", "changed", "nothing"])
def test_damaged_backup_is_refused_before_anything_is_written(
    full: LiqaaFlask, make_installation: MakeInstallation, tmp_path: Path, damage: str
) -> None:
    place = tmp_path / "b.tar.gz"
    with full.app_context():
        create(place, portable=True)
    _damage(place, damage)
    other = make_installation("b")
    with other.app_context():
        with pytest.raises(BackupError):
            restore(place)
        with pytest.raises(schema.Absent):
            schema.check()


def _damage(place: Path, damage: str) -> None:
    content = place.read_bytes()
    if damage == "cut":
        place.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        middle = len(content) // 2
        place.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif damage == "nothing":
        place.write_bytes(b"")
    else:
        _rewrite(place)


def _rewrite(place: Path) -> None:
    """The same archive with one row changed, well formed."""
    members = []
    with tarfile.open(place) as tar:
        for info in tar:
            file = tar.extractfile(info)
            assert file is not None
            members.append((info.name, file.read()))
    with tarfile.open(place, "w:gz") as tar:
        for name, content in members:
            if name == "tables/meeting.jsonl":
                content = content.replace(b"agadir-2022", b"agadir-2023")
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def test_sqlite_file_is_refused_on_postgresql(
    full: LiqaaFlask, make_installation: MakeInstallation, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "postgresql":
        return
    place = tmp_path / "b.tar.gz"
    with full.app_context():
        create(place)
    monkeypatch.setattr("app.backup.restoring.engine_name", lambda: "postgresql")
    with make_installation("b").app_context(), pytest.raises(BackupError, match="--portable"):
        restore(place)


def test_backup_commands_answer_with_one_sentence(full: LiqaaFlask, tmp_path: Path) -> None:
    runner = full.test_cli_runner()
    place = tmp_path / "c.tar.gz"
    assert "keep it safe" in runner.invoke(args=["backup", "create", str(place)]).output
    refused = runner.invoke(args=["backup", "restore", str(place)])
    assert refused.exit_code == 1
    assert "overwrites nothing" in refused.output
