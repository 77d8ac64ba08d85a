"""The shape of what capture devices send (07-protocols section 4): checked here, described in OpenAPI from here."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

from app.recommendations import states

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ID = validate.Regexp(rf"{UUID.pattern}$")
REVISION = validate.Range(min=0, max=2**31 - 1)


class ChangeSchema(Schema):
    """The body of a change: texts by field, each with the revision it was written on."""

    class Meta:
        unknown = INCLUDE

    op_id = fields.String(required=True, validate=ID, metadata={"description": "UUIDv7, unique for ever"})
    device_id = fields.String(load_default="", validate=validate.Length(max=60))
    device_seq = fields.Integer(load_default=0, strict=True, validate=REVISION)
    client_time = fields.String(load_default="", allow_none=True, validate=validate.Length(max=40))
    base_rev = fields.Dict(
        keys=fields.String(), values=fields.Integer(strict=True, validate=REVISION), load_default=dict
    )
    fields_ = fields.Dict(keys=fields.String(validate=validate.OneOf(sorted(states.FIELDS))), data_key="fields",
                          attribute="fields", load_default=dict)  # fmt: skip


class OperationSchema(ChangeSchema):
    """One operation of a batch; what its kind needs besides stands in docs/api."""

    kind = fields.String(required=True, validate=validate.OneOf(states.KINDS))
    recommendation = fields.String(load_default="", validate=validate.Regexp(rf"(?:{UUID.pattern})?$"))


class TextSchema(Schema):
    """A text in place and its revision."""

    rev = fields.Integer(required=True)
    text = fields.String(required=True)


class VariantSchema(Schema):
    """A wording kept beside the text in place until somebody decides."""

    id = fields.String(required=True)
    field = fields.String(required=True)
    text = fields.String(required=True)
    author = fields.String(required=True)
    at = fields.DateTime(required=True)


class AnswerSchema(Schema):
    """What a change is answered; a repeat gets the same with the header `Idempotent-Replay: true`."""

    class Meta:
        unknown = INCLUDE

    id = fields.String()
    code = fields.String(metadata={"description": "the draft number, such as B-7"})
    state = fields.String()
    position = fields.Integer()
    addressees = fields.List(fields.Dict())
    advice = fields.Dict(metadata={"description": "SMART letters, and hints for those that are missing"})
    rev = fields.Integer(required=True)
    fields_ = fields.Dict(keys=fields.String(), values=fields.Nested(TextSchema), data_key="fields", required=True)
    variants = fields.List(fields.Nested(VariantSchema), required=True)
    seq = fields.Integer(required=True)
    waiting = fields.Boolean(metadata={"description": "kept until what it rests on arrives (status 202)"})


def read(schema: Schema, body: Any) -> tuple[dict[str, Any], str]:
    """The body as read by the schema, and the name of its first fault (empty when there is none)."""
    if not isinstance(body, dict):
        return {}, "body"
    try:
        return schema.load(body), ""
    except ValidationError as error:
        faults = error.messages
        return {}, sorted(map(str, faults))[0] if isinstance(faults, dict) else "body"
