"""How a result looks and what it says: colour, shape, word and detail, the same on the page and on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.attendance.models import Scan
from app.attendance.states import FORCED, Move, Result
from app.kernel.clock import to_wall
from app.kernel.languages import format_date, t
from app.kernel.languages.formats import time_text

# Colour and shape of each result; the word comes with both, so that neither has to be seen.
LOOKS = {
    Result.OK: ("ok", "verified"),
    Result.ALREADY: ("again", "wait"),
    Result.REPRESENTED: ("other", "planned"),
    Result.WRONG_MEETING: ("other", "planned"),
    Result.WRONG_WORKSHOP: ("other", "planned"),
    Result.CANCELLED: ("no", "refused"),
    Result.NOT_CONFIRMED: ("no", "blocked"),
    Result.UNKNOWN: ("no", "refused"),
}


@dataclass(frozen=True)
class Shown:
    """A result as the page of the door shows it."""

    scan_id: str
    look: str
    glyph: str
    word: str
    detail: str
    name: str
    place: str
    may_force: bool
    may_undo: bool


def shown(scan: Scan, zone: str) -> Shown:
    """The result of a scan in the language in force."""
    result = Result(scan.result)
    look, glyph = LOOKS[result]
    person: dict[str, str] = scan.answer.get("person") or {}
    place = " · ".join(part for part in (person.get("workshop"), person.get("room")) if part)
    return Shown(
        scan_id=scan.scan_id, look="undone" if scan.undone_at else look, glyph=glyph, word=_word(scan, result),
        detail=_detail(result, scan.answer, zone), name=person.get("name", ""),
        place=place if result != Result.WRONG_WORKSHOP else "",
        may_force=result in FORCED and not scan.forced and scan.undone_at is None,
        may_undo=result == Result.OK and scan.undone_at is None,
    )  # fmt: skip


def _word(scan: Scan, result: Result) -> str:
    if scan.undone_at is not None:
        return t.plain("done.undone")
    if result == Result.OK and scan.type == Move.EXIT:
        return t.plain("attendance.left")
    return t.plain(f"scan.{result}")


def _detail(result: Result, answer: dict[str, Any], zone: str) -> str:
    person: dict[str, str] = answer.get("person") or {}
    first: dict[str, str] = answer.get("first") or {}
    if result == Result.ALREADY and first:
        at = to_wall(datetime.fromisoformat(first["at"]), zone)
        return t.plain("scan.already.detail", time=time_text(at.time()), gate=first["gate"] or t.plain("nav.desk"))
    if result == Result.REPRESENTED:
        if answer.get("delegate"):
            return t.plain("scan.represented.detail", delegate=answer["delegate"])
        return t.plain("attendance.represented_unnamed")
    if result == Result.WRONG_MEETING:
        return t.plain("scan.wrong_meeting.detail", meeting=answer.get("meeting", ""))
    if result == Result.WRONG_WORKSHOP:
        return t.plain("scan.wrong_workshop.detail", workshop=person.get("workshop", ""), room=person.get("room", ""))
    if result == Result.CANCELLED and answer.get("since"):
        day = to_wall(datetime.fromisoformat(answer["since"]), zone)
        return t.plain("scan.cancelled.detail", date=format_date(day.date()))
    if result in (Result.CANCELLED, Result.NOT_CONFIRMED):
        return t.plain("scan.not_confirmed.detail")
    return t.plain("attendance.unknown_detail") if result == Result.UNKNOWN else ""
