"""Erasure (law 09-08): of one person who asks, and of everybody once the time of keeping is over.

What is known about a person lies in the row, in the values beside the journal, in the outbox, in stored answers to
forms, and in what an import read. All of it goes; the entries of the journal stay, empty, so that the chain verifies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, select

from app.jobs.actions import erase_mails
from app.jobs.queries import mails_to
from app.kernel import files, idempotency, journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.journal import Touched, Value
from app.kernel.tokens import short_code
from app.meetings.models import Meeting
from app.participants.actions.places import give_back, promote
from app.participants.models import ImportBatch, Participant
from app.participants.states import ENDED, Status


def erase(*, participant: Participant, actor: Actor, clock: Clock) -> None:
    """Erase somebody's data for good, by their own link or by the organiser's hand.

    A standing registration is cancelled first and its place passed on; nobody is written to. The link is void
    afterwards. Doing it twice does nothing. Journal: participant.erased, without a name.
    """
    require(actor, "participants.erase", participant)
    if participant.erased_at is not None:
        return
    meeting = participant.meeting
    held = participant.holds_seat
    if participant.status not in ENDED:
        participant.status, participant.ended_at = Status.CANCELLED, clock.now()
        give_back(participant)
    _forget([participant], clock)
    journal.record("participant.erased", participant, actor=_nameless(actor), clock=clock, meeting=meeting, public=held)
    if held:
        promote(meeting, actor=_nameless(actor), clock=clock)


def anonymise(*, meeting: Meeting, actor: Actor, clock: Clock) -> int:
    """Take the names out of a meeting whose time of keeping is over; states and categories stay for the figures.

    Gives how many people it was; one journal entry for all of them (participant.anonymised).
    """
    people = db.session.scalars(
        select(Participant).where(Participant.meeting_id == meeting.id, Participant.erased_at.is_(None))
    ).all()
    if not people:
        return 0
    _forget(people, clock)
    journal.record(
        "participant.anonymised", meeting, actor=actor, clock=clock, meeting=meeting, values={"count": len(people)}
    )
    return len(people)


def kept_until(meeting: Meeting) -> date:
    """The last day on which names are kept: months after the results were published, else after the meeting."""
    start = meeting.published_on or meeting.ends_on
    months = start.month - 1 + meeting.retention_months
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, 28))


def _forget(people: Sequence[Participant], clock: Clock) -> None:
    for person in people:
        _forget_mails(person)
        idempotency.erase(person.id)
        _empty(person, clock)
    ids = [person.id for person in people]
    db.session.flush()
    journal.erase_values("participant", ids)
    _forget_touched(ids)
    _forget_imported(ids)


def _empty(person: Participant, clock: Clock) -> None:
    for name in ("name_ar", "name_latin", "name_zgh", "honorific", "rank", "post", "body_text", "email", "phone",
                 "needs", "folded", "skeleton", "sort_ar", "sort_fr", "end_reason"):  # fmt: skip
        setattr(person, name, "")
    person.other_phones, person.wishes = [], []
    person.address_form = person.precedence = person.identity_key = person.waiting_rank = None
    person.body = None
    person.image_consent = False
    person.code, person.link_version = short_code(), person.link_version + 1
    person.erased_at = clock.now()


def _forget_mails(person: Participant) -> None:
    if person.email:
        own = [mail.id for mail in mails_to(person.email) if person.id in (mail.key or "") or mail.name == person.name]
        erase_mails(ids=own)


def _forget_touched(ids: Iterable[str]) -> None:
    """Values of acts upon several people (a delegation, a merge) in which these are named."""
    touched = select(Touched.stream_id, Touched.seq).where(
        Touched.subject_type == "participant", Touched.subject_id.in_(list(ids))
    )
    for stream_id, seq in db.session.execute(touched).all():
        db.session.execute(delete(Value).where(Value.stream_id == stream_id, Value.seq == seq))


def _forget_imported(ids: Iterable[str]) -> None:
    """The rows an import read about these people, and the file they were read from."""
    gone = set(ids)
    for batch in db.session.scalars(select(ImportBatch)):
        rows = [row for row in batch.rows if row.get("participant") not in gone]
        if len(rows) == len(batch.rows):
            continue
        kept = db.session.get(files.StoredFile, batch.file_id) if batch.file_id else None
        batch.rows, batch.file_id = rows, None
        db.session.flush()
        if kept is not None:
            files.forget(kept)


def _nameless(actor: Actor) -> Actor:
    """The actor without a name, for an entry that must not keep the one it erases."""
    return Actor(actor.kind, actor.id, "", actor.grants, actor.session_id)
