"""Commands of the installation itself: its database and its journal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import click

from app import anchors, schema
from app.command_line import Commands, or_refuse
from app.kernel import journal
from app.kernel.clock import current_clock
from app.kernel.transaction import transaction

database_commands = Commands("database", help="Make, upgrade and check the database.")
journal_commands = Commands("journal", help="Seal and verify the hash chains of the journal.")


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


def _anchors(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> list[anchors.Anchor]:
    found = [(one, anchors.parse(one)) for one in given]
    for one, anchor in found:
        if anchor is None:
            raise click.BadParameter(f"{one!r} is no anchor: give SEQ:HASH or 'STREAM SEQ:HASH', as it was printed.")
    return [anchor for _one, anchor in found if anchor is not None]


@journal_commands.command("seal")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def seal(as_json: bool) -> None:
    """Record the heads of all streams and print one line, SEQ:HASH, to keep on paper or on another machine."""
    with transaction():
        anchors.seal(clock=current_clock())
    with transaction(writes=False):
        [head] = [one for one in anchors.heads() if one.stream == journal.INSTALLATION]
    click.echo(json.dumps({"stream": head.stream, "seq": head.seq, "hash": head.hash}) if as_json else str(head))


@journal_commands.command("head")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def head(as_json: bool) -> None:
    """Print the last entry of every stream as an anchor, a line each; writes nothing."""
    with transaction(writes=False):
        found = anchors.heads()
    if as_json:
        click.echo(json.dumps({"heads": [{"stream": one.stream, "seq": one.seq, "hash": one.hash} for one in found]}))
        return
    for one in found:
        click.echo(str(one))


@journal_commands.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--anchor", "kept", metavar="SEQ:HASH", multiple=True, callback=_anchors,
    help="A line that was kept of seal or head: its entry must still be there as it was. May be given again.",
)  # fmt: skip
def verify(as_json: bool, kept: list[anchors.Anchor]) -> None:
    """Walk every chain; exit 1 and name the first entry that does not fit, or is not what an anchor says."""
    with transaction(writes=False):
        streams, findings = journal.verify()
        findings += [one for anchor in kept for one in anchors.misfits(anchor)]
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
