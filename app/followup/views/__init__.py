"""Pages of the follow-up: the public tracker, the matrix, the unit's queues, a body's own pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("followup", __name__)

from app.followup.views import tracker  # noqa: E402, F401  # The modules hang their pages on the blueprint above.
