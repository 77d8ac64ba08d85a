"""The OpenAPI 3.1 document of the API, made from the routes themselves.

A view says what it takes and gives with `describe`; for the rooms before this one `operations` says it, from their own
schemas. A view that nobody described is listed with its first line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import Flask
from werkzeug.routing import Rule

from app.kernel.access import PERMISSIONS, marker_of
from app.publication.operations import OPERATIONS, capture_schemas
from app.publication.schemas import SCHEMAS

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "/api/v1"
OWN_METHODS = {"HEAD", "OPTIONS"}
ERROR = {"$ref": "#/components/schemas/Error"}


def describe(
    summary: str, *, query: Iterable[str] = (), answer: str = "", media: str = "application/json"
) -> Callable[[View], View]:
    """Say what a reading view takes and gives; `answer` names one of the schemas."""
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{answer}"} if answer else {"type": "string"}

    def mark(view: View) -> View:
        view.operation = {  # type: ignore[attr-defined]
            "summary": summary,
            "parameters": [{"name": name, "in": "query", "schema": {"type": "string"}} for name in query],
            "responses": {"200": {"description": "As asked", "content": {media: {"schema": schema}}}},
        }
        return view

    return mark


def document(app: Flask) -> dict[str, Any]:
    """The whole document; routes in the order of their paths."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.rule.startswith(f"{PREFIX}/"):
            path = _path(rule)
            for method in sorted((rule.methods or set()) - OWN_METHODS):
                paths.setdefault(path, {})[method.lower()] = _operation(app, rule, method)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Liqaa", "version": "1",
            "summary": "A communication meeting and what became of its recommendations",
            "license": {"name": "ODbL-1.0 (the data)", "url": "https://opendatacommons.org/licenses/odbl/1-0/"},
        },
        "servers": [{"url": f"{app.config['LIQAA'].base_url}{PREFIX}"}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS | capture_schemas(),
            "securitySchemes": {
                "device": {"type": "http", "scheme": "bearer", "description": "Token of a device, lent by its owner"},
                "session": {"type": "apiKey", "in": "cookie", "name": str(app.config["SESSION_COOKIE_NAME"])},
            },
        },
    }  # fmt: skip


def _path(rule: Rule) -> str:
    path = rule.rule.removeprefix(PREFIX)
    for name in rule.arguments:
        path = path.replace(f"<{name}>", f"{{{name}}}").replace(f"<string:{name}>", f"{{{name}}}")
    return path


def _operation(app: Flask, rule: Rule, method: str) -> dict[str, Any]:
    view = app.view_functions[rule.endpoint]
    told: Mapping[str, Any] = getattr(view, "operation", None) or OPERATIONS.get(rule.endpoint, {})
    told = told.get(method.lower(), told)
    words = (view.__doc__ or "").strip()
    arguments = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in sorted(rule.arguments) if f"{{{name}}}" in _path(rule)
    ]  # fmt: skip
    operation: dict[str, Any] = {
        "operationId": f"{rule.endpoint}.{method.lower()}".replace(".", "_"),
        "summary": words.split("\n", maxsplit=1)[0], "tags": [rule.endpoint.split(".")[0].removesuffix("_api")],
        "responses": {"200": {"description": "As asked"}},
        **told,
    }  # fmt: skip
    operation["parameters"] = [*arguments, *operation.get("parameters", [])]
    operation["responses"] = {
        **operation["responses"],
        "default": {"description": "Refused", "content": {"application/json": {"schema": ERROR}}},
    }
    marker = marker_of(view)
    if marker is not None and marker.cached_by is not None and method == "GET":
        operation["responses"]["304"] = {"description": "What the reader has is still so"}
    if marker is not None and "public" not in PERMISSIONS[marker.permission].roles:
        operation["security"] = [{"device": []}, {"session": []}]
    return operation
