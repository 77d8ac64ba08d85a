"""Reading editions, their texts and their documents."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import defer, undefer

from app.kernel.database import db
from app.meetings.models import Meeting
from app.publication.models import Edition, EditionFile, EditionText
from app.publication.snapshot import Snapshot
from app.publication.states import EditionState
from app.recommendations.models import FieldText, Recommendation


def editions(meeting: Meeting) -> list[Edition]:
    """The published editions, newest first, without their snapshots (one query)."""
    rows = select(Edition).where(Edition.meeting_id == meeting.id, Edition.state == EditionState.PUBLISHED)
    return list(db.session.scalars(rows.options(defer(Edition.snapshot)).order_by(Edition.number.desc())))


def latest(meeting: Meeting) -> Edition | None:
    """The edition in force, with its snapshot (one query)."""
    rows = select(Edition).where(Edition.meeting_id == meeting.id, Edition.state == EditionState.PUBLISHED)
    return db.session.scalar(rows.order_by(Edition.number.desc()).limit(1))


def latest_snapshot(meeting: Meeting) -> Snapshot | None:
    """The content in force; None before the first publication (one query)."""
    edition = latest(meeting)
    return Snapshot(edition.snapshot, edition.sha256) if edition else None


def find_edition(meeting: Meeting, number: int) -> Edition | None:
    """The published edition with this number."""
    return db.session.scalar(
        select(Edition).where(
            Edition.meeting_id == meeting.id, Edition.number == number, Edition.state == EditionState.PUBLISHED
        )
    )


def prepared(meeting: Meeting) -> Edition | None:
    """The correction that waits for its second person."""
    return db.session.scalar(
        select(Edition).where(Edition.meeting_id == meeting.id, Edition.state == EditionState.PREPARED)
    )


def lock(meeting: Meeting) -> None:
    """Let nobody else publish in this meeting until the commit (SQLite has one writer anyway)."""
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())


def next_number(meeting: Meeting) -> int:
    """The number the next edition will have."""
    last = select(func.max(Edition.number)).where(
        Edition.meeting_id == meeting.id, Edition.state == EditionState.PUBLISHED
    )
    return (db.session.scalar(last) or 0) + 1


def find_published(meeting: Meeting, number: int) -> Recommendation | None:
    """The published recommendation of this meeting with this definitive number."""
    return db.session.scalar(
        select(Recommendation).where(
            Recommendation.meeting_id == meeting.id, Recommendation.number == number,
            Recommendation.published_at.is_not(None),
        )
    )  # fmt: skip


def by_ids(ids: Iterable[str]) -> list[Recommendation]:
    """The recommendations with these ids."""
    return list(db.session.scalars(select(Recommendation).where(Recommendation.id.in_(sorted(set(ids))))))


def undecided(meeting: Meeting) -> dict[str, int]:
    """How many recommendations are in each state (one query)."""
    rows = select(Recommendation.state, func.count()).where(Recommendation.meeting_id == meeting.id)
    return {str(state): count for state, count in db.session.execute(rows.group_by(Recommendation.state))}


def files(edition: Edition) -> list[EditionFile]:
    """The documents made so far, without their content (one query)."""
    return list(db.session.scalars(select(EditionFile).where(EditionFile.edition_id == edition.id)))


def files_of(ids: Iterable[str]) -> dict[str, int]:
    """How many documents each edition has (one query)."""
    rows = select(EditionFile.edition_id, func.count()).where(EditionFile.edition_id.in_(list(ids)))
    return {row[0]: row[1] for row in db.session.execute(rows.group_by(EditionFile.edition_id))}


def find_file(edition: Edition, kind: str, lang: str) -> EditionFile | None:
    """One document with its content."""
    return db.session.scalar(
        select(EditionFile)
        .where(EditionFile.edition_id == edition.id, EditionFile.kind == kind, EditionFile.lang == lang)
        .options(undefer(EditionFile.content))
    )


def wordings(recommendation: Recommendation) -> list[tuple[Edition, EditionText]]:
    """The texts of a recommendation in every edition, oldest first (one query)."""
    rows = (
        select(Edition, EditionText)
        .join(EditionText, EditionText.edition_id == Edition.id)
        .where(EditionText.recommendation_id == recommendation.id, Edition.state == EditionState.PUBLISHED)
        .options(defer(Edition.snapshot))
        .order_by(Edition.number)
    )
    return [(edition, text) for edition, text in db.session.execute(rows)]


def all_editions() -> list[tuple[Edition, str]]:
    """Every published edition of every meeting with its slug, for verification."""
    rows = (
        select(Edition, Meeting.slug)
        .join(Meeting, Meeting.id == Edition.meeting_id)
        .where(Edition.state == EditionState.PUBLISHED)
        .order_by(Meeting.slug, Edition.number)
    )
    return [(edition, slug) for edition, slug in db.session.execute(rows)]


def texts(edition: Edition) -> list[EditionText]:
    """The texts of one edition."""
    rows = select(EditionText).where(EditionText.edition_id == edition.id)
    return list(db.session.scalars(rows.order_by(EditionText.recommendation_id, EditionText.lang)))


def contents(edition: Edition) -> list[EditionFile]:
    """The documents of an edition with their content."""
    rows = select(EditionFile).where(EditionFile.edition_id == edition.id).options(undefer(EditionFile.content))
    return list(db.session.scalars(rows.order_by(EditionFile.kind, EditionFile.lang)))


def bodies_in_place(ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """The bodies as they stand in the tables, by recommendation and language (one query)."""
    rows = select(FieldText).where(FieldText.recommendation_id.in_(list(ids)), FieldText.field.like("body.%"))
    return {
        (row.recommendation_id, row.field.removeprefix("body.")): row.text for row in db.session.scalars(rows)
    }  # fmt: skip
