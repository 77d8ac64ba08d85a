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


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    """An object with these members, those of `required` always there."""
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
_YES: dict[str, Any] = {"type": "boolean"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
_MAYBE_MOMENT: dict[str, Any] = {"type": ["string", "null"], "format": "date-time"}
_MAYBE_DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
_UNCHANGED = {"description": "What the reader has is still so"}

_SCAN = _object(
    "scan_id list scanned_at",
    scan_id={"type": "string", "pattern": "^[0-9A-Za-z-]{8,36}$"}, device_id=_TEXT,
    device_seq={"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
    list={"type": "string", "pattern": "^[0-9A-Za-z-]{1,60}$"}, token=_TEXT, code=_TEXT, ref=_TEXT, gate=_TEXT,
    scanned_at=_MOMENT, type={"enum": ["entry", "exit"]}, forced=_YES,
)  # fmt: skip
_RESULT = _object(
    "scan_id result", scan_id=_TEXT,
    result={"enum": ["ok", "already", "represented", "wrong_meeting", "wrong_workshop", "cancelled", "not_confirmed",
                     "unknown"]},
    first={"type": ["object", "null"]}, person={"type": ["object", "null"]},
)  # fmt: skip
_WALK_IN = _object("name", **_SCAN["properties"], name=_TEXT, category=_TEXT, body=_TEXT, phone=_TEXT)
_WALK_IN["required"] = [*_SCAN["required"], "name"]
_STREAM = {
    "parameters": [_query("since", "integer"), _query("ticket", "string")],
    "responses": {
        "200": _answer("id: seq, data: seq, kind, subject, rev", {"type": "string"}, "text/event-stream"),
        "503": _answer("Every place of this process is taken: poll `hints` meanwhile", _ref("Error")),
    },
}
_HINT = _object("seq kind subject rev", seq=_NUMBER, kind=_TEXT, subject=_object("type id", type=_TEXT, id=_TEXT),
                rev={"type": ["integer", "null"]})  # fmt: skip
_HINTS = {
    "parameters": [_query("since", "integer")],
    "responses": {
        "200": _answer("At most 500 after `since`", _object("seq hints", seq=_NUMBER, hints=_list(_HINT))),
        "304": _UNCHANGED,
    },
}
_SHOWN = _object("id code workshop texts outcome words", id=_TEXT, code=_TEXT, workshop={"type": "object"},
                 texts={"type": "object"}, outcome=_MAYBE, words={"type": "object"})  # fmt: skip
_WALL = _object(
    "now rev blank done total current next timer_ends", now=_MOMENT, rev=_NUMBER, blank=_YES, done=_NUMBER,
    total=_NUMBER, current={"oneOf": [_SHOWN, {"type": "null"}]}, next=_list(_SHOWN), timer_ends=_MAYBE_MOMENT,
)  # fmt: skip
_DOOR_LINE = {"type": "object", "required": ["t", "c", "name"], "additionalProperties": {"type": "string"}}
_DOOR_LIST = _object("list workshop salt entries version", list=_TEXT, workshop=_TEXT, salt=_TEXT, version=_TEXT,
                     entries=_list(_DOOR_LINE))  # fmt: skip
_PULSE = _object("list", list=_SCAN["properties"]["list"], since=_MAYBE_MOMENT, waiting=_NUMBER)
_PULSED = _object("now since leave present expected arrivals", now=_MOMENT, since=_MOMENT, leave=_YES, present=_NUMBER,
                  expected=_NUMBER, arrivals=_list(_list(_TEXT)))  # fmt: skip
_CHANGE = _object("seq kind recommendation fields rev", seq=_NUMBER, kind=_TEXT, recommendation=_TEXT,
                  fields=_list(_TEXT), rev={"type": ["integer", "null"]})  # fmt: skip
_CAPTURED = _object("id code state fields variants", id=_TEXT, code=_TEXT, state=_TEXT, fields={"type": "object"},
                    variants=_list({"type": "object"}))  # fmt: skip
_KEPT = _object(
    "op_id kind recommendation state code at payload", op_id=_TEXT, kind=_TEXT, recommendation=_MAYBE,
    state={"enum": ["refused", "waiting"]}, code=_MAYBE, at=_MOMENT, payload={"type": "object"},
)  # fmt: skip
_DONE = _object("op_id status replay", op_id=_MAYBE, status={"type": "integer"}, replay=_YES)
_ALIKE = _object("id code score mergeable pieces", id=_TEXT, code=_TEXT, score={"type": "number"}, mergeable=_YES,
                 pieces=_list(_object("text same", text=_TEXT, same=_YES)))  # fmt: skip
_COMMITMENT = _object(
    "recommendation body_ar response state counted_as original_due current_due extensions late",
    recommendation={"type": ["integer", "string"]}, body_code=_MAYBE, body_ar=_TEXT, body_fr=_TEXT,
    role={"enum": ["lead", "support"]}, response=_TEXT, state=_TEXT, counted_as=_TEXT, original_due=_MAYBE_DAY,
    current_due=_MAYBE_DAY, extensions=_NUMBER, late=_YES, answered_at=_MAYBE_MOMENT, reported_at=_MAYBE_MOMENT,
    verified_at=_MAYBE_MOMENT, block_cause=_MAYBE,
)  # fmt: skip
_TASK = _object(
    "recommendation body_ar title_ar due_on state published_at", recommendation={"type": ["integer", "string"]},
    body_code=_MAYBE, body_ar=_TEXT, body_fr=_TEXT, title_ar=_TEXT, title_fr=_TEXT, due_on=_MAYBE_DAY, state=_TEXT,
    done_on=_MAYBE_DAY, published_at=_MOMENT,
)  # fmt: skip


def _data(name: str, row: dict[str, Any]) -> dict[str, Any]:
    whole = _object(f"meeting at {name}", meeting=_TEXT, at=_MOMENT, **{name: _list(row)})
    return {"responses": {"200": _answer("Open data of the follow-up", whole)}}


_CSV = {"responses": {"200": _answer("The same as a table", _TEXT, "text/csv")}}

OPERATIONS: dict[str, dict[str, Any]] = {
    "recommendations_api.change": {
        "requestBody": _body(_ref("Change")),
        "responses": {"200": _answer("Applied", _ref("Answer")), "202": _answer("Kept until it fits", _ref("Answer"))},
    },
    "recommendations_api.operations": {
        "requestBody": _body({"type": "array", "maxItems": LARGEST_BATCH, "items": _ref("Operation")}),
        "responses": {"200": _answer("One answer an operation, in their order",
                                     _object("operations seq", operations=_list(_DONE), seq=_NUMBER))},
    },
    "recommendations_api.kept": {
        "responses": {"200": _answer("Refused or waiting, with what they carried",
                                     _object("operations", operations=_list(_KEPT)))},
    },
    "recommendations_api.changes": {
        "parameters": [_query("since", "integer")],
        "responses": {"200": _answer("What happened, and each recommendation as it stands", _object(
            "seq changes recommendations frozen", seq=_NUMBER, changes=_list(_CHANGE), recommendations=_list(_CAPTURED),
            frozen={"type": ["integer", "null"]},
        ))},
    },
    "recommendations_api.alike": {
        "responses": {"200": _answer("The nearest first", _object("similar", similar=_list(_ALIKE)))},
    },
    "recommendations_api.lend": {
        "responses": {"201": _answer("Lent for 72 hours", _object("token id expires_at", token=_TEXT, id=_TEXT,
                                                                  expires_at=_MOMENT))},
    },
    "attendance_api.checkins": {
        "requestBody": _body({"type": "array", "maxItems": 500, "items": _SCAN}),
        "responses": {"200": _answer("One result a scan, in their order", _list(_RESULT))},
    },
    "attendance_api.undo_checkin": {
        "responses": {"200": _answer("Taken back", _object("scan_id undone changed", scan_id=_TEXT, undone=_YES,
                                                           changed=_YES))},
    },
    "attendance_api.walk_ins": {
        "requestBody": _body(_WALK_IN), "responses": {"200": _answer("Registered and checked in", _RESULT)},
    },
    "attendance_api.door_list": {
        "parameters": [
            {"name": "list", "in": "query", "required": True, "schema": _SCAN["properties"]["list"]},
            _query("lang", "string"),
        ],
        "responses": {"200": _answer("What a phone needs without network", _DOOR_LIST), "304": _UNCHANGED},
    },
    "attendance_api.door_pulse": {
        "requestBody": _body(_PULSE), "responses": {"200": _answer("Who came meanwhile", _PULSED)},
    },
    "attendance_api.door_pair": {
        "responses": {"200": _answer("The phone's own token", _object(
            "token gate device expires_at", token=_TEXT, gate=_TEXT, device=_TEXT, expires_at=_MOMENT))},
    },
    "attendance_api.door_leave": {"responses": {"200": _answer("Given back", _object("left", left=_YES))}},
    "live_api.stream": _STREAM,
    "live_api.wall_stream": _STREAM,
    "live_api.hints": _HINTS,
    "live_api.wall_hints": _HINTS,
    "live_api.ticket": {"responses": {"201": _answer("For one use within a minute", _object("ticket", ticket=_TEXT))}},
    "plenary_api.wall_state": {"responses": {"200": _answer("What the wall shows", _WALL), "304": _UNCHANGED}},
}  # fmt: skip
# The room of the follow-up comes after this one, so its open data is described by the names of its views.
OPERATIONS |= {
    "followup_api.commitments": _data("commitments", _COMMITMENT), "followup_api.commitments_csv": _CSV,
    "followup_api.tasks": _data("tasks", _TASK), "followup_api.tasks_csv": _CSV,
}  # fmt: skip


@cache
def capture_schemas() -> dict[str, Any]:
    """The schemas by which capture reads and answers, as JSON Schema."""
    spec = APISpec("Liqaa", "1", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
    for name, schema in (("Change", ChangeSchema), ("Operation", OperationSchema), ("Answer", AnswerSchema)):
        spec.components.schema(name, schema=schema)
    found: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    return found
