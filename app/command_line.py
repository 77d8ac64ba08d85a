"""What all commands of `flask` share: none begins on a database that the installation must not work with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app import schema
from app.kernel.errors import unavailable

Answer = TypeVar("Answer")


class Commands(AppGroup):
    """A group of commands that work on the database.

    Before each of them the database must be there and of this version; else the command ends with exit code 1 and one
    sentence on standard error, and has changed nothing. `@group.command(database=False)` is for those that work
    without one, or look after it themselves.
    """

    def command(self, *args: Any, database: bool = True, **kwargs: Any) -> Callable[[Callable[..., Any]], Any]:  # type: ignore[override]
        """Like click's decorator, for a function that finds the database in order."""

        def decorate(act: Callable[..., Any]) -> Any:
            registered = super(Commands, self).command(*args, **kwargs)
            return registered(_on_a_sound_database(act) if database else act)

        return decorate


def _on_a_sound_database(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        or_refuse(schema.check_at_hand)
        try:
            return act(*args, **kwargs)
        except DBAPIError as error:
            # Damage inside the file shows only where it is read: say so, if it is that.
            or_refuse(schema.check)
            if unavailable(error) is None:
                raise
            told = str(error.orig).strip().partition("\n")[0]
            click.echo(f"The disk or the database cannot serve now ({told}). Run the command again later.", err=True)
            sys.exit(1)

    return guarded


def or_refuse(act: Callable[[], Answer], *also: type[Exception]) -> Answer:
    """What the act gives; a database that is not in order (or one of `also`) ends in a sentence and exit code 1."""
    refusals: tuple[type[Exception], ...] = (schema.SchemaError, *also)
    try:
        return act()
    except refusals as error:
        click.echo(str(error), err=True)
        sys.exit(1)
