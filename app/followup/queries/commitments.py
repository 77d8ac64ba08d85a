"""Finding commitments, what hangs on them, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.followup.models import Commitment, Evidence, Extension, ProgressReport, Remark, Task
from app.followup.states import Work
from app.kernel import journal
from app.kernel.database import db
from app.kernel.journal import Line
from app.meetings.models import Meeting
from app.recommendations.models import Recommendation
from app.territory.models import Body

ADOPTED = ("adopted", "adopted_as_amended")


def meeting_by_id(ident: str) -> Meeting:
    """The meeting with this id."""
    return db.session.get_one(Meeting, ident)


def body_of_code(code: str) -> Body | None:
    """The body with this code."""
    return db.session.scalar(select(Body).where(Body.code == code))


def adopted(meeting: Meeting) -> list[Recommendation]:
    """The adopted recommendations of a meeting in the order of their definitive numbers."""
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(
                Recommendation.meeting_id == meeting.id,
                Recommendation.state.in_(ADOPTED),
                Recommendation.number.is_not(None),
            )
            .order_by(Recommendation.number)
        )
    )


def find_commitment(meeting: Meeting, ident: str) -> Commitment | None:
    """The commitment of this meeting with its body, which the rule asks for, and nothing else (one query)."""
    return db.session.scalar(select(Commitment).where(Commitment.id == ident, Commitment.meeting_id == meeting.id))


def with_work(commitment: Commitment) -> Commitment:
    """The commitment with its recommendation, tasks and reports, for a reader who was let in (five queries)."""
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.id == commitment.id)
        .options(
            joinedload(Commitment.recommendation), selectinload(Commitment.tasks), selectinload(Commitment.reports)
        )
    ).one()


def find_recommendation(meeting: Meeting, number: int) -> Recommendation | None:
    """The adopted recommendation with this definitive number."""
    return db.session.scalar(
        select(Recommendation).where(Recommendation.meeting_id == meeting.id, Recommendation.number == number)
    )


def find_task(commitment: Commitment, ident: str) -> Task | None:
    """A task of the commitment, without its milestones, for nobody was let in yet (one query)."""
    chosen = select(Task).where(Task.id == ident, Task.commitment_id == commitment.id)
    return db.session.scalar(chosen.options(lazyload(Task.milestones)))


def find_extension(commitment: Commitment, ident: str) -> Extension | None:
    """A request for more time under the commitment."""
    return db.session.scalar(select(Extension).where(Extension.id == ident, Extension.commitment_id == commitment.id))


def find_evidence(meeting: Meeting, ident: str) -> Evidence | None:
    """A piece of evidence of this meeting, with its report and commitment (one query)."""
    return db.session.scalar(
        select(Evidence)
        .join(Evidence.report)
        .join(ProgressReport.commitment)
        .where(Evidence.id == ident, Commitment.meeting_id == meeting.id)
        .options(joinedload(Evidence.report).joinedload(ProgressReport.commitment))
    )


def extensions_of(commitment: Commitment) -> list[Extension]:
    """The requests for more time, the latest first."""
    return list(
        db.session.scalars(
            select(Extension).where(Extension.commitment_id == commitment.id).order_by(Extension.asked_at.desc())
        )
    )


def remarks_of(commitment: Commitment) -> list[Remark]:
    """What people remarked, in order."""
    return list(
        db.session.scalars(select(Remark).where(Remark.commitment_id == commitment.id).order_by(Remark.at, Remark.id))
    )


def history_of(commitment: Commitment) -> list[Line]:
    """What happened to the commitment, the latest first (one query)."""
    return journal.history("commitment", commitment.id)


PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """What waits for the programme unit in a meeting: a page of the reports, all requests for more time."""

    reports: list[Commitment]
    extensions: list[Extension]
    total: int
    page: int
    pages: int


def waiting_for_unit(meeting: Meeting, page: int = 1) -> Waiting:
    """Reports to verify, the oldest first, and requests for more time (a fixed number of queries)."""
    reported = (Commitment.meeting_id == meeting.id) & (Commitment.state == Work.REPORTED)
    total = db.session.scalar(select(func.count()).select_from(Commitment).where(reported)) or 0
    last = max(1, -(-total // PAGE))
    page = min(max(1, page), last)
    reports = db.session.scalars(
        select(Commitment)
        .where(reported)
        .options(joinedload(Commitment.recommendation), selectinload(Commitment.reports))
        .order_by(Commitment.reported_at, Commitment.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    extensions = db.session.scalars(
        select(Extension)
        .join(Extension.commitment)
        .where(Commitment.meeting_id == meeting.id, Extension.state == "asked")
        .options(joinedload(Extension.commitment).joinedload(Commitment.recommendation))
        .order_by(Extension.asked_at)
    )
    return Waiting(list(reports), list(extensions), total, page, last)
