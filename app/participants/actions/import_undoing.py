"""An import taken back within a day: who was new leaves, what was changed is as before, places go back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import lazyload

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.journal import Entry, Touched
from app.meetings.models import Meeting
from app.participants.actions.imported import put_back
from app.participants.actions.importing import may_undo
from app.participants.actions.places import promote, release
from app.participants.models import ImportBatch, Participant, ReservedSeat
from app.territory.models import Body


def undo(*, batch: ImportBatch, meeting: Meeting, actor: Actor, clock: Clock) -> dict[str, int]:
    """Take an import back: one transaction, one journal entry (participant.import_undone).

    Whoever acted since (answered, was decided about, came to the door) stays, and is counted. Refuses with
    `undo_late` after a day or when it was undone before.
    """
    require(actor, "participants.import", meeting)
    if not may_undo(batch, clock):
        raise Refusal("undo_late")
    counts = {"gone": 0, "restored": 0, "kept": 0}
    places = 0
    bodies = {body.id: body for body in db.session.scalars(select(Body))}
    everyone = select(Participant).options(lazyload(Participant.wishes), lazyload(Participant.body))
    rows = db.session.scalars(everyone.where(Participant.meeting_id == meeting.id))
    people = {one.id: one for one in rows}
    touched: list[str] = []
    leaving: list[str] = []
    acted = _acted(meeting)
    for row in batch.rows:
        person = people.get(row.get("participant") or "")
        if row.get("written") == "changed" and person is not None:
            put_back(person, row["before"], bodies)
            counts["restored"] += 1
            touched.append(person.id)
    for person in [one for one in people.values() if one.import_id == batch.id]:
        if person.id in acted:
            counts["kept"] += 1
            continue
        places += person.holds_seat
        counts["gone"] += 1
        touched.append(person.id)
        leaving.append(person.id)
        db.session.expunge(person)
    for start in range(0, len(leaving), 500):
        some = leaving[start : start + 500]
        db.session.execute(
            delete(Participant).where(Participant.id.in_(some)).execution_options(synchronize_session=False)
        )
    seats = db.session.scalars(select(ReservedSeat).where(ReservedSeat.import_id == batch.id)).all()
    for seat in seats:
        db.session.delete(seat)
    release(meeting.id, places + len(seats))
    batch.state, batch.undone_at = "undone", clock.now()
    batch.summary = batch.summary | {"undone": counts}
    _tell(batch, meeting, touched, counts, actor, clock)
    promote(meeting, actor=actor, clock=clock)
    return counts


def _acted(meeting: Meeting) -> set[str]:
    """The people to whom anything happened besides imports (two queries)."""
    other = (Entry.stream_id == journal.stream_of(meeting), Entry.kind != "participant.imported")
    own = select(Entry.subject_id).where(*other, Entry.subject_type == "participant")
    beside = (
        select(Touched.subject_id)
        .join(Entry, (Entry.stream_id == Touched.stream_id) & (Entry.seq == Touched.seq))
        .where(*other, Touched.subject_type == "participant")
    )
    return {*db.session.scalars(own), *db.session.scalars(beside)}


def _tell(
    batch: ImportBatch, meeting: Meeting, touched: list[str], counts: dict[str, Any], actor: Actor, clock: Clock
) -> None:
    if touched:
        journal.record(
            "participant.import_undone", ("participant", touched[0]), actor=actor, clock=clock, meeting=meeting,
            ids=touched[1:], values={"import": batch.id, "file": batch.filename, "counts": counts}, public=True,
        )  # fmt: skip
