"""The shapes of published data, as JSON Schema."""

from __future__ import annotations

from typing import Any

_TEXT: dict[str, Any] = {"type": "string"}
_WORDS: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string"},
                          "description": "A text by language code"}  # fmt: skip
_DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
_HASH: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TRANSLATION = {
    "type": "object", "required": ["body", "translation", "sha256"],
    "properties": {
        "title": _TEXT, "body": _TEXT, "rationale": _TEXT, "sha256": _HASH,
        "translation": {"enum": ["authentic", "draft", "reviewed", "certified", "outdated"]},
    },
}  # fmt: skip
_BODY = {
    "type": "object",
    "properties": {
        "code": {"type": ["string", "null"]}, "kind": _TEXT, "name": _WORDS, "role": {"enum": ["lead", "support"]},
    },
}  # fmt: skip
_DECISION = {
    "type": ["object", "null"],
    "properties": {
        "outcome": _TEXT, "mode": _TEXT, "reason": _TEXT, "at": {"type": "string", "format": "date-time"},
        "votes": {"type": ["object", "null"], "additionalProperties": {"type": "integer"}},
        "sitting": {"type": ["string", "null"]},
    },
}  # fmt: skip
_EDITION_HEAD = {
    "type": ["object", "null"],
    "properties": {"number": {"type": "integer"}, "published_on": _DAY, "sha256": _HASH, "url": _TEXT},
}

SCHEMAS: dict[str, Any] = {
    "Error": {
        "type": "object", "required": ["error", "message"],
        "properties": {"error": _TEXT, "message": _TEXT, "field": _TEXT},
    },
    "PublishedRecommendation": {
        "type": "object",
        "required": ["id", "number", "reference", "draft", "outcome", "authentic", "texts"],
        "properties": {
            "id": {"type": "string", "format": "uuid"}, "number": {"type": ["integer", "null"]}, "reference": _TEXT,
            "draft": _TEXT, "workshop": _TEXT, "track": {"type": "integer"}, "axis": {"type": ["integer", "null"]},
            "outcome": {"enum": ["adopted", "adopted_as_amended", "deferred", "not_adopted"]}, "authentic": _TEXT,
            "texts": {"type": "object", "additionalProperties": _TRANSLATION}, "decision": _DECISION,
            "before": _WORDS, "captured_on": _DAY, "merged": {"type": "array", "items": _TEXT},
            "addressees": {"type": "array", "items": _BODY}, "addressee_group": _TEXT, "horizon": _DAY,
            "priority": _TEXT, "indicator": _TEXT, "url": {"type": ["string", "null"]},
        },
    },
    "Recommendations": {
        "type": "object", "required": ["meeting", "edition", "recommendations"],
        "properties": {
            "meeting": {"type": "object"}, "edition": _EDITION_HEAD, "licence": {"type": "object"},
            "recommendations": {"type": "array", "items": {"$ref": "#/components/schemas/PublishedRecommendation"}},
        },
    },
    "Recommendation": {
        "type": "object", "required": ["meeting", "edition", "recommendation"],
        "properties": {
            "meeting": {"type": "object"}, "edition": _EDITION_HEAD, "licence": {"type": "object"},
            "recommendation": {"$ref": "#/components/schemas/PublishedRecommendation"},
        },
    },
    "Edition": {
        "type": "object", "required": ["format", "edition", "meeting", "programme", "recommendations"],
        "properties": {
            "format": {"const": "liqaa-edition/1"}, "edition": {"type": "object"}, "meeting": {"type": "object"},
            "programme": {"type": "object"}, "licence": {"type": "object"},
            "recommendations": {"type": "array", "items": {"type": "object"}},
        },
    },
    "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
}  # fmt: skip
