"""Commands of the territory."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from app.command_line import Commands
from app.kernel.access import SYSTEM
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.kernel.transaction import transaction
from app.territory import actions

commands = Commands("territory", help="Load the bodies of a country and keep its days off.")


@commands.command("load")
@click.option("--csv", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A list of other bodies or of another country; without it Morocco's is loaded.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path | None, as_json: bool) -> None:
    """Load regions, provinces, communes and national bodies with their everyday names, and the days off.

    Loading again changes only what changed in the list. Data of Morocco: HCP, RGPH 2024 (CC BY 4.0), modified.
    """
    try:
        with transaction():
            done = _load(file)
    except Refusal as refusal:
        click.echo(t.plain(refusal.key, lang="en", **refusal.params), err=True)
        sys.exit(1)
    except UnicodeDecodeError:
        click.echo("The file is not UTF-8 text.", err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(done))
    else:
        click.echo("{new} bodies new, {changed} changed, {same} the same; {aliases} new names; {days} new days off."
                   .format(**done))  # fmt: skip


def _load(file: Path | None) -> dict[str, int]:
    clock = current_clock()
    if file is not None:
        text = file.read_text(encoding="utf-8-sig")
        return asdict(actions.load_list(text, source=file.name, actor=SYSTEM, clock=clock)) | {"days": 0}
    loaded, days = actions.load_morocco(actor=SYSTEM, clock=clock)
    return asdict(loaded) | {"days": days}
