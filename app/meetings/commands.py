"""Commands of meetings: a whole meeting to a file, and from one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from app.command_line import Commands
from app.kernel.access import SYSTEM
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.kernel.transaction import transaction
from app.meetings import exchange, queries
from app.meetings.exchange.checking import schema as whole_schema

commands = Commands("meetings", help="Write a meeting to a file, or load one.")


def _refuse(refusal: Refusal) -> None:
    click.echo(t.plain(refusal.key, lang="en", **refusal.params), err=True)
    sys.exit(1)


@commands.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export(slug: str, file: Path, as_json: bool) -> None:
    """Write the whole meeting SLUG to FILE (the form is docs/meeting-file.md)."""
    with transaction(writes=False):
        meeting = queries.find_meeting(slug)
        content = exchange.write(meeting) if meeting else None
    if content is None:
        _refuse(Refusal("exchange_no_meeting", slug=slug))
        return
    file.write_bytes(content)
    done = {"slug": slug, "file": str(file), "bytes": len(content)}
    click.echo(json.dumps(done) if as_json else f"{slug}: {len(content)} bytes written to {file}.")


@commands.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", default="", help="Another address: the meeting becomes a new one, in preparation.")
@click.option("--code", default="", help="Another code for its numbers, such as AGA23.")
@click.option("--shift-days", type=int, default=0, help="Move every date by so many days.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path, slug: str, code: str, shift_days: int, as_json: bool) -> None:
    """Load a meeting from FILE; with --slug and --shift-days it is next year's, in preparation."""
    try:
        data = exchange.parse(file.read_bytes())
        with transaction():
            meeting = exchange.load(
                data, actor=SYSTEM, clock=current_clock(), slug=slug, code=code, shift_days=shift_days
            )
            done = {"slug": meeting.slug, "programme": meeting.programme.slug, "phase": meeting.phase}
    except Refusal as refusal:
        _refuse(refusal)
        return
    click.echo(json.dumps(done) if as_json else f"{done['slug']} is loaded, phase {done['phase']}.")


@commands.command("schema", database=False)
def schema() -> None:
    """Print the JSON Schema of the file with every section of this version."""
    click.echo(json.dumps(whole_schema(), ensure_ascii=False, indent=1))
