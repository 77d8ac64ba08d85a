"""Pages of the door: arrivals, phones, badges, attendance and its papers."""

from flask import Blueprint

pages = Blueprint("attendance", __name__)

from app.attendance.views import door  # noqa: E402, F401
