"""`flask backup create|restore`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from app.backup.restoring import restore
from app.backup.writing import BackupError, create
from app.command_line import Commands, or_refuse

backup_commands = Commands("backup", help="Write and restore a backup of the whole installation.")


@backup_commands.command("create")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--portable", is_flag=True, help="Write rows, which both engines take, instead of the file of SQLite.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def create_command(file: Path | None, portable: bool, as_json: bool) -> None:
    """Write database, uploads and key to FILE (.tar.gz; by default into the backups folder), while people work."""
    folder = current_app.config["LIQAA"].backups_folder
    place = file or folder / f"liqaa-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
    _attempt(
        lambda: create(place.absolute(), portable=portable),
        f"Written: {place}. It holds the key: keep it safe.",
        as_json,
    )


@backup_commands.command("restore", database=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def restore_command(file: Path, as_json: bool) -> None:
    """Bring FILE back where there is no database yet; verified before and after."""
    _attempt(lambda: restore(file), "Restored and verified.", as_json)


def _attempt(act: Callable[[], object], done: str, as_json: bool) -> None:
    manifest = or_refuse(act, BackupError)
    click.echo(json.dumps(manifest) if as_json else done)
