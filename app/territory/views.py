"""Searching bodies, as the fields of many forms do."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.kernel.access import access
from app.kernel.languages import current_language, pick, t
from app.territory import queries
from app.territory.queries import Found

pages = Blueprint("territory", __name__)


@pages.get("/bodies/search")
@access("territory.search")
def search() -> Response:
    """Bodies that match `q` in any spelling, as `[{value, label, detail}]`; `kind` narrows and may be repeated."""
    found = queries.search(request.args.get("q", "")[:200], kinds=request.args.getlist("kind"))
    lang = current_language()
    return jsonify([{"value": one.id, "label": pick(one, "name", lang)[0], "detail": _detail(one)} for one in found])


def _detail(found: Found) -> str:
    """What tells homonyms apart: the kind of body and what it belongs to."""
    key = f"body.{found.kind}"
    kind = t.plain(key) if t.exists(key) else ""
    parent = pick(found, "parent", current_language())[0]
    return t.plain("territory.kind_of", kind=kind, parent=parent) if kind and parent else kind or parent
