"""What every answer carries, whatever made it: headers, cookies, ETag, and the page of a refusal."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from app.kernel import access
from app.kernel.errors import Refusal, SignInNeeded, Unavailable, unavailable
from app.kernel.languages import t
from app.kernel.ready import Shelf
from config import ROOT, Settings

csrf = CSRFProtect()
RETRY_AFTER = "5"
"""Seconds after which a request that could not be served may be sent again."""

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data: blob:",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'",
    "media-src": "'self' blob:", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}


def init_answers(app: Flask, settings: Settings) -> None:
    """Configure cookies, limits, templates, the build's name and the handlers of refusals."""
    prefix = "__Host-" if settings.secure else ""
    app.config.update(
        LIQAA=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=f"{prefix}liqaa-{settings.instance}",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=1),
        MAX_CONTENT_LENGTH=settings.max_request,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        WTF_CSRF_CHECK_DEFAULT=False,  # The transaction asks for it once it knows whether a device token speaks.
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=settings.testing,
        BUILD=_build(),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, may=access.may, url_targets=app.view_functions)
    app.context_processor(_frame)
    csrf.init_app(app)
    # Tests change rows behind the journal's back, which the ETag of a page cannot see.
    app.extensions["liqaa-shelf"] = None if settings.testing else Shelf()
    app.after_request(_finish)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, lambda error: refused(Refusal("form_expired", status=400)))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crashed)


def asset(name: str) -> str:
    """The address of a built file (`app.css`), with the hash of its content in its name."""
    # As `url_for` writes it, which a page with thirty icons would ask thirty times.
    app = current_app
    return request.script_root + _asset_path(str(app.static_folder), str(app.static_url_path), name)


@cache
def _asset_path(folder: str, place: str, name: str) -> str:
    return f"{place}/{quote(_manifest(folder).get(name, name))}"


@cache
def _manifest(folder: str) -> dict[str, str]:
    place = Path(folder) / "manifest.json"
    known: dict[str, str] = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    return known


def _build() -> str:
    place = ROOT / "app" / "static" / "dist" / "manifest.json"
    return f"{int(place.stat().st_mtime) if place.exists() else 0}"


def _frame() -> dict[str, Any]:
    """What the layouts need on every page."""
    settings: Settings = current_app.config["LIQAA"]
    return {"actor": access.current_actor(), "settings": settings, "demo": None}


def refused(refusal: Refusal) -> AnyResponse:
    """The answer to a refusal: a page with its sentence, JSON for the API, the sign-in page for a stranger."""
    if isinstance(refusal, SignInNeeded) and not _wants_json():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    sentence = t(refusal.key, **refusal.params)
    if _wants_json():
        body = {"error": refusal.code, "message": sentence} | ({"field": refusal.field} if refusal.field else {})
        answer: AnyResponse = current_app.json.response(body)  # type: ignore[assignment]
        answer.status_code = refusal.status
        return answer
    page = render_template(
        "errors/refusal.html", sentence=sentence, code=refusal.code, status=refusal.status, reference=None,
        typed=_typed() if isinstance(refusal, Unavailable) else [],
    )  # fmt: skip
    return Response(page, status=refusal.status)


def _typed() -> list[tuple[str, str]]:
    """What a form carried, for the page of a 503 to send again as it was, with its key; nothing where it cannot.

    A page may not hold a password, and cannot hold a file.
    """
    if request.method != "POST" or request.files or any("password" in name for name in request.form):
        return []
    return list(request.form.items(multi=True))


def _http_error(error: HTTPException) -> AnyResponse | tuple[AnyResponse, int]:
    if isinstance(error, SecurityError):
        # A host that is not ours: no page of ours, for its links would carry that host.
        return Response("This host is not served here.\n", status=400, content_type="text/plain; charset=utf-8")
    if error.code is None or error.code < 400:
        return error.get_response()
    codes = {404: "not_found", 413: "request_too_large"}
    return refused(Refusal(codes.get(error.code, "not_understood"), status=error.code))


def _crashed(error: Exception) -> AnyResponse:
    """The answer to an error nobody meant: 503 when the disk or the database cannot serve now, else 500."""
    lack = unavailable(error)
    if lack is not None:
        current_app.logger.error("the disk or the database cannot serve: %s", getattr(error, "orig", error))
    else:
        current_app.logger.exception("a request failed")
        if current_app.testing:
            raise error
    # The page of an error asks the database nothing: neither who reads it nor which meeting it was about.
    g.actor, request.view_args = access.NOBODY, {}
    g.pop("meeting", None)
    return refused(lack or Refusal("server", status=500))


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


@lru_cache(maxsize=64)
def _policy(**more: str) -> str:
    # A page adds no source, or one that every page of its kind adds: few policies are ever made.
    return "; ".join(f"{name} {value}" for name, value in (POLICY | more).items())


def _finish(answer: Response) -> Response:
    if g.pop("lacking", False) and answer.status_code == 422:
        answer.status_code = 503
    if answer.status_code == 503:
        answer.headers.setdefault("Retry-After", RETRY_AFTER)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Content-Security-Policy", _policy(**g.get("policy", {})))
    settings: Settings = current_app.config["LIQAA"]
    if settings.base_url.startswith("https:"):
        answer.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "etag" in g and answer.status_code in {200, 304}:
        answer.set_etag(g.etag, weak=True)
        answer.headers["Cache-Control"] = "public, no-cache"
        answer.headers["Vary"] = "Cookie"
    elif "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    return answer
