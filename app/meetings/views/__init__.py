"""The pages of meetings and programmes: those of the public, and those of their organisers."""

from flask import Blueprint

pages = Blueprint("meetings", __name__)

# The pages register themselves on the blueprint.
from app.meetings.views import programmes, public  # noqa: E402, F401
from app.meetings.views.organise import agenda, documents, programme, settings  # noqa: E402, F401
