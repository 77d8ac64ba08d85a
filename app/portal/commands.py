"""Commands of the demonstration."""

from __future__ import annotations

import json
import sys
import time

import click

from app.command_line import Commands
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.kernel.transaction import transaction
from app.portal.demonstration import replay
from app.portal.demonstration.state import DEFAULT, MOMENTS

commands = Commands("demo", help="The filled demonstration and its six moments.")


@commands.command("load")
@click.option("--moment", type=click.Choice(list(MOMENTS)), default=DEFAULT, show_default=True)
@click.option("--if-missing", is_flag=True, help="Do nothing when the demonstration is loaded already.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(moment: str, if_missing: bool, as_json: bool) -> None:
    """Set the demonstration to a moment; refuses a database that it did not make."""
    began = time.monotonic()
    try:
        with transaction():
            loaded = not (if_missing and replay.has_moment())
            if loaded:
                replay.set_moment(moment)
    except Refusal as refusal:
        click.echo(t.plain(refusal.key, lang="en", **refusal.params), err=True)
        sys.exit(1)
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        click.echo(json.dumps({"moment": moment, "loaded": loaded, "seconds": seconds}))
    else:
        click.echo(f"The demonstration stands at {moment} ({seconds} s)." if loaded else "The demonstration is there.")
