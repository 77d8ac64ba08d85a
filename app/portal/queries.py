"""What the portal's pages show of all rooms; a fixed number of queries each."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.attendance.models import Attendance
from app.followup.models import Commitment
from app.jobs.models import OutboxMail
from app.kernel.database import db
from app.meetings.models import Document, Meeting, Sitting, Workshop
from app.participants.models import Invitation, Participant, Seats
from app.plenary.models import QueueItem
from app.plenary.states import OUTCOMES
from app.publication.models import Edition
from app.recommendations.models import Recommendation, Revision, Variant
from app.territory.models import Body
from app.workshops.models import WorkshopSeat


def public_meetings() -> list[Meeting]:
    """The meetings that the public may see, latest first (one query)."""
    rows = select(Meeting).where(Meeting.phase != "draft", Meeting.rehearsal.is_(False))
    return list(db.session.scalars(rows.order_by(Meeting.starts_on.desc())))


@dataclass(frozen=True)
class Figures:
    """The numbers of the dashboard."""

    capacity: int
    taken: int
    week: int
    waiting: int
    present: int
    states: Counter[str]
    decided: int
    invited: int
    answered: int


def _count(*conditions: Any, of: Any = Participant.id) -> int:
    return db.session.scalar(select(func.count(of)).where(*conditions)) or 0


def figures(meeting: Meeting, now: datetime) -> Figures:
    """Registered, waiting, present today, recommendations by state, invitations answered (eight queries)."""
    seats = db.session.get(Seats, meeting.id)
    people = Participant.meeting_id == meeting.id
    week = _count(people, Participant.registered_at >= now - timedelta(days=7), Participant.holds_seat.is_(True))
    by_state = select(Recommendation.state, func.count()).where(Recommendation.meeting_id == meeting.id)
    states = Counter({state: count for state, count in db.session.execute(by_state.group_by(Recommendation.state))})  # noqa: C416
    present = db.session.scalar(
        select(func.count(func.distinct(Attendance.participant_id))).where(
            Attendance.meeting_id == meeting.id, Attendance.state == "present"
        )
    )
    invitations = Invitation.meeting_id == meeting.id
    used = select(Participant.invitation_id).where(people, Participant.invitation_id.is_not(None)).distinct()
    return Figures(
        capacity=seats.capacity if seats else meeting.capacity, taken=seats.taken if seats else 0, week=week,
        waiting=_count(people, Participant.status == "waitlisted"), present=present or 0, states=states,
        decided=sum(count for state, count in states.items() if state in OUTCOMES),
        invited=_count(invitations, of=Invitation.id),
        answered=_count(invitations, Invitation.id.in_(used), of=Invitation.id),
    )  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How far each step of the meeting is: (done, total); a total of 0 means that it cannot start yet."""

    steps: dict[str, tuple[int, int]]


def progress(meeting: Meeting, found: Figures) -> Progress:
    """The task list of the meeting: what is done and what is left (six queries)."""
    workshops = _count(Workshop.meeting_id == meeting.id, of=Workshop.id)
    agenda = _count(Sitting.meeting_id == meeting.id, of=Sitting.id)
    documents = _count(Document.meeting_id == meeting.id, of=Document.id)
    seated = db.session.scalar(
        select(func.count(func.distinct(WorkshopSeat.participant_id))).where(WorkshopSeat.meeting_id == meeting.id)
    )
    queued = _count(QueueItem.meeting_id == meeting.id, of=QueueItem.recommendation_id)
    editions = _count(Edition.meeting_id == meeting.id, Edition.published_at.is_not(None), of=Edition.id)
    texts = sum(found.states.values()) - found.states["merged_into"] - found.states["withdrawn"]
    settled = texts - sum(found.states[state] for state in ("draft", "proposed", "under_review"))
    return Progress({
        "agenda": (min(agenda, 1), 1), "workshops": (min(workshops, 1), 1), "documents": (min(documents, 1), 1),
        "invitations": (found.answered, found.invited), "assignment": (seated or 0, found.taken if workshops else 0),
        "arrivals": (found.present, found.taken), "review": (settled, texts), "queue": (queued, settled),
        "plenary": (found.decided, queued), "publication": (min(editions, 1), 1 if found.decided else 0),
    })  # fmt: skip


@dataclass(frozen=True)
class Need:
    """Something that waits for somebody: the key of its words, how many, and the endpoint where it is settled."""

    key: str
    count: int
    icon: str
    endpoint: str


def needs(meeting: Meeting, now: datetime) -> list[Need]:
    """What needs the organiser now (six queries); empty when nothing does."""
    people = Participant.meeting_id == meeting.id
    failed = _count(OutboxMail.meeting_id == meeting.id, OutboxMail.state == "failed", of=OutboxMail.id)
    approvals = _count(people, Participant.status == "pending_approval")
    variants = db.session.scalar(
        select(func.count(Variant.id))
        .join(Recommendation, Recommendation.id == Variant.recommendation_id)
        .where(Recommendation.meeting_id == meeting.id, Variant.resolved_at.is_(None))
    )
    unnamed = _count(
        people, Participant.body_id.is_(None), Participant.body_text != "", Participant.holds_seat.is_(True)
    )
    silent = _quiet_workshops(meeting, now) if meeting.phase == "running" else 0
    unanswered = _count(Commitment.meeting_id == meeting.id, Commitment.response == "awaiting", of=Commitment.id)
    found = [
        Need("portal.need.mails", failed, "mail", "participants.people"),
        Need("portal.need.approvals", approvals, "people", "participants.people"),
        Need("portal.need.variants", variants or 0, "merge", "recommendations.review"),
        Need("portal.need.bodies", unnamed, "flag", "participants.people"),
        Need("portal.need.quiet", silent, "mic", "recommendations.review"),
        Need("portal.need.answers", unanswered, "clock", "followup.matrix"),
    ]
    return [need for need in found if need.count]


def _quiet_workshops(meeting: Meeting, now: datetime) -> int:
    """Workshops without a new text for 25 minutes."""
    fresh = (
        select(Recommendation.workshop_id)
        .join(Revision, Revision.recommendation_id == Recommendation.id)
        .where(Recommendation.meeting_id == meeting.id, Revision.at > now - timedelta(minutes=25))
    )
    return _count(Workshop.meeting_id == meeting.id, Workshop.id.not_in(fresh), of=Workshop.id)


@dataclass(frozen=True)
class Health:
    """How the installation is: last backup, disk, mails that wait."""

    backup: datetime | None
    disk_used: float
    mails_waiting: int


def health(folder: Path, backups: Path) -> Health:
    """The health of the installation (one query)."""
    files = sorted(backups.glob("*"), key=lambda path: path.stat().st_mtime) if backups.exists() else []
    usage = shutil.disk_usage(folder)
    waiting = _count(OutboxMail.state == "waiting", of=OutboxMail.id)
    last = datetime.fromtimestamp(files[-1].stat().st_mtime).astimezone() if files else None
    return Health(last, usage.used / usage.total, waiting)


def own_body(ids: set[str]) -> str | None:
    """The code of the body somebody has a role in; the first by code when there are several."""
    return db.session.scalar(select(Body.code).where(Body.id.in_(ids)).order_by(Body.code).limit(1))
