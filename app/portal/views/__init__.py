"""The pages of the portal."""

from flask import Blueprint

pages = Blueprint("portal", __name__)

from app.portal.views import demo, manage, public  # noqa: E402, F401
