"""Pages of the participants' room: registration, one's own link, invitations, the organiser's list, imports."""

from flask import Blueprint

pages = Blueprint("participants", __name__)

from app.participants.views import invitations, invited, own, registration  # noqa: E402

__all__ = ["invitations", "invited", "own", "pages", "registration"]
