"""`flask publication`: whether what was published is still what was published."""

from __future__ import annotations

import json
import sys

import click

from app.command_line import Commands
from app.kernel.transaction import transaction
from app.publication.verification import verify

commands = Commands("publication", help="Verify what was published.")


@commands.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_editions(as_json: bool) -> None:
    """Compute every hash of every edition again; exit 1 naming each edition, text or document that does not fit."""
    with transaction(writes=False):
        editions, findings = verify()
    if as_json:
        click.echo(json.dumps({"editions": editions, "findings": [one.as_dict() for one in findings]}))
    else:
        for one in editions:
            click.echo(f"{one['meeting']} edition {one['number']}: {one['texts']} texts, {one['documents']} documents, "
                       f"{one['sha256']}")  # fmt: skip
        for finding in findings:
            click.echo(str(finding), err=True)
        if not findings:
            click.echo(f"{len(editions)} editions verified.")
    if findings:
        sys.exit(1)
