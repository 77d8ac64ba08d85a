"""Tables of the follow-up: one commitment for each recommendation and body, and all that is said about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.database import Base, Id, Keyed
from app.kernel.files import StoredFile
from app.recommendations.models import Recommendation
from app.territory.models import Body


class Commitment(Keyed, Base):
    """One recommendation, one body: its answer, dates and two keys of done (reported, verified).

    `original_due` never changes once it is set (by the recommendation's horizon, else by the body's answer);
    `current_due` is fixed by the answer and moves afterwards with approved extensions only, counted in `extensions`.
    `state_at` is the moment since when the commitment stands where it stands.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "body_id"),
        Index("ix_commitment_meeting_state", "meeting_id", "state"),
        # The sums of the tracker and the matrix are read from these alone.
        Index(
            "ix_commitment_sums",
            "meeting_id",
            "recommendation_id",
            "body_id",
            "response",
            "state",
            "current_due",
            "original_due",
            "extensions",
        ),
        Index("ix_commitment_body_sums", "meeting_id", "body_id", "response", "state", "current_due"),
        Index("ix_commitment_reported", "meeting_id", "recommendation_id", "reported_at", "response", "state"),
        Index("ix_commitment_verified", "meeting_id", "recommendation_id", "verified_at", "response", "state"),
        Index("ix_commitment_changed", "meeting_id", "state_at"),
    )

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), index=True)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id"), index=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[str] = mapped_column(String(8), default="lead")
    response: Mapped[str] = mapped_column(String(20), default="awaiting")
    response_reason: Mapped[str] = mapped_column(Text, default="")
    response_part: Mapped[str] = mapped_column(Text, default="")
    responded_at: Mapped[datetime | None]
    lead_name: Mapped[str] = mapped_column(String(160), default="")
    original_due: Mapped[date | None] = mapped_column(Date)
    current_due: Mapped[date | None] = mapped_column(Date)
    extensions: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default="not_started")
    reported_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[str] = mapped_column(String(160), default="")
    block_cause: Mapped[str] = mapped_column(String(14), default="")
    block_note: Mapped[str] = mapped_column(Text, default="")
    unblock_by: Mapped[str] = mapped_column(String(200), default="")
    review_on: Mapped[date | None] = mapped_column(Date)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    state_at: Mapped[datetime]
    last_report_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    recommendation: Mapped[Recommendation] = relationship()
    body: Mapped[Body] = relationship(lazy="joined", innerjoin=True)
    tasks: Mapped[list[Task]] = relationship(
        order_by="Task.position", cascade="all, delete-orphan", back_populates="commitment"
    )
    reports: Mapped[list[ProgressReport]] = relationship(
        order_by="ProgressReport.at", cascade="all, delete-orphan", back_populates="commitment"
    )

    def scope(self) -> dict[str, Any]:
        return {"body": self.body.lineage_ids, "programme": self.programme_id, "meeting": self.meeting_id}


class Extension(Keyed, Base):
    """A changed due date: asked with a reason, approved by somebody of the programme unit."""

    __tablename__ = "due_extension"

    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    due_before: Mapped[date] = mapped_column(Date)
    due_asked: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(160))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="asked")
    asked_by_id: Mapped[str | None] = mapped_column(Id)
    decided_by: Mapped[str] = mapped_column(String(160), default="")
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    commitment: Mapped[Commitment] = relationship()


class Task(Keyed, Base):
    """A follow-up action under a commitment; the public tracker shows it once the programme unit published it."""

    __tablename__ = "task"

    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    title_ar: Mapped[str] = mapped_column(String(300))
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    owner: Mapped[str] = mapped_column(String(160))
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12), default="open")
    phase: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    done_on: Mapped[date | None] = mapped_column(Date)
    published_at: Mapped[datetime | None]
    milestones: Mapped[list[Milestone]] = relationship(
        order_by="Milestone.position", cascade="all, delete-orphan", lazy="selectin"
    )
    commitment: Mapped[Commitment] = relationship(back_populates="tasks")

    def scope(self) -> dict[str, Any]:
        return self.commitment.scope()


class Milestone(Keyed, Base):
    """A dated step of a task."""

    __tablename__ = "milestone"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    position: Mapped[int] = mapped_column(default=0)


class ProgressReport(Keyed, Base):
    """A claimed state with its narrative; `verdict` is given by somebody of another body."""

    __tablename__ = "progress_report"

    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    claimed: Mapped[str] = mapped_column(String(20))
    narrative: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(3), default="ar")
    author: Mapped[str] = mapped_column(String(160))
    author_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(String(12), default="")
    verdict_reason: Mapped[str] = mapped_column(Text, default="")
    verdict_by: Mapped[str] = mapped_column(String(160), default="")
    verdict_at: Mapped[datetime | None]
    evidence: Mapped[list[Evidence]] = relationship(
        order_by="Evidence.at", cascade="all, delete-orphan", lazy="selectin", back_populates="report"
    )
    commitment: Mapped[Commitment] = relationship(back_populates="reports")


class Evidence(Keyed, Base):
    """A proof of a report: deliberation, order, contract, photo, data, link; public or not."""

    __tablename__ = "evidence"

    report_id: Mapped[str] = mapped_column(ForeignKey("progress_report.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(14))
    title: Mapped[str] = mapped_column(String(300))
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    url: Mapped[str] = mapped_column(String(500), default="")
    public: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    file: Mapped[StoredFile | None] = relationship(lazy="joined")
    report: Mapped[ProgressReport] = relationship(back_populates="evidence")

    def scope(self) -> dict[str, Any]:
        return self.report.commitment.scope()


class Remark(Keyed, Base):
    """A comment or question of an elected official or the unit on a commitment."""

    __tablename__ = "remark"

    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(160))
    author_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime]


class DigestSent(Base):
    """A digest that left: one a person and period (`2023-W13`, `2023-03-28`, `news-2023-W13`), none twice."""

    __tablename__ = "digest_sent"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime]


class DigestChoice(Base):
    """What somebody chose for their digest: the day of the week it comes (Monday is 0), or none at all."""

    __tablename__ = "digest_choice"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    weekday: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None]


class Subscription(Keyed, Base):
    """Somebody who follows a meeting, recommendation or body by mail without an account (confirmed by a link)."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("email", "subject_type", "subject_id"),)

    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(3), default="ar")
    subject_type: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(Id)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    def scope(self) -> dict[str, Any]:
        return {"subscription": self.id}
