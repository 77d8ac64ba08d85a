"""Connects accounts to the app: who makes a request is found in its tables."""

from __future__ import annotations

from flask import Flask

from app.accounts.identity import identify
from app.kernel.access import identify_by


def init_app(app: Flask) -> None:
    """Requests are identified by our session rows and device tokens."""
    identify_by(identify)
