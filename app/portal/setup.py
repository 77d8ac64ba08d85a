"""Connects the frame of every page and, in a demonstration, its clock."""

from __future__ import annotations

from flask import Flask

from app.kernel import clock
from app.portal import frame
from app.portal.demonstration.state import demo_clock


def init_app(app: Flask) -> None:
    """Hand the frame to the templates; a demonstration's clock governs the domain's dates."""
    frame.init_app(app)
    settings = app.config["LIQAA"]
    if settings.demo and not settings.testing:
        clock.provide(demo_clock)
