"""The pages of recommendations: the rapporteur's capture and the coordinator's review."""

from flask import Blueprint

pages = Blueprint("recommendations", __name__)

from app.recommendations.views import capture, conflict, devices, kept, merging, review, steps  # noqa: E402

__all__ = ["capture", "conflict", "devices", "kept", "merging", "pages", "review", "steps"]
