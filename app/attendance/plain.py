"""The service worker of the scanner, served from the root so that it may keep the scanner's page."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app

from app.answers import asset
from app.kernel.access import access
from app.kernel.errors import NotFound

plain = Blueprint("attendance_plain", __name__)


@plain.get("/door-worker.js")
@access("attendance.worker")
def worker() -> Response:
    """The worker's script, under a name that does not change with its content."""
    name = asset("door-worker.js").rsplit("/", 1)[-1]
    path = Path(str(current_app.static_folder)) / name
    if not path.is_file():
        raise NotFound
    answer = Response(path.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
