"""Writing a meeting as one file: the same meeting always gives the same bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from app.kernel import files
from app.kernel.clock import stamp
from app.kernel.languages import LANGUAGES
from app.meetings import queries
from app.meetings.exchange.refs import References
from app.meetings.exchange.sections import SECTIONS
from app.meetings.models import Document, Meeting, Programme, Sitting, Workshop

FORMAT, VERSION = "liqaa-meeting", 1
PROGRAMME_TEXTS = ("name", "criteria", "extension", "coordinator", "membership_note")
PROGRAMME_PLAIN = (
    "slug", "acronym", "launch_year", "years", "starts_on", "ends_on", "announced_communes", "objectives",
    "capacity_fields", "beneficiaries", "phases", "track_words",
)  # fmt: skip
MEETING_TEXTS = (
    "title", "short", "kicker", "lead", "article", "place", "venue", "access", "controller", "recipients",
)  # fmt: skip
MEETING_PLAIN = (
    "slug", "code", "kind", "phase", "phase_reason", "lang", "formulas", "starts_on", "ends_on", "zone", "capacity",
    "approval", "registration_opens", "registration_closes", "published_on", "map_url", "channel_url", "contact_email",
    "contact_phone", "receipt_number", "receipt_on", "retention_months", "rehearsal", "calendar_sequence",
)  # fmt: skip
SITTING_TEXTS, SITTING_PLAIN = ("title", "note", "by"), ("kind", "starts", "ends", "slot", "live")
SPEAKER_TEXTS = ("honorific", "name", "rank", "post", "unit")
WORKSHOP_PLAIN = ("code", "letter", "places", "least")
DOCUMENT_PLAIN = (
    "kind", "lang", "url", "text", "signatory", "addressee", "occasion", "day", "visibility", "published_at",
    "sealed_at",
)  # fmt: skip


def write(meeting: Meeting) -> bytes:
    """The file of a meeting: UTF-8, indented, in a fixed order; equal meetings give equal bytes."""
    return (json.dumps(dump(meeting), ensure_ascii=False, indent=1) + "\n").encode()


def dump(meeting: Meeting) -> dict[str, Any]:
    """The meeting, its programme and every section of later rooms, as JSON values."""
    refs = references(meeting)
    programme = queries.programme_of(meeting)
    sections = {name: data for name, one in SECTIONS.items() if (data := one.dump(meeting, refs)) is not None}
    return {
        "format": FORMAT,
        "version": VERSION,
        "programme": _programme(programme),
        "meeting": _meeting(meeting),
        "categories": [row.code for row in queries.categories(meeting)],
        "rooms": [_row(room, ("name",), ("places",)) for room in queries.rooms(meeting)],
        "workshops": [_workshop(one, refs) for one in queries.workshops(meeting)],
        "sittings": [_sitting(one, refs) for one in in_order(queries.sittings(meeting))],
        "documents": [_document(one, refs) for one in _documents(meeting)],
        "quotes": [
            _row(one, ("text", "person"), ()) | _given("sitting", refs.ref("sitting", one.sitting_id))
            for one in queries.quotes(meeting)
        ],
        "sections": sections,
    }


def references(meeting: Meeting) -> References:
    """The names of a meeting's rows in its file."""
    refs = References()
    programme = queries.programme_of(meeting)
    refs.number("room", "R", queries.rooms(meeting))
    refs.number("sitting", "S", in_order(queries.sittings(meeting)))
    refs.number("document", "D", _documents(meeting))
    for track in programme.tracks:
        refs.name("track", track.position, track)
    for axis in programme.axes:
        refs.name("axis", axis.position, axis)
    for workshop in queries.workshops(meeting):
        refs.name("workshop", workshop.code, workshop)
    return refs


def in_order(sittings: Iterable[Sitting]) -> list[Sitting]:
    """The agenda in the order of the file: hour, then the organiser's order."""
    return sorted(sittings, key=lambda one: (one.starts, one.position, one.ends, one.title_ar))


def _documents(meeting: Meeting) -> list[Document]:
    return [*queries.documents(meeting), *queries.streams(meeting)]


def _programme(programme: Programme) -> dict[str, Any]:
    members = sorted(queries.members(programme), key=lambda row: row.body.code or "")
    return _row(programme, PROGRAMME_TEXTS, PROGRAMME_PLAIN) | {
        **_given("owner", programme.owner.code if programme.owner else None),
        "partners": [one.body.code for one in programme.partners],
        "axes": [texts(axis, "title") for axis in programme.axes],
        "tracks": [texts(track, "title") for track in programme.tracks],
        "members": [
            {"body": row.body.code} | _row(row, (), ("joined_on", "left_on", "cohort", "source")) for row in members
        ],
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    bodies = {name: getattr(meeting, name) for name in ("commune", "organiser", "host")}
    named = {name: body.code for name, body in bodies.items() if body is not None}
    return _row(meeting, MEETING_TEXTS, MEETING_PLAIN) | named


def _workshop(workshop: Workshop, refs: References) -> dict[str, Any]:
    return _row(workshop, ("title",), WORKSHOP_PLAIN) | {
        "track": workshop.track.position,
        **_given("room", refs.ref("room", workshop.room_id)),
        "officers": [_row(one, ("name", "post"), ("role",)) for one in workshop.officers],
    }


def _sitting(sitting: Sitting, refs: References) -> dict[str, Any]:
    return _row(sitting, SITTING_TEXTS, SITTING_PLAIN) | {
        **_given("room", refs.ref("room", sitting.room_id)),
        **_given("workshop", refs.ref("workshop", sitting.workshop_id)),
        **_given("speakers", [_row(one, SPEAKER_TEXTS, ()) for one in sitting.speakers]),
    }


def _document(document: Document, refs: References) -> dict[str, Any]:
    row = _row(document, ("title",), DOCUMENT_PLAIN) | _given("sitting", refs.ref("sitting", document.sitting_id))
    if document.file is not None:
        content = base64.b64encode(files.read(document.file)).decode()
        row["file"] = {"filename": document.file.filename, "sha256": document.file.sha256, "base64": content}
    return row


def _row(row: Any, grouped: Iterable[str], plain: Iterable[str]) -> dict[str, Any]:
    """The fields of a row: those of several languages as objects, the empty ones left out."""
    found = {name: value for name in plain if (value := plain_value(getattr(row, name))) not in (None, "", [])}
    return found | {name: words for name in grouped if (words := texts(row, name))}


def _given(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}


def texts(row: Any, name: str) -> dict[str, str]:
    """The text of a field by language, without the empty ones."""
    return {lang: text for lang in LANGUAGES if (text := getattr(row, f"{name}_{lang}", ""))}


def plain_value(value: Any) -> Any:
    """A value as JSON keeps it: dates and wall hours in ISO 8601, moments in UTC with Z."""
    if isinstance(value, datetime):
        return stamp(value) if value.tzinfo else value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value
