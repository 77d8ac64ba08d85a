"""Pages of the participants' room: registration, one's own link, invitations, the organiser's list, imports."""

from flask import Blueprint

pages = Blueprint("participants", __name__)

from app.participants.views import bulk, imports, invitations, invited, own, people, person, registration  # noqa: E402

__all__ = ["bulk", "imports", "invitations", "invited", "own", "pages", "people", "person", "registration"]
