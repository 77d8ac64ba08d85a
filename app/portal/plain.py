"""Addresses without a language: the root leads to the reader's own."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.answers import asset
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


@plain.get("/sw.js")
@access("portal.read")
def worker() -> Response:
    """The service worker, at the root so that it may keep every page that has to open without a network."""
    built = asset("sw.js").rsplit("/", 1)[-1]
    script = (Path(str(current_app.static_folder)) / built).read_bytes()
    answer = Response(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
