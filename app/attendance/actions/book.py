"""What a batch of scans needs, read once: stored answers, people, seats, workshops.

Only the columns that are looked at are read, not whole rows: at the door this is done some hundred times a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import bindparam, select

from app.attendance import codes, wording
from app.attendance.models import Scan
from app.attendance.queries.lists import sitting_of
from app.kernel.database import db
from app.kernel.languages import current_language, pick
from app.meetings.models import Meeting, Room, Sitting, Workshop
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat
from app.workshops.queries.slots import slot_name

PERSON = (
    Participant.id, Participant.meeting_id, Participant.code, Participant.link_version, Participant.name_ar,
    Participant.name_latin, Participant.name_zgh, Participant.status, Participant.ended_at,
)  # fmt: skip


# Built once: making a statement costs more than running it.
STORED = select(Scan.scan_id, Scan.answer).where(
    Scan.scan_id.in_(bindparam("ids", expanding=True)), Scan.meeting_id == bindparam("meeting")
)
BY_CODE = select(*PERSON).where(
    Participant.code.in_(bindparam("codes", expanding=True)), Participant.erased_at.is_(None)
)
SEATS = (
    select(WorkshopSeat.participant_id, WorkshopSeat.slot, WorkshopSeat.workshop_id)
    .where(WorkshopSeat.participant_id.in_(bindparam("ids", expanding=True)))
    .order_by(WorkshopSeat.slot)
)


class Scanned(Protocol):
    """What of a scan says who it was, where."""

    @property
    def scan_id(self) -> str: ...
    @property
    def list(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def ref(self) -> str: ...


class Person(Protocol):
    """What the door reads of a participant."""

    id: str
    meeting_id: str
    code: str
    link_version: int
    name_ar: str
    name_latin: str
    name_zgh: str
    status: str
    ended_at: Any


class Book:
    """The open book of one batch; the number of its queries does not grow with the batch."""

    def __init__(self, meeting: Meeting, scans: Sequence[Scanned]) -> None:
        self.meeting = meeting
        self.stored = _stored(meeting, scans)
        self._people = _people(scans)
        self._sittings: dict[str, Sitting | None] = {}
        self._refs: dict[str, dict[str, Person]] = {}
        self._seats = self._read_seats([one.id for one in self._people.values() if one.meeting_id == meeting.id])
        self._workshops: dict[str, Any] | None = None

    def person(self, scan: Scanned) -> Person | None:
        """Who the badge, the typed code or the line of the list names; a badge that is not genuine names nobody."""
        if scan.token:
            found = self._people.get(codes.code_in(scan.token))
            return found if found is not None and codes.genuine(scan.token, found) else None
        if scan.code:
            return self._people.get(codes.typed(scan.code))
        return self._by_ref(scan.list).get(scan.ref) if scan.ref else None

    def _by_ref(self, key: str) -> dict[str, Person]:
        if key not in self._refs:
            everybody = db.session.execute(select(*PERSON).where(Participant.meeting_id == self.meeting.id)).all()
            salt = codes.salt_of(self.meeting.id, key)
            found: dict[str, Any] = {codes.salted(salt, codes.badge_text(one)): one for one in everybody}
            self._refs[key] = found
            self._seats = self._read_seats([one.id for one in everybody])
        return self._refs[key]

    def _read_seats(self, wanted: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """The seats of these people, as (slot, workshop), slot by slot."""
        seats: dict[str, list[tuple[str, str]]] = {}
        if wanted:
            rows = db.session.connection().execute(SEATS, {"ids": list(wanted)})
            for participant_id, slot, workshop_id in rows:
                seats.setdefault(participant_id, []).append((slot, workshop_id))
        return seats

    def sitting(self, key: str) -> Sitting | None:
        """The workshop sitting of a list's key."""
        if key not in self._sittings:
            self._sittings[key] = sitting_of(self.meeting, key)
        return self._sittings[key]

    def workshop_of(self, key: str) -> str | None:
        """The workshop at whose door this list is kept."""
        sitting = self.sitting(key)
        return sitting.workshop_id if sitting is not None else None

    def seat_here(self, key: str, participant_id: str) -> str | None:
        """The workshop the person has in the slot of this list."""
        sitting = self.sitting(key)
        if sitting is None:
            return None
        wanted = slot_name(sitting)
        return next((workshop for slot, workshop in self._seats.get(participant_id, []) if slot == wanted), None)

    def shown(self, key: str, person: Person) -> dict[str, str]:
        """What the badge shows of somebody, and nothing else: name, workshop, room."""
        seats = self._seats.get(person.id, [])
        found = self._workshop(self.seat_here(key, person.id) or (seats[0][1] if seats else None))
        return {
            "name": wording.shown_name(person),
            "workshop": wording.workshop_label(found) if found is not None else "",
            "room": pick(found._mapping, "name", current_language())[0] if found is not None else "",
        }

    def _workshop(self, ident: str | None) -> Any | None:
        if ident is None:
            return None
        if self._workshops is None:
            rows = db.session.execute(
                select(Workshop.id, Workshop.position, Room.name_ar, Room.name_fr, Room.name_en)
                .outerjoin(Room, Room.id == Workshop.room_id)
                .where(Workshop.meeting_id == self.meeting.id)
            )
            self._workshops = {row.id: row for row in rows}
        return self._workshops.get(ident)

    def delegate_of(self, person: Person) -> Participant | None:
        """Who comes in this person's place."""
        return db.session.scalar(
            select(Participant).where(Participant.titular_id == person.id, Participant.status == "confirmed")
        )

    def meeting_name(self, ident: str) -> str:
        """The short name of another meeting, for the person sent away with its badge."""
        other = db.session.get(Meeting, ident)
        if other is None:
            return ""
        lang = current_language()
        return pick(other, "short", lang)[0] or pick(other, "title", lang)[0]


def _stored(meeting: Meeting, scans: Sequence[Scanned]) -> dict[str, dict[str, Any]]:
    rows = db.session.connection().execute(STORED, {"ids": [scan.scan_id for scan in scans], "meeting": meeting.id})
    return {row.scan_id: row.answer for row in rows}


def _people(scans: Sequence[Scanned]) -> dict[str, Person]:
    wanted = {codes.code_in(scan.token) if scan.token else codes.typed(scan.code) for scan in scans} - {""}
    if not wanted:
        return {}
    rows: Any = db.session.connection().execute(BY_CODE, {"codes": list(wanted)})
    return {row.code: row for row in rows}
