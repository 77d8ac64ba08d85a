"""Rows that were read become people: many at once, with one change of the places and no journal entry of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as with_changes
from datetime import datetime, time
from typing import Any

from sqlalchemy import select, update

from app.kernel.clock import Clock, to_utc
from app.kernel.database import db, new_id
from app.kernel.tokens import short_code
from app.meetings.models import Meeting
from app.participants.actions.filling import Details, details_of, fill, snapshot
from app.participants.actions.places import open_places
from app.participants.importing import Row
from app.participants.models import Participant, ReservedSeat, Seats
from app.participants.names import Name, name_of
from app.participants.queries.places import category_codes, workshops
from app.participants.states import SEATED, Source, Status
from app.territory.models import Body

STATES = {
    "": Status.REGISTERED, "registered": Status.REGISTERED, "confirmed": Status.CONFIRMED, "invited": Status.INVITED,
    "waitlisted": Status.WAITLISTED, "pending_approval": Status.PENDING, "declined": Status.DECLINED,
    "cancelled": Status.CANCELLED, "represented": Status.REGISTERED,
}  # fmt: skip
GONE = (Status.DECLINED, Status.CANCELLED)


def is_bad(row: Row) -> bool:
    """Whether somebody must mend the row before it can be imported whole."""
    return row.outcome == "rejected" or (row.needs_mending and row.outcome != "same")


class Writing:
    """The people of one import while they are written; `finish` gives them their places."""

    def __init__(self, meeting: Meeting, batch_id: str, clock: Clock) -> None:
        self.meeting, self.batch_id, self.clock = meeting, batch_id, clock
        self.counts = {"new": 0, "changed": 0, "same": 0, "duplicate": 0, "reserved": 0, "skipped": 0, "waiting": 0}
        self.touched: list[str] = []
        self._traces: dict[tuple[str, int], dict[str, Any]] = {}
        self._categories = category_codes(meeting)
        self._workshops = {one.code: one.id for one in workshops(meeting)}
        self._bodies = {body.id: body for body in db.session.scalars(select(Body))}
        known = select(Participant.identity_key).where(
            Participant.meeting_id == meeting.id, Participant.identity_key.is_not(None)
        )
        self._keys = set(db.session.scalars(known))
        self._waiting_for_place: list[Participant | ReservedSeat] = []

    def row(self, row: Row) -> None:
        """Write one row: a person, a change, a seat held; duplicates and what says nothing new are only counted."""
        if row.outcome == "new":
            self._new(row)
        elif row.outcome == "changed":
            self._changed(row)
        elif row.outcome == "reserved" and row.duplicate_of is None:
            self._reserved(row)
        else:
            self.counts[row.outcome if row.outcome in self.counts else "skipped"] += 1

    def trace(self, row: Row) -> dict[str, Any]:
        """What became of a row, for the report and the way back."""
        return self._traces.get((row.sheet, row.row), {"written": ""})

    def finish(self) -> None:
        """Give places in the order of the file, in one change of the meeting's row; who finds none waits."""
        # The people are written once, with their places, and a seat nobody gets is not written at all.
        with db.session.no_autoflush:
            open_places(self.meeting)
            row = db.session.execute(
                update(Seats).where(Seats.meeting_id == self.meeting.id).values(taken=Seats.taken)
                .returning(Seats.capacity, Seats.taken, Seats.queued)
            ).one()  # fmt: skip
        capacity, taken, queued = row
        left = len(self._waiting_for_place) if capacity == 0 else max(0, capacity - taken)
        for one in self._waiting_for_place:
            if left > 0:
                left, taken = left - 1, taken + 1
                if isinstance(one, Participant):
                    one.holds_seat = True
            elif isinstance(one, Participant):
                queued += 1
                one.status, one.waiting_rank, one.confirmed_at = Status.WAITLISTED, queued, None
                self.counts["waiting"] += 1
            else:
                # Nobody waits in the place of a role without a name: the seat is not held, and is counted as left out.
                db.session.expunge(one)
                self.counts["reserved"] -= 1
                self.counts["skipped"] += 1
        db.session.execute(update(Seats).where(Seats.meeting_id == self.meeting.id).values(taken=taken, queued=queued))
        db.session.flush()

    def _new(self, row: Row) -> None:
        details = self._details(row)
        status = STATES.get(row.status, Status.REGISTERED)
        if status not in GONE and details.key in self._keys:
            self.counts["duplicate"] += 1
            return
        person = self._person(details, status, row)
        if status in GONE:
            person.identity_key, person.ended_at = None, self.clock.now()
        else:
            self._keys.add(details.key)
        self.counts["new"] += 1
        self._traces[row.sheet, row.row] = {"written": "new", "participant": person.id}
        if row.represented_by and status in SEATED:
            self._delegate(row, person, details)
        elif status in SEATED | {Status.WAITLISTED}:
            self._waiting_for_place.append(person)

    def _person(self, details: Details, status: Status, row: Row) -> Participant:
        person = Participant(
            id=new_id(), meeting_id=self.meeting.id, code=short_code(), status=status, source=Source.IMPORT,
            category="", import_id=self.batch_id, other_phones=[], body_text="",
            registered_at=self._registered(row),
            confirmed_at=self.clock.now() if status == Status.CONFIRMED else None,
        )  # fmt: skip
        fill(person, details)
        db.session.add(person)
        self.touched.append(person.id)
        return person

    def _delegate(self, row: Row, titular: Participant, details: Details) -> None:
        """The row names who comes instead: the titular stays, represented, and the seat is the delegate's."""
        named = with_changes(
            details, name=name_of(row.represented_by), email="", phone="", other_phones=(), honorific="",
            address_form=None,
        )  # fmt: skip
        if named.key in self._keys:
            self._waiting_for_place.append(titular)
            return
        self._keys.add(named.key)
        person = self._person(named, Status(titular.status), row)
        person.titular_id, person.source = titular.id, Source.DELEGATE
        titular.status = Status.REPRESENTED
        self._waiting_for_place.append(person)

    def _changed(self, row: Row) -> None:
        person = db.session.get(Participant, str((row.duplicate_of or {}).get("participant", "")))
        if person is None:
            self.counts["skipped"] += 1
            return
        before = snapshot(person) | {"other_phones": list(person.other_phones), "body_id": person.body_id}
        fields = {change.field for change in row.changes}
        details = self._changed_details(row, details_of(person), fields)
        if details.key in self._keys and details.key != person.identity_key:
            self.counts["skipped"] += 1
            return
        ended = person.identity_key is None
        fill(person, details)
        if ended:
            person.identity_key = None
        else:
            self._keys.add(details.key)
        if "registered_on" in fields:
            person.registered_at = self._registered(row)
        self.counts["changed"] += 1
        self.touched.append(person.id)
        self._traces[row.sheet, row.row] = {"written": "changed", "participant": person.id, "before": before}

    def _changed_details(self, row: Row, now: Details, fields: set[str]) -> Details:
        said = self._details(row)
        name = Name(
            said.name.ar if "name_ar" in fields else now.name.ar,
            said.name.latin if "name_latin" in fields else now.name.latin,
            said.name.zgh if "name_zgh" in fields else now.name.zgh,
        )
        taken: dict[str, Any] = {"name": name}
        for field, mine in (("honorific", "honorific"), ("category", "category"), ("role", "post"), ("email", "email"),
                            ("wishes", "wishes")):  # fmt: skip
            if field in fields:
                taken[mine] = getattr(said, mine)
        if "body_id" in fields:
            taken |= {"body": said.body, "body_text": ""}
        if "phones" in fields:
            phones = list(dict.fromkeys([now.phone, *now.other_phones, *row.phones]))
            phones = [phone for phone in phones if phone]
            taken |= {"phone": phones[0], "other_phones": tuple(phones[1:])}
        return with_changes(now, **taken)

    def _reserved(self, row: Row) -> None:
        seat = ReservedSeat(
            id=new_id(), meeting_id=self.meeting.id, category=self._category(row), import_id=self.batch_id,
            label=row.role[:200], honorific=row.honorific[:60], body_id=row.body_id or None,
        )  # fmt: skip
        db.session.add(seat)
        self._waiting_for_place.append(seat)
        self.counts["reserved"] += 1
        self._traces[row.sheet, row.row] = {"written": "reserved", "seat": seat.id}

    def _details(self, row: Row) -> Details:
        body: Body | None = self._bodies.get(row.body_id)
        unknown = next((flag.value for flag in row.flags if flag.code in ("body_unknown", "body_ambiguous")), "")
        return Details(
            name=Name(row.name_ar[:160], row.name_latin[:160], row.name_zgh[:160]), category=self._category(row),
            body=body, body_text="" if body else unknown[:200], honorific=row.honorific[:60], post=row.role[:300],
            email=row.email, phone=row.phones[0] if row.phones else "", other_phones=tuple(row.phones[1:]),
            language=self.meeting.lang if self.meeting.lang in ("ar", "fr", "en") else "ar",
            wishes=tuple(self._workshops[code] for code in row.wishes if code in self._workshops),
        )  # fmt: skip

    def _category(self, row: Row) -> str:
        return row.category if row.category in self._categories else self._categories[-1]

    def _registered(self, row: Row) -> datetime:
        if row.registered_on is None:
            return self.clock.now()
        return to_utc(datetime.combine(row.registered_on, time(12)), self.meeting.zone)


def put_back(person: Participant, before: Mapping[str, Any], bodies: Mapping[str, Body]) -> None:
    """Write what a person was before an import changed them, whatever the file had said."""
    details = with_changes(
        details_of(person), name=Name(before["name_ar"], before["name_latin"], before["name_zgh"]),
        honorific=before["honorific"], category=before["category"], post=before["post"], email=before["email"],
        phone=before["phone"], other_phones=tuple(before["other_phones"]), body=bodies.get(before["body_id"] or ""),
        body_text=before["body_text"], wishes=tuple(before["wishes"]),
    )  # fmt: skip
    ended = person.identity_key is None
    fill(person, details)
    if ended:
        person.identity_key = None
