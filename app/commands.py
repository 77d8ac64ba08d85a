"""Commands of the installation itself: its database and its journal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import click

from app import schema
from app.command_line import Commands, or_refuse
from app.kernel import journal
from app.kernel.transaction import transaction

database_commands = Commands("database", help="Make, upgrade and check the database.")
journal_commands = Commands("journal", help="Verify the hash chain of the journal.")


def _attempt(act: Callable[[], object], done: str) -> None:
    or_refuse(act)
    click.echo(done)


@database_commands.command("create", database=False)
def create() -> None:
    """Make an empty database with the current schema; refuses to replace one."""
    _attempt(schema.create, "The database is made.")


@database_commands.command("upgrade", database=False)
def upgrade() -> None:
    """Bring the database up to this version."""
    _attempt(schema.upgrade, "The database is up to date.")


@database_commands.command("check", database=False)
def check() -> None:
    """Say whether the database is there, whole and of this version."""
    _attempt(schema.check, "The database is in order.")


@database_commands.command("migration", database=False, hidden=True)
@click.argument("message")
@click.argument("revision")
def migration(message: str, revision: str) -> None:
    """Write a migration from the difference between tables and models (development)."""
    _attempt(lambda: schema.autogenerate(message, revision), "The migration is written.")


@journal_commands.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(as_json: bool) -> None:
    """Walk every chain; exit 1 and name the first entry that does not fit."""
    with transaction(writes=False):
        streams, findings = journal.verify()
    entries = sum(stream["entries"] for stream in streams)
    if as_json:
        found = [{"stream": one.stream, "seq": one.seq, "reason": one.reason} for one in findings]
        click.echo(json.dumps({"streams": streams, "entries": entries, "findings": found}))
    else:
        for stream in streams:
            click.echo(f"{stream['stream']}: {stream['entries']} entries, head {stream['head']}")
        click.echo(f"{len(streams)} streams, {entries} entries.")
    for one in findings:
        click.echo(f"{one.stream}: entry {one.seq} {one.reason}.", err=True)
    if findings:
        sys.exit(1)
