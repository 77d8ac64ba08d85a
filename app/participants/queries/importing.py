"""What the importer must know: bodies, workshops, categories, the people there are, the seats that are left."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from app.kernel.clock import to_wall
from app.kernel.database import db
from app.kernel.languages import t
from app.meetings.models import Meeting
from app.participants.importing import Analysis, KnownCategory, KnownPerson, KnownWorkshop, Sheet, analyse
from app.participants.models import ImportBatch, Participant, ReservedSeat
from app.participants.queries.invitations import listed
from app.participants.queries.listing import wish_codes
from app.participants.queries.places import category_codes, workshops
from app.territory.matching import KnownBody, Matcher
from app.territory.models import Body, BodyAlias

Mapping_ = Mapping[str, Mapping[str | int, str]]


def find(meeting: Meeting, ident: str) -> ImportBatch | None:
    """The import of this id, inside the meeting."""
    found = db.session.get(ImportBatch, ident)
    return found if found is not None and found.meeting_id == meeting.id else None


def imports(meeting: Meeting) -> list[ImportBatch]:
    """The imports of the meeting, the latest first."""
    return list(
        db.session.scalars(
            select(ImportBatch).where(ImportBatch.meeting_id == meeting.id).order_by(ImportBatch.at.desc()).limit(50)
        )
    )


def imported_before(meeting: Meeting, sha256: str) -> ImportBatch | None:
    """The import of exactly this file that still stands."""
    return db.session.scalar(
        select(ImportBatch)
        .where(
            ImportBatch.meeting_id == meeting.id, ImportBatch.sha256 == sha256, ImportBatch.state == "done"
        )
        .order_by(ImportBatch.committed_at.desc())
        .limit(1)
    )  # fmt: skip


def dry_run(meeting: Meeting, sheets: list[Sheet], mapping: Mapping_ | None = None) -> Analysis:
    """What the sheets would do to the meeting; writes nothing (seven queries). Raises `FileRefused`."""
    return analyse(
        sheets, bodies=matcher(), workshops=known_workshops(meeting), categories=known_categories(meeting),
        year=meeting.starts_on.year, existing=known_people(meeting), mapping=mapping or None, seats=seats_left(meeting),
    )  # fmt: skip


def matcher() -> Matcher:
    """Every body with its other names (two queries)."""
    aliases: dict[str, list[str]] = {}
    for body_id, text in db.session.execute(select(BodyAlias.body_id, BodyAlias.text)):
        aliases.setdefault(body_id, []).append(text)
    rows = db.session.execute(
        select(Body.id, Body.code, Body.kind, Body.name_ar, Body.name_fr, Body.name_en, Body.name_zgh, Body.parent_id)
        .where(Body.active).order_by(Body.id)
    )  # fmt: skip
    return Matcher(
        KnownBody(id=row[0], code=row[1], kind=row[2], names=tuple(name for name in row[3:7] if name),
                  parent_id=row[7], aliases=tuple(aliases.get(row[0], ())))
        for row in rows
    )  # fmt: skip


def known_workshops(meeting: Meeting) -> list[KnownWorkshop]:
    """The meeting's workshops with their titles."""
    return [
        KnownWorkshop(one.code, tuple(title for title in (one.title_ar, one.title_fr, one.title_en) if title))
        for one in workshops(meeting)
    ]


def known_categories(meeting: Meeting) -> list[KnownCategory]:
    """The meeting's categories with their words in three languages."""
    return [
        KnownCategory(code, tuple(t.plain(f"category.{code}.{form}", lang=lang) for lang in ("ar", "fr", "en")
                                  for form in ("m", "f", "pl")))
        for code in category_codes(meeting)
    ]  # fmt: skip


def known_people(meeting: Meeting) -> list[KnownPerson]:
    """Everybody in the list and every seat held without a name (three queries)."""
    rows = db.session.scalars(
        select(Participant)
        .options(lazyload(Participant.body), lazyload(Participant.wishes))
        .where(Participant.meeting_id == meeting.id, Participant.erased_at.is_(None))
        .order_by(Participant.id)
    ).all()
    wishes = wish_codes(meeting)
    delegates = {row.titular_id: row.name for row in rows if row.titular_id}
    people = [
        KnownPerson(
            id=row.id, name_ar=row.name_ar, name_latin=row.name_latin, name_zgh=row.name_zgh, honorific=row.honorific,
            category=row.category, role=row.post, body_id=row.body_id or "", email=row.email,
            phones=tuple(phone for phone in (row.phone, *row.other_phones) if phone),
            wishes=tuple(wishes.get(row.id, "").split()), status=row.status,
            registered_on=to_wall(row.registered_at, meeting.zone).date() if row.registered_at else None,
            represented_by=delegates.get(row.id, ""),
        )
        for row in rows
    ]  # fmt: skip
    seats = db.session.scalars(select(ReservedSeat).where(ReservedSeat.meeting_id == meeting.id))
    return people + [
        KnownPerson(id=seat.id, role=seat.label, honorific=seat.honorific, category=seat.category,
                    body_id=seat.body_id or "", reserved=True)
        for seat in seats
    ]  # fmt: skip


def seats_left(meeting: Meeting) -> Mapping[str, int]:
    """The seats left of each body that was invited (two queries)."""
    left: dict[str, int] = {}
    for one in listed(meeting):
        if one.invitation.body_id and one.state != "withdrawn" and one.invitation.kind == "body":
            left[one.invitation.body_id] = left.get(one.invitation.body_id, 0) + one.seats - one.used
    return left
