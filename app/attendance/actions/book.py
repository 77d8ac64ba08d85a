"""What a batch of scans needs, read once: stored answers, people, seats, workshops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.attendance import codes, wording
from app.attendance.models import Scan
from app.attendance.queries.lists import sitting_of
from app.kernel.database import Base, db, engine_name
from app.kernel.languages import current_language, pick
from app.meetings.models import Meeting, Sitting, Workshop
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat


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


def once(table: type[Base], values: dict[str, Any], key: str, *, unique: tuple[str, ...] = ()) -> Any | None:
    """Insert a row unless one of the same key is there; gives its key, or None when it was there before."""
    into = postgresql.insert if engine_name() == "postgresql" else sqlite.insert
    made = into(table).values(values).on_conflict_do_nothing(index_elements=list(unique or (key,)))
    return db.session.scalar(made.returning(getattr(table, key)))


class Book:
    """The open book of one batch; the number of its queries does not grow with the batch."""

    def __init__(self, meeting: Meeting, scans: Sequence[Scanned]) -> None:
        self.meeting = meeting
        self.stored = _stored(meeting, scans)
        self._people = _people(meeting, scans)
        self._sittings: dict[str, Sitting | None] = {}
        self._refs: dict[str, dict[str, Participant]] = {}
        self._seats = self._read_seats()
        self._workshops: dict[str, Workshop] | None = None

    def person(self, scan: Scanned) -> Participant | None:
        """Who the badge, the typed code or the line of the list names; a badge that is not genuine names nobody."""
        if scan.token:
            found = self._people.get(codes.code_in(scan.token))
            return found if found is not None and codes.genuine(scan.token, found) else None
        if scan.code:
            return self._people.get(codes.typed(scan.code))
        return self._by_ref(scan.list).get(scan.ref) if scan.ref else None

    def _by_ref(self, key: str) -> dict[str, Participant]:
        if key not in self._refs:
            everybody = db.session.scalars(select(Participant).where(Participant.meeting_id == self.meeting.id))
            salt = codes.salt_of(self.meeting.id, key)
            self._refs[key] = {codes.salted(salt, codes.badge_text(one)): one for one in everybody}
            self._seats = self._read_seats([one.id for one in self._refs[key].values()])
        return self._refs[key]

    def _read_seats(self, ids: Sequence[str] = ()) -> dict[str, list[WorkshopSeat]]:
        wanted = list(ids) or [one.id for one in self._people.values() if one.meeting_id == self.meeting.id]
        seats: dict[str, list[WorkshopSeat]] = {}
        if wanted:
            for seat in db.session.scalars(
                select(WorkshopSeat)
                .where(WorkshopSeat.meeting_id == self.meeting.id, WorkshopSeat.participant_id.in_(wanted))
                .order_by(WorkshopSeat.slot)
            ):
                seats.setdefault(seat.participant_id, []).append(seat)
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
        seats = self._seats.get(participant_id, [])
        return next((seat.workshop_id for seat in seats if seat.slot == sitting.slot), None)

    def shown(self, key: str, person: Participant) -> dict[str, str]:
        """What the badge shows of somebody, and nothing else: name, workshop, room."""
        seats = self._seats.get(person.id, [])
        here = self.seat_here(key, person.id)
        workshop = self._workshop(here or (seats[0].workshop_id if seats else None))
        return {
            "name": wording.shown_name(person),
            "workshop": wording.workshop_label(workshop) if workshop is not None else "",
            "room": wording.room_name(workshop.room) if workshop is not None else "",
        }

    def _workshop(self, ident: str | None) -> Workshop | None:
        if ident is None:
            return None
        if self._workshops is None:
            rows = db.session.scalars(select(Workshop).where(Workshop.meeting_id == self.meeting.id))
            self._workshops = {row.id: row for row in rows}
        return self._workshops.get(ident)

    def delegate_of(self, person: Participant) -> Participant | None:
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
    rows = db.session.execute(
        select(Scan.scan_id, Scan.answer).where(
            Scan.scan_id.in_([scan.scan_id for scan in scans]), Scan.meeting_id == meeting.id
        )
    )
    return {row.scan_id: row.answer for row in rows}


def _people(meeting: Meeting, scans: Sequence[Scanned]) -> dict[str, Participant]:
    wanted = {codes.code_in(scan.token) if scan.token else codes.typed(scan.code) for scan in scans} - {""}
    if not wanted:
        return {}
    rows = db.session.scalars(select(Participant).where(Participant.code.in_(wanted), Participant.erased_at.is_(None)))
    return {row.code: row for row in rows}
