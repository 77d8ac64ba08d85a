"""What phones send, read strictly: a batch is understood whole or answered with what was not understood, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.attendance.actions.checkins import ScanIn
from app.attendance.states import Move
from app.kernel.errors import Refusal
from app.kernel.text import clean
from app.participants.actions.filling import Details
from app.participants.contacts import phone_number
from app.participants.names import name_of

MOST = 500
_ID = re.compile(r"[0-9A-Za-z-]{8,36}")
_LIST = re.compile(r"[0-9A-Za-z-]{1,60}")


@dataclass(frozen=True)
class Pulse:
    """A phone's sign of life."""

    list: str
    since: datetime | None
    waiting: int


def read_scans(body: object) -> list[ScanIn]:
    """The scans of a batch; refuses with `scan_malformed` and the number of the item, or `scan_batch`."""
    if not isinstance(body, list) or len(body) > MOST:
        raise Refusal("scan_batch", status=400, most=MOST)
    return [_scan(item, number) for number, item in enumerate(body, 1)]


def _scan(item: object, number: int) -> ScanIn:
    try:
        if not isinstance(item, dict):
            raise TypeError
        return ScanIn(
            scan_id=_matching(_ID, item["scan_id"]),
            list=_matching(_LIST, item["list"]),
            scanned_at=_moment(item["scanned_at"]),
            device_id=_text(item.get("device_id"), 60),
            device_seq=_number(item.get("device_seq")),
            token=_text(item.get("token"), 200),
            code=_text(item.get("code"), 200),
            ref=_text(item.get("ref"), 64),
            type=Move(item.get("type") or Move.ENTRY),
            forced=_flag(item.get("forced")),
            gate=_text(item.get("gate"), 60),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refusal("scan_malformed", status=400, number=number) from error


def read_list_key(text: str) -> str:
    """The key of a list; refuses with `list_malformed` what can be none."""
    if not _LIST.fullmatch(text):
        raise Refusal("list_malformed", status=400)
    return text


def read_pulse(body: object) -> Pulse:
    """A sign of life; refuses with `list_malformed` or `scan_batch`."""
    if not isinstance(body, dict):
        raise Refusal("scan_batch", status=400, most=MOST)
    key = read_list_key(body["list"] if isinstance(body.get("list"), str) else "")
    try:
        since = _moment(body["since"]) if body.get("since") else None
        waiting = min(_number(body.get("waiting")), 100_000)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refusal("scan_malformed", status=400, number=1) from error
    return Pulse(key, since, waiting)


@dataclass(frozen=True)
class WalkIn:
    """Somebody at the desk, as a phone reports them."""

    scan: ScanIn
    name: str
    category: str
    body: str
    phone: str

    def details(self, resolve: Callable[[str, str | None], Any]) -> Details:
        """What registration takes; a body that is not known keeps its typed name."""
        found = resolve(self.body, None)
        return Details(
            name=name_of(self.name), category=self.category, body=found.body,
            body_text="" if found.body is not None else self.body,
            phone=phone_number(self.phone, field="phone") if self.phone else "",
        )  # fmt: skip


def read_walk_in(body: object) -> WalkIn:
    """A walk-in; refuses with `scan_malformed` what cannot be one, and a name that is missing at its field."""
    scan = _scan(body, 1)
    assert isinstance(body, dict)
    try:
        name, category, typed, phone = (
            clean(_text(body.get(one), 200)) for one in ("name", "category", "body", "phone")
        )
    except TypeError as error:
        raise Refusal("scan_malformed", status=400, number=1) from error
    if not name:
        raise Refusal("name_missing", field="name")
    return WalkIn(replace(scan, token="", ref=""), name[:160], category, typed, phone)


def _text(value: Any, most: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError
    return value.strip()[:most]


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError
    return value


def _number(value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if value is not None and not isinstance(value, bool):
        raise TypeError
    return bool(value)


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise TypeError
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not 2000 <= moment.year <= 2200:
        raise ValueError
    return moment
