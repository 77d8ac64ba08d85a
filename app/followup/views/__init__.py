"""Pages of the follow-up: the public tracker, the matrix, the unit's queues, a body's own pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("followup", __name__)

# The modules hang their pages on the blueprint above.
from app.followup.views import acts, commitments, communes, following, tracker, work  # noqa: E402, F401
