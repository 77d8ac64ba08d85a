"""What other rooms' templates may ask this room."""

from __future__ import annotations

from flask import Flask

from app.workshops.queries.own import open_offers, own_places


def init_app(app: Flask) -> None:
    """Let the page of a registration show one's own places (`workshops/_mine.html`)."""
    app.jinja_env.globals.update(own_places=own_places, own_offers=open_offers)
