"""Rooms, workshops, sittings and who speaks in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.kernel.access import Actor, require
from app.kernel.clock import Clock, exists
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings import rules
from app.meetings.actions.changes import bring, in_languages, next_position, note, said
from app.meetings.models import Meeting, Room, Sitting, Speaker, Workshop, WorkshopOfficer

KINDS = (
    "registration", "protocol", "opening", "speeches", "presentation", "workshop", "rapporteurs", "plenary", "video",
    "closing", "telegram", "break",
)  # fmt: skip
ROOM = in_languages("name") | {"places", "position"}
WORKSHOP = in_languages("title") | {"track_id", "code", "letter", "position", "places", "least", "room_id"}
SITTING = in_languages("title", "note", "by") | {
    "kind", "starts", "ends", "room_id", "workshop_id", "slot", "live", "position",
}  # fmt: skip
SPEAKER = in_languages("honorific", "rank", "post", "unit") | {"name_ar", "name_fr"}
OFFICER = in_languages("post") | {"name_ar", "name_fr", "role", "account_id"}
OFFICER_ROLES = ("coordinator", "rapporteur")


def save_room(
    meeting: Meeting, room: Room | None, *, fields: Mapping[str, Any], actor: Actor, clock: Clock
) -> Room:  # fmt: skip
    """Add a room of the venue, or change one."""
    _may(meeting, actor)
    row = room or Room(meeting_id=meeting.id, name_ar="", position=next_position(Room, Room.meeting_id == meeting.id))
    _save(meeting, row, fields, ROOM, "room", actor, clock)
    return row


def remove_room(meeting: Meeting, room: Room, *, actor: Actor, clock: Clock) -> None:
    """Remove a room. Refuses with `room_used` while a sitting or workshop is in it."""
    _may(meeting, actor)
    used = db.session.scalar(select(Sitting.id).where(Sitting.room_id == room.id).limit(1)) or db.session.scalar(
        select(Workshop.id).where(Workshop.room_id == room.id).limit(1)
    )
    if used:
        raise Refusal("room_used")
    _remove(meeting, room, "room", actor, clock)


def save_workshop(
    meeting: Meeting, workshop: Workshop | None, *, fields: Mapping[str, Any], actor: Actor, clock: Clock
) -> Workshop:
    """Add a workshop, or change one. Refuses with `code_taken` a code that another workshop of the meeting has."""
    _may(meeting, actor)
    row = workshop or Workshop(meeting_id=meeting.id, code="", letter="", title_ar="", position=_last(meeting))
    code = fields.get("code", row.code)
    twin = db.session.scalar(
        select(Workshop.id).where(Workshop.meeting_id == meeting.id, Workshop.code == code, Workshop.id != row.id)
    )
    if twin:
        raise Refusal("code_taken", field="code", taken=code)
    if workshop is None and not fields.get("letter"):
        fields = {**fields, "letter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(row.position - 1) % 26]}
    _save(meeting, row, fields, WORKSHOP, "workshop", actor, clock)
    return row


def _last(meeting: Meeting) -> int:
    return next_position(Workshop, Workshop.meeting_id == meeting.id)


def remove_workshop(meeting: Meeting, workshop: Workshop, *, actor: Actor, clock: Clock) -> None:
    """Remove a workshop with its sittings. Refuses with `phase` once the meeting is open: people have wished for it."""
    _may(meeting, actor)
    rules.require_phase(meeting, "remove_workshop")
    _remove(meeting, workshop, "workshop", actor, clock)


def set_officers(
    meeting: Meeting, workshop: Workshop, officers: Sequence[Mapping[str, Any]], *, actor: Actor, clock: Clock
) -> None:
    """Say who coordinates and who reports on a workshop, in this order. Refuses an unknown role with `choice`."""
    _may(meeting, actor)
    if any(one.get("role") not in OFFICER_ROLES for one in officers):
        raise Refusal("choice", field="role")
    _replace(
        workshop.officers, officers, OFFICER, lambda: WorkshopOfficer(workshop_id=workshop.id, name_ar="", role="")
    )
    note("workshop.officers_set", workshop, meeting, actor=actor, clock=clock,
         values={"officers": [one.name_ar or one.name_fr for one in workshop.officers]})  # fmt: skip


def save_sitting(
    meeting: Meeting, sitting: Sitting | None, *, fields: Mapping[str, Any], actor: Actor, clock: Clock
) -> Sitting:
    """Add a sitting, or change one; `starts` and `ends` are hours on the wall in the meeting's zone.

    Refuses with `sitting_order` an end that is not after the start, with `outside_meeting` a day on which the meeting
    is not, with `hour_missing` an hour that the clock skips, and with `room_taken` or `workshop_twice` when another
    sitting holds the room, or the same workshop, at that time. A change gives calendars a new version.
    """
    _may(meeting, actor)
    row = sitting or Sitting(
        meeting_id=meeting.id, kind="presentation", title_ar="",
        position=next_position(Sitting, Sitting.meeting_id == meeting.id),
    )  # fmt: skip
    wanted = {name: fields.get(name, getattr(row, name)) for name in ("starts", "ends", "room_id", "workshop_id")}
    if fields.get("kind", row.kind) not in KINDS:
        raise Refusal("choice", field="kind")
    check_hours(meeting, wanted)
    with db.session.no_autoflush:
        _check_conflicts(meeting, row, wanted)
        _save(meeting, row, fields, SITTING, "sitting", actor, clock)
    return row


def check_hours(meeting: Meeting, wanted: Mapping[str, Any]) -> None:
    """Refuse hours that are not of this meeting: `sitting_order`, `outside_meeting`, `hour_missing`."""
    starts, ends = wanted["starts"], wanted["ends"]
    if ends <= starts:
        raise Refusal("sitting_order", field="ends")
    if not meeting.starts_on <= starts.date() <= meeting.ends_on:
        raise Refusal("outside_meeting", field="starts")
    for field, wall in (("starts", starts), ("ends", ends)):
        if not exists(wall, meeting.zone):
            raise Refusal("hour_missing", field=field)


def _check_conflicts(meeting: Meeting, row: Sitting, wanted: Mapping[str, Any]) -> None:
    """Two sittings collide when they overlap on the wall: a break between them of no length is enough."""
    others = db.session.scalars(
        select(Sitting).where(
            Sitting.meeting_id == meeting.id, Sitting.starts < wanted["ends"], Sitting.ends > wanted["starts"]
        )
    )
    for other in others:
        if other.id == row.id:
            continue
        if wanted["room_id"] and other.room_id == wanted["room_id"]:
            room = other.room.name_ar if other.room else ""
            raise Refusal("room_taken", field="room_id", room=room, sitting=other.title_ar)
        if wanted["workshop_id"] and other.workshop_id == wanted["workshop_id"]:
            raise Refusal("workshop_twice", field="workshop_id", sitting=other.title_ar)


def remove_sitting(meeting: Meeting, sitting: Sitting, *, actor: Actor, clock: Clock) -> None:
    """Remove a sitting from the agenda; documents tied to it stay with the meeting."""
    _may(meeting, actor)
    _remove(meeting, sitting, "sitting", actor, clock)
    meeting.calendar_sequence += 1


def set_speakers(
    meeting: Meeting, sitting: Sitting, speakers: Sequence[Mapping[str, Any]], *, actor: Actor, clock: Clock
) -> None:
    """Say who speaks in a sitting, in this order; names, ranks and posts as they are to be read aloud."""
    _may(meeting, actor)
    _replace(sitting.speakers, speakers, SPEAKER, lambda: Speaker(sitting_id=sitting.id, name_ar=""))
    names = [one.name_ar or one.name_fr for one in sitting.speakers]
    note("sitting.speakers_set", sitting, meeting, actor=actor, clock=clock, values={"speakers": names})


def _replace(there: list[Any], wanted: Sequence[Mapping[str, Any]], allowed: Iterable[str], make: Any) -> None:
    """Make the list say what is wanted, in its order; rows that have no place in it any more go."""
    del there[len(wanted) :]
    there.extend(make() for _ in range(len(wanted) - len(there)))
    for position, (row, fields) in enumerate(zip(there, wanted, strict=True), 1):
        bring(row, {name: fields.get(name) or (None if name == "account_id" else "") for name in allowed}, allowed)
        row.position = position


def _may(meeting: Meeting, actor: Actor) -> None:
    require(actor, "meetings.edit", meeting)
    rules.require_phase(meeting, "agenda")


def _save(
    meeting: Meeting, row: Any, fields: Mapping[str, Any], allowed: Iterable[str], name: str, actor: Actor, clock: Clock
) -> None:
    fresh = row.id is None
    changed = bring(row, fields, allowed)
    if fresh:
        db.session.add(row)
    if fresh or changed:
        db.session.flush()
        if name != "room" or not fresh:
            meeting.calendar_sequence += 1
        note(f"{name}.{'added' if fresh else 'changed'}", row, meeting, actor=actor, clock=clock, fields=changed,
             values=said(row, changed))  # fmt: skip


def _remove(meeting: Meeting, row: Any, name: str, actor: Actor, clock: Clock) -> None:
    title = getattr(row, "title_ar", "") or getattr(row, "name_ar", "")
    note(f"{name}.removed", row, meeting, actor=actor, clock=clock, values={"title": title})
    db.session.delete(row)
    db.session.flush()
