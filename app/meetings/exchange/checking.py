"""Reading a file of a meeting with care: JSON, then its schema, each fault with its place in the file."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from app.kernel.errors import Refusal
from app.meetings.exchange.sections import SECTIONS
from config import ROOT

LARGEST = 64 * 1024 * 1024


def parse(content: bytes) -> dict[str, Any]:
    """The file as JSON values, checked.

    Refuses with `exchange_too_large`, `exchange_not_json` (with its line), `exchange_format` (another kind of file),
    `exchange_version` (made by a newer Liqaa) or `exchange_schema` (with the place and the fault).
    """
    if len(content) > LARGEST:
        raise Refusal("exchange_too_large", max=f"{LARGEST // (1024 * 1024)} MB")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refusal("exchange_not_json", line=0) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refusal("exchange_not_json", line=getattr(error, "lineno", 0)) from error
    check(data)
    return data  # type: ignore[no-any-return]


def check(data: Any) -> None:
    """Refuse data that are not a file of a meeting as this version writes them."""
    if not isinstance(data, dict) or data.get("format") != "liqaa-meeting":
        raise Refusal("exchange_format")
    if data.get("version") != 1:
        raise Refusal("exchange_version", version=str(data.get("version"))[:20])
    error = best_match(Draft202012Validator(schema()).iter_errors(data))
    if error is not None:
        place = "/".join(str(part) for part in error.absolute_path) or "/"
        raise Refusal("exchange_schema", place=place, fault=error.message[:300])


def schema() -> dict[str, Any]:
    """The whole schema: the documented one with the sections that the rooms have added."""
    whole: dict[str, Any] = json.loads(json.dumps(_written()))
    whole["properties"]["sections"] = {
        "type": "object", "additionalProperties": False,
        "properties": {name: one.schema for name, one in SECTIONS.items()},
    }  # fmt: skip
    return whole


@cache
def _written() -> dict[str, Any]:
    path = ROOT / "docs" / "meeting-file.schema.json"
    written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return written
