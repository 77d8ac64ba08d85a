"""Tables of work to be done after a commit: jobs, and the outbox of mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.jobs.states import JobState, MailState
from app.kernel.database import Base, Id, Json, Keyed


class Job(Keyed, Base):
    """One piece of work; `key` makes it the only one of its name, `lease` is the ticket of whoever works on it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_at"),)

    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(Id)
    lease_until: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[str] = mapped_column(Text, default="")
    finished_at: Mapped[datetime | None]


class OutboxMail(Keyed, Base):
    """One mail as it will leave, rendered when it was queued; the job that sends it carries only its id."""

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_queued_at", "queued_at"),)

    to: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]] = mapped_column(Json, default=list)
    language: Mapped[str] = mapped_column(String(3))
    template: Mapped[str] = mapped_column(String(80))
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    meeting_id: Mapped[str | None] = mapped_column(Id, index=True)
    unsubscribe_url: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=MailState.WAITING)
    message_id: Mapped[str] = mapped_column(String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(200), default="")
    queued_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
