"""Addresses without a language: the root leads to the reader's own."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel.access import access
from app.kernel.languages import preferred_language

plain = Blueprint("portal_plain", __name__)


@plain.get("/")
@access("portal.read")
def root() -> ResponseReturnValue:
    """Lead to the home page in the language the browser asks for, Arabic by default."""
    answer = redirect(url_for("portal.home", lang=preferred_language(request)), 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer
