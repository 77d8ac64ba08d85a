"""Commands about people (07-protocols section 2)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from app.command_line import Commands
from app.kernel.access import SYSTEM
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.languages import speaking, t
from app.kernel.transaction import transaction
from app.meetings.queries import find_meeting
from app.participants.actions import importing
from app.participants.importing import Analysis, FileRefused, Sheet
from app.participants.queries.importing import dry_run

commands = Commands("participants", help="The people of a meeting.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meeting", "slug", required=True, help="The meeting's slug.")
@click.option("--sheet", "sheet_name", help="Read this sheet alone.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave out the rows that are to be mended, instead of writing nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row, then the summary.")
def import_people(file: Path, slug: str, sheet_name: str | None, dry: bool, skip_bad: bool, as_json: bool) -> None:
    """Import a list of people from FILE (xlsx, xls, ods, csv), whole or not at all."""
    with speaking("en"):
        try:
            with transaction(writes=not dry):
                _import(file, slug, sheet_name, dry, skip_bad, as_json)
        except FileRefused as refused:
            message = t.plain(f"import.refused.{refused.code}", types="XLSX, XLS, ODS, CSV")
            _refuse({"refused": refused.code, "message": message} if as_json else None, message)
        except Refusal as refusal:
            refused_file = isinstance(refusal, importing.ImportRefused)
            message = t.plain(refusal.key, **refusal.params)
            _refuse({"refused": refusal.code, "message": message} if as_json and refused_file else None, message)


def _import(file: Path, slug: str, sheet_name: str | None, dry: bool, skip_bad: bool, as_json: bool) -> None:
    meeting = find_meeting(slug)
    if meeting is None:
        raise Refusal("no_meeting", slug=slug)
    content = file.read_bytes()
    sheets = _chosen(importing.read_file(content, file.stem), sheet_name)
    analysis = dry_run(meeting, sheets)
    _tell(analysis, as_json)
    written: dict[str, int] = {}
    if not dry:
        batch = importing.upload(meeting=meeting, content=content, filename=file.name, actor=SYSTEM,
                                 clock=current_clock())  # fmt: skip
        written = importing.commit_rows(batch=batch, meeting=meeting, rows=analysis.rows, summary=analysis.summary,
                                        skip_bad=skip_bad,
                                        actor=SYSTEM, clock=current_clock())  # fmt: skip
    summary: dict[str, Any] = analysis.summary | ({} if dry else {"written": written})
    click.echo(json.dumps({"summary": summary}, ensure_ascii=False) if as_json else _words(summary))


def _chosen(sheets: list[Sheet], name: str | None) -> list[Sheet]:
    if name is None:
        return sheets
    found = [sheet for sheet in sheets if sheet.name == name]
    if not found:
        raise Refusal("no_sheet", sheet=name)
    return found


def _tell(analysis: Analysis, as_json: bool) -> None:
    for row in analysis.rows:
        if as_json:
            click.echo(json.dumps(row.as_json(), ensure_ascii=False))
        else:
            flags = ", ".join(flag.code for flag in row.flags)
            click.echo(f"{row.sheet} {row.row}: {row.outcome} {row.display_name} {flags}".rstrip())


def _words(summary: dict[str, Any]) -> str:
    counts = ", ".join(f"{name} {summary[name]}" for name in ("rows", "new", "changed", "same", "duplicate", "reserved",
                                                              "rejected", "to_mend"))  # fmt: skip
    return f"{counts}. Written: {summary['written']}." if "written" in summary else f"{counts}. Nothing was written."


def _refuse(answer: dict[str, str] | None, message: str) -> None:
    if answer is not None:
        click.echo(json.dumps(answer, ensure_ascii=False))
    click.echo(message.replace("\u2068", "").replace("\u2069", ""), err=True)
    sys.exit(1)
