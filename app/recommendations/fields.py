"""The values that capture sends, each as the one text under which its field is kept, compared and merged."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from app.kernel.errors import Refusal
from app.kernel.text import clean, clean_multiline, digits_western
from app.recommendations import states

# True and 1 are one key, and so are False and 0.
_TRUE: dict[Any, str] = {True: "1", False: "", "1": "1", "0": "", "true": "1", "false": "", "": "", None: ""}
_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


def normal(field: str, value: Any) -> str:
    """The value as it is kept; refuses with `malformed`, `too_long`, `date_invalid` or `choice` at the field."""
    if field not in states.FIELDS:
        raise Refusal("malformed", field=field)
    text = _READERS.get(field, _text)(field, value)
    if len(text) > states.longest(field):
        raise Refusal("too_long", field=field, max=states.longest(field))
    return text


def _text(field: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal("malformed", field=field)
    one_line = field.startswith("title.") or field == "indicator"
    # PostgreSQL stores no NUL; the cleaning takes it out with the other controls.
    return clean(value) if one_line else clean_multiline(value)


def _flag(field: str, value: Any) -> str:
    if not isinstance(value, str | bool | int | None) or value not in _TRUE:
        raise Refusal("malformed", field=field)
    return _TRUE[value]


def _axis(field: str, value: Any) -> str:
    text = "" if value is None else digits_western(str(value)).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{0,2}", text):
        raise Refusal("choice", field=field)
    return text and str(int(text))


def _horizon(field: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    text = digits_western(str(value)).strip()
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Refusal("date_invalid", field=field, example="30/09/2030") from error


def _choice(choices: tuple[str, ...]) -> Callable[[str, Any], str]:
    def read(field: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if not isinstance(value, str) or value not in choices:
            raise Refusal("choice", field=field)
        return value

    return read


def _addressees(field: str, value: Any) -> str:
    """Codes of bodies (a colon and `support` behind one that helps) and groups, in their order, once each."""
    parts = value.split() if isinstance(value, str) else value or []
    if not isinstance(parts, list) or not all(isinstance(one, str) for one in parts):
        raise Refusal("malformed", field=field)
    return " ".join(dict.fromkeys(clean(one) for one in parts if one.strip()))


_READERS: dict[str, Callable[[str, Any], str]] = {
    "flagged": _flag, "out_of_scope": _flag, "axis": _axis, "horizon": _horizon, "addressees": _addressees,
    "priority": _choice(states.PRIORITIES), "authentic": _choice(states.LANGUAGES),
}  # fmt: skip
