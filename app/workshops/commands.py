"""`flask workshops`: assign participants to workshops from a file, without a database (07-protocols section 3)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from app.workshops import solver


@click.group("workshops", help="Assign participants to workshops.")
def commands() -> None:
    """The group."""


@commands.command("solve")
@click.argument("instance", type=click.Path(path_type=Path))
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True,
              help="The time the calculation may take.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Draws the lot among people alike; 0: first come.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
def solve(instance: Path, seconds: float, seed: int, as_json: bool) -> None:
    """Find the best plan for the INSTANCE, a JSON file (docs/assignment.md).

    An instance without a solution has an answer too (infeasible, refused) and ends with 0; only a file that cannot be
    read ends with 1.
    """
    answer = solver.solve(_read(instance), seconds=seconds, seed=seed)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _print(answer)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        _refuse(f"The file {path} cannot be read: {error.strerror or error}.")
    except (ValueError, RecursionError) as error:
        _refuse(f"The file {path} is not JSON: {error}.")
    if not isinstance(data, dict):
        _refuse(f"The file {path} holds no instance: an instance is a JSON object.")
    return dict(data)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)


def _print(answer: dict[str, Any]) -> None:
    click.echo(f"{answer['status']} in {answer['seconds']} s")
    for level in ("L1", "L2", "L3", "L4", "L5"):
        if answer.get(level) is not None:
            click.echo(f"{level} {answer[level]} (bound {answer['bounds'].get(level, '-')})")
    for conflict in answer["conflicts"]:
        click.echo(f"{', '.join(conflict['rules'])}: {conflict['message']}")
    for participant, places in answer["plan"].items():
        click.echo(f"{participant}: " + ", ".join(f"{slot} {at or '-'}" for slot, at in places.items()))
