"""Pages of the door: arrivals, phones, badges, attendance and its papers."""

from flask import Blueprint

pages = Blueprint("attendance", __name__)

from app.attendance.views import badges, devices, door, overview, scanner, walk_in  # noqa: E402, F401
