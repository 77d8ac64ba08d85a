"""The only module that names all rooms: their pages, listeners and commands are connected here."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Blueprint, Flask

from app.backup import backup_commands
from app.commands import database_commands, journal_commands
from app.health import health

ROOMS = (
    "jobs", "live", "paper", "accounts", "territory", "meetings", "participants", "workshops", "attendance",
    "recommendations", "plenary", "publication", "followup", "portal",
)  # fmt: skip


def connect(app: Flask) -> None:
    """Import every room in its order and connect what it offers."""
    app.cli.add_command(database_commands)
    app.cli.add_command(journal_commands)
    app.cli.add_command(backup_commands)
    app.register_blueprint(health)
    for room in ROOMS:
        _load(room, "models")
        _load(room, "rules")
        if loaders := _load(room, "loaders"):
            loaders.connect()
        if views := _load(room, "views"):
            app.register_blueprint(views.pages, url_prefix="/<lang>")
        if (api := _load(room, "api")) and isinstance(getattr(api, "api", None), Blueprint):
            app.register_blueprint(api.api, url_prefix="/api/v1")
        if listeners := _load(room, "listeners"):
            listeners.connect()
        _load(room, "handlers")
        if commands := _load(room, "commands"):
            app.cli.add_command(commands.commands)
        if plain := _load(room, "plain"):
            app.register_blueprint(plain.plain)
        if setup := _load(room, "setup"):
            setup.init_app(app)


def _load(room: str, module: str) -> Any:
    """A module of a room, or None when the room has no such layer."""
    name = f"app.{room}.{module}"
    return import_module(name) if find_spec(name) else None
