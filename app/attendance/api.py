"""What phones at the door say and ask (07-protocols section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from app.attendance import parsing
from app.attendance.actions.checkins import check_in
from app.attendance.actions.devices import hear, leave, pair
from app.attendance.actions.undoing import undo
from app.attendance.queries import door
from app.attendance.queries.door import find_scan
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock, stamp
from app.kernel.languages import LANGUAGES, speaking
from app.kernel.languages.words import current_language

if TYPE_CHECKING:
    from app.attendance.loaders import Scan
    from app.meetings.loaders import Meeting
from app.participants.actions.registering import walk_in
from app.participants.queries import bodies

api = Blueprint("attendance_api", __name__)


@contextmanager
def asked_language() -> Iterator[None]:
    """Speak the language of `?lang=`, else what the phone's browser asks for."""
    asked = request.args.get("lang", "")
    with speaking(asked if asked in LANGUAGES else current_language()):
        yield


@api.post("/meetings/<slug>/checkins")
@access("attendance.check_in", writes=True)
def checkins(meeting: Meeting) -> Response:
    """A batch of scans, answered one by one; a repeated `scan_id` gets its first answer."""
    scans = parsing.read_scans(request.get_json(silent=True))
    with asked_language():
        answers = check_in(meeting=meeting, scans=scans, actor=current_actor(), clock=current_clock())
    return jsonify(answers)


@api.post("/meetings/<slug>/checkins/<scan_id>/undo")
@access("attendance.check_in", writes=True)
def undo_checkin(meeting: Meeting, scan: Scan) -> Response:
    """Take one scan back."""
    changed = undo(meeting=meeting, scan=scan, actor=current_actor(), clock=current_clock())
    return jsonify({"scan_id": scan.scan_id, "undone": True, "changed": changed})


@api.post("/meetings/<slug>/walk-ins")
@access("participants.walk_in", writes=True)
def walk_ins(meeting: Meeting) -> Response:
    """Somebody without a registration is registered and checked in; the same `scan_id` again does it once."""
    asked = parsing.read_walk_in(request.get_json(silent=True))
    actor, clock = current_actor(), current_clock()
    with asked_language():
        if (stored := find_scan(meeting, asked.scan.scan_id)) is not None:
            return jsonify(stored.answer)
        made = walk_in(meeting=meeting, details=asked.details(bodies.resolve), actor=actor, clock=clock)
        scan = replace(asked.scan, code=made.participant.code)
        answers = check_in(meeting=meeting, scans=[scan], actor=actor, clock=clock)
    return jsonify(answers[0])


@api.get("/meetings/<slug>/door-list")
@access("attendance.check_in")
def door_list(meeting: Meeting) -> Response:
    """The list a phone keeps to decide without network; `If-None-Match` saves the way when nothing changed."""
    key = parsing.read_list_key(request.args.get("list", ""))
    with asked_language():
        found = door.door_list(meeting, key)
        version = f"{found['version']}-{current_language()}"
    answer = Response(status=304) if request.if_none_match.contains(version) else jsonify(found)
    answer.set_etag(version)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@api.post("/meetings/<slug>/door-pulse")
@access("attendance.check_in", writes=True)
def door_pulse(meeting: Meeting) -> Response:
    """A phone's sign of life: how many scans it holds; it hears who came meanwhile, and whether it is to leave."""
    pulse = parsing.read_pulse(request.get_json(silent=True))
    clock = current_clock()
    asked_to_leave = hear(meeting=meeting, waiting=pulse.waiting, actor=current_actor(), clock=clock)
    counted = door.counters(meeting, pulse.list)
    body: dict[str, Any] = {
        "now": stamp(clock.now()), "since": stamp(clock.real_now()), "leave": asked_to_leave,
        "present": counted.present, "expected": counted.expected,
        "arrivals": door.arrivals(meeting, pulse.list, pulse.since),
    }  # fmt: skip
    return jsonify(body)


@api.post("/meetings/<slug>/door-pair")
@access("attendance.check_in", writes=True)
def door_pair(meeting: Meeting) -> Response:
    """The first contact of a phone: its token is changed for one that no picture of the code knows."""
    token, device = pair(meeting=meeting, actor=current_actor(), clock=current_clock())
    return jsonify({"token": token, "gate": device.label, "device": device.id, "expires_at": stamp(device.expires_at)})


@api.post("/meetings/<slug>/door-leave")
@access("attendance.check_in", writes=True)
def door_leave(meeting: Meeting) -> Response:
    """A phone that has handed in everything gives its token back."""
    leave(meeting=meeting, actor=current_actor(), clock=current_clock())
    return jsonify({"left": True})
