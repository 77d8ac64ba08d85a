"""Loading a meeting from its file, as it was or as the beginning of next year's."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.kernel import files, journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.actions.agenda import check_hours
from app.meetings.actions.documents import KEPT
from app.meetings.exchange import dumping
from app.meetings.exchange.checking import check
from app.meetings.exchange.filling import fill
from app.meetings.exchange.programme import load_programme
from app.meetings.exchange.refs import References
from app.meetings.exchange.sections import SECTIONS, Loading
from app.meetings.models import (
    Category,
    Document,
    Meeting,
    Quote,
    Room,
    Sitting,
    Speaker,
    Workshop,
    WorkshopOfficer,
)
from app.meetings.states import Phase

# Where a new meeting begins again, whatever the old one had come to.
_NOT_CLONED = ("phase", "phase_reason", "published_on", "calendar_sequence", "article")


def load(
    data: dict[str, Any], *, actor: Actor, clock: Clock, slug: str = "", code: str = "", shift_days: int = 0
) -> Meeting:
    """Make the meeting that a checked file describes, with its programme when that is not there yet.

    Under another address (`slug`) it is a clone: in preparation, nothing published, without article, telegram or the
    sections that do not go into a clone. `shift_days` moves every date; hours on the wall stay. A programme with the
    file's address that exists already is taken as it is. Refuses with `slug_taken`, `exchange_body` (codes that the
    territory does not have), `exchange_reference`, `exchange_file`, `sitting_order`, `outside_meeting` or
    `hour_missing`, `code_taken` (two workshops). One journal entry.
    """
    require(actor, "meetings.create")
    check(data)
    told = dict(data["meeting"])
    clone = bool(slug) and slug != told["slug"]
    told["slug"], told["code"] = slug or told["slug"], code or told["code"]
    if db.session.scalar(select(Meeting.id).where(Meeting.slug == told["slug"])):
        raise Refusal("slug_taken", field="slug", slug=told["slug"])
    refs, shift = References(), timedelta(days=shift_days)
    programme = load_programme(data["programme"], told, refs)
    if clone:
        told = {name: value for name, value in told.items() if name not in _NOT_CLONED}
    meeting = Meeting(programme_id=programme.id, programme=programme)
    fill(meeting, told, dumping.MEETING_TEXTS, dumping.MEETING_PLAIN, shift)
    for name in ("commune", "organiser", "host"):
        setattr(meeting, name, refs.row("body", told.get(name)))
    meeting.phase = meeting.phase or Phase.DRAFT.value
    db.session.add(meeting)
    db.session.flush()
    _contents(meeting, data, refs, shift, clone)
    for name, section in SECTIONS.items():
        if name in data.get("sections", {}) and (section.cloned or not clone):
            section.load(meeting, data["sections"][name], Loading(refs, shift, actor, clock))
    values = {"slug": meeting.slug, "from": data["meeting"]["slug"], "shift_days": shift_days, "sha256": _sum(data)}
    journal.record("meeting.loaded", meeting, actor=actor, clock=clock, meeting=meeting, values=values, public=True)
    return meeting


def _sum(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _contents(meeting: Meeting, data: dict[str, Any], refs: References, shift: timedelta, clone: bool) -> None:
    for position, code in enumerate(data["categories"], 1):
        db.session.add(Category(meeting_id=meeting.id, code=code, position=position))
    rooms = [
        fill(Room(meeting_id=meeting.id, position=position), one, ("name",), ("places",))
        for position, one in enumerate(data["rooms"], 1)
    ]
    db.session.add_all(rooms)
    db.session.flush()
    refs.number("room", "R", rooms)
    codes = [one["code"] for one in data["workshops"]]
    if twice := next((one for one in codes if codes.count(one) > 1), None):
        raise Refusal("code_taken", taken=twice)
    for position, one in enumerate(data["workshops"], 1):
        refs.name("workshop", one["code"], _workshop(meeting, one, position, refs))
    sittings = [_sitting(meeting, one, at, refs, shift) for at, one in enumerate(data["sittings"], 1)]
    refs.number("sitting", "S", sittings)
    listed = [one for one in data["documents"] if not (clone and one["kind"] == "telegram")]
    refs.number("document", "D", [_document(meeting, one, at, refs, shift, clone) for at, one in enumerate(listed, 1)])
    if not clone:
        for position, one in enumerate(data["quotes"], 1):
            quote = Quote(
                meeting_id=meeting.id, position=position, sitting_id=refs.ident("sitting", one.get("sitting"))
            )
            db.session.add(fill(quote, one, ("text", "person"), ()))
    db.session.flush()


def _workshop(meeting: Meeting, told: dict[str, Any], position: int, refs: References) -> Workshop:
    row = Workshop(
        meeting_id=meeting.id, position=position, track_id=refs.ident("track", told["track"]),
        room_id=refs.ident("room", told.get("room")),
    )  # fmt: skip
    fill(row, told, ("title",), dumping.WORKSHOP_PLAIN)
    row.officers = [
        fill(WorkshopOfficer(position=at), one, ("name", "post"), ("role",))
        for at, one in enumerate(told.get("officers", []), 1)
    ]
    db.session.add(row)
    db.session.flush()
    return row


def _sitting(meeting: Meeting, told: dict[str, Any], position: int, refs: References, shift: timedelta) -> Sitting:
    row = Sitting(
        meeting_id=meeting.id, position=position, room_id=refs.ident("room", told.get("room")),
        workshop_id=refs.ident("workshop", told.get("workshop")),
    )  # fmt: skip
    fill(row, told, dumping.SITTING_TEXTS, dumping.SITTING_PLAIN, shift)
    check_hours(meeting, {"starts": row.starts, "ends": row.ends})
    row.speakers = [
        fill(Speaker(position=at), one, dumping.SPEAKER_TEXTS, ()) for at, one in enumerate(told.get("speakers", []), 1)
    ]
    db.session.add(row)
    db.session.flush()
    return row


def _document(
    meeting: Meeting, told: dict[str, Any], position: int, refs: References, shift: timedelta, clone: bool
) -> Document:
    row = Document(meeting_id=meeting.id, position=position, sitting_id=refs.ident("sitting", told.get("sitting")))
    fill(row, told, ("title",), dumping.DOCUMENT_PLAIN, shift)
    if clone:
        row.published_at = None
    elif "file" in told:
        row.file = _file(told["file"])
    db.session.add(row)
    db.session.flush()
    return row


def _file(told: dict[str, str]) -> files.StoredFile:
    try:
        content = base64.b64decode(told["base64"], validate=True)
    except binascii.Error as error:
        raise Refusal("exchange_file", name=told["filename"]) from error
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise Refusal("exchange_file", name=told["filename"])
    return files.store(io.BytesIO(content), told["filename"], kinds=KEPT)
