"""What the interfaces of earlier rooms take and give, for the API's own document (07-protocols sections 4 and 5)."""

from __future__ import annotations

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from app.recommendations.api import LARGEST_BATCH
from app.recommendations.schemas import AnswerSchema, ChangeSchema, OperationSchema

_JSON = "application/json"


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {_JSON: {"schema": schema}}}


def _answer(description: str, schema: dict[str, Any], media: str = _JSON) -> dict[str, Any]:
    return {"description": description, "content": {media: {"schema": schema}}}


def _query(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": kind}}


_SCAN = {
    "type": "object", "required": ["scan_id", "scanned_at"],
    "properties": {
        "scan_id": {"type": "string"}, "device_id": {"type": "string"}, "device_seq": {"type": "integer", "minimum": 0},
        "list": {"type": "string"}, "token": {"type": "string"}, "code": {"type": "string"},
        "scanned_at": {"type": "string", "format": "date-time"}, "type": {"enum": ["entry", "exit"]},
        "forced": {"type": "boolean"},
    },
}  # fmt: skip
_RESULT = {
    "type": "object", "required": ["scan_id", "result"],
    "properties": {
        "scan_id": {"type": "string"},
        "result": {"enum": ["ok", "already", "represented", "wrong_meeting", "wrong_workshop", "cancelled",
                            "not_confirmed", "unknown"]},
        "first": {"type": ["object", "null"]}, "person": {"type": ["object", "null"]},
    },
}  # fmt: skip
_STREAM = {
    "parameters": [_query("since", "integer"), _query("ticket", "string")],
    "responses": {"200": _answer("id: seq, data: seq, kind, subject, rev", {"type": "string"}, "text/event-stream")},
}

OPERATIONS: dict[str, dict[str, Any]] = {
    "recommendations_api.change": {
        "requestBody": _body(_ref("Change")),
        "responses": {"200": _answer("Applied", _ref("Answer")), "202": _answer("Kept until it fits", _ref("Answer"))},
    },
    "recommendations_api.operations": {
        "requestBody": _body({"type": "array", "maxItems": LARGEST_BATCH, "items": _ref("Operation")}),
        "responses": {"200": _answer("One answer an operation, in their order", {
            "type": "object", "required": ["operations", "seq"],
            "properties": {"operations": {"type": "array", "items": {"type": "object"}}, "seq": {"type": "integer"}},
        })},
    },
    "recommendations_api.changes": {"parameters": [_query("since", "integer")]},
    "attendance_api.checkins": {
        "requestBody": _body({"type": "array", "items": _SCAN}),
        "responses": {"200": _answer("One result a scan, in their order", {"type": "array", "items": _RESULT})},
    },
    "attendance_api.door_list": {"parameters": [_query("list", "string")]},
    "live_api.stream": _STREAM,
    "live_api.wall_stream": _STREAM,
}  # fmt: skip


@cache
def capture_schemas() -> dict[str, Any]:
    """The schemas by which capture reads and answers, as JSON Schema."""
    spec = APISpec("Liqaa", "1", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
    for name, schema in (("Change", ChangeSchema), ("Operation", OperationSchema), ("Answer", AnswerSchema)):
        spec.components.schema(name, schema=schema)
    found: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    return found
