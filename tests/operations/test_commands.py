"""Commands on a database that is not there or not of this version: one sentence, exit code 1, and nothing is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result
from sqlalchemy import text

from app import schema
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask
from tests.operations.conftest import MakeInstallation, installed

FILE = "{file}"
NEEDY = {
    "accounts create-admin": ("a@liqaa.example", "--name", "نادية"),
    "backup create": (FILE,),
    "demo load": ("--moment", "eve"),
    "jobs list": (),
    "jobs mail-trial": ("a@liqaa.example",),
    "jobs retry": (),
    "jobs run": ("--once",),
    "journal head": (),
    "journal seal": (),
    "journal verify": (),
    "meetings export": ("agadir-2022", FILE),
    "meetings load": (FILE,),
    "participants import": (FILE, "--meeting", "agadir-2022"),
    "publication verify": (),
    "territory load": (),
}
# They make or look after the database themselves, or need none.
FREE = {
    "backup restore", "database check", "database create", "database migration", "database upgrade", "meetings schema",
    "workshops solve",
}  # fmt: skip
FLASKS_OWN = {"run", "routes", "shell"}


def commands(app: LiqaaFlask) -> Iterator[str]:
    """Every command of the product, as it is typed."""
    for name, group in app.cli.commands.items():
        if isinstance(group, click.Group):
            yield from (f"{name} {inner}" for inner in group.commands)
        elif name not in FLASKS_OWN:
            yield name


def run(app: LiqaaFlask, command: str, file: Path) -> Result:
    file.write_text("{}", encoding="utf-8")
    args = [str(file) if word == FILE else word for word in NEEDY[command]]
    return app.test_cli_runner().invoke(args=[*command.split(), *args])


def refused(result: Result, words: str) -> None:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_every_command_is_asked(make_installation: MakeInstallation) -> None:
    assert set(commands(make_installation("a"))) == NEEDY.keys() | FREE


@pytest.mark.parametrize("command", NEEDY)
def test_command_without_a_database_ends_with_a_sentence(
    command: str, make_installation: MakeInstallation, engine: str, tmp_path: Path
) -> None:
    app = make_installation("a")
    refused(run(app, command, tmp_path / "file.json"), "no database" if engine == "sqlite" else "no tables")
    assert engine != "sqlite" or not (tmp_path / "a" / "liqaa.sqlite3").exists()


def test_command_that_meets_damage_inside_the_file_ends_with_a_sentence(tmp_path: Path) -> None:
    place = tmp_path / "liqaa.sqlite3"
    app = installed(tmp_path)
    with app.app_context():
        schema.create()
        with db.engine.begin() as connection:
            # The table and its indexes: whichever is read first.
            roots = connection.scalars(text("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'stream'")).all()
            size = connection.scalar(text("PRAGMA page_size"))
        db.engine.dispose()
    with place.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"\xff" * 100)
    refused(run(app, "journal verify", tmp_path / "file.json"), "damaged")


def test_command_on_the_database_of_a_newer_version_ends_with_a_sentence(
    make_installation: MakeInstallation, tmp_path: Path
) -> None:
    app = make_installation("a")
    with app.app_context():
        schema.create()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in NEEDY:
        refused(run(app, command, tmp_path / "file.json"), "newer version")
