"""The pages of accounts."""

from flask import Blueprint

pages = Blueprint("accounts", __name__)

from app.accounts.views import entry, manage, own  # noqa: E402, F401
