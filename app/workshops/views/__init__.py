"""Pages of the workshops: the board, runs of the solver, publication, and one's own place."""

from flask import Blueprint

pages = Blueprint("workshops", __name__)

from app.workshops.views import board, own, runs  # noqa: E402, F401
