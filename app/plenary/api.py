"""The state of the wall for its script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.kernel.access import access
from app.kernel.clock import current_clock
from app.plenary import wall

api = Blueprint("plenary_api", __name__)


@api.get("/meetings/<slug>/wall/<wall_token>/state")
@access("plenary.follow")
def wall_state(meeting: Any, stage: Any) -> Response:
    """What the wall shows now; 304 while `rev` is the one asked with."""
    tag = f"{stage.rev}"
    if request.if_none_match.contains_weak(tag):
        return Response(status=304)
    answer = jsonify(wall.state(meeting, stage, current_clock().now()))
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
