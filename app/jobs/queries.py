"""What is known of jobs and mails."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.jobs.models import Job, OutboxMail
from app.kernel.database import db


def find_job(job_id: str) -> Job | None:
    """A job, for the page that waits for it (state, progress, message, result, error)."""
    return db.session.get(Job, job_id)


def job_of(key: str) -> Job | None:
    """The job with this key."""
    return db.session.scalar(select(Job).where(Job.key == key))


def counts() -> dict[str, int]:
    """How many jobs are in each state."""
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    return {str(state): number for state, number in rows}


def mail_counts() -> dict[str, int]:
    """How many mails are in each state."""
    rows = db.session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state))
    return {str(state): number for state, number in rows}


def recent_jobs(state: str | None = None, limit: int = 50) -> list[Job]:
    """The latest jobs, newest first (one query)."""
    chosen = select(Job).order_by(Job.created_at.desc(), Job.id.desc()).limit(limit)
    return list(db.session.scalars(chosen.where(Job.state == state) if state else chosen))


def recent_mails(words: str = "", limit: int = 100) -> list[Any]:
    """The latest mails without their bodies, newest first (one query)."""
    columns = (OutboxMail.id, OutboxMail.to, OutboxMail.name, OutboxMail.subject, OutboxMail.state,
               OutboxMail.language, OutboxMail.queued_at)  # fmt: skip
    chosen = select(*columns).order_by(OutboxMail.queued_at.desc(), OutboxMail.id.desc()).limit(limit)
    if words:
        chosen = chosen.where(
            OutboxMail.to.icontains(words, autoescape=True) | OutboxMail.subject.icontains(words, autoescape=True)
        )
    return list(db.session.execute(chosen))


def find_mail(mail_id: str) -> OutboxMail | None:
    """A mail of the outbox."""
    return db.session.get(OutboxMail, mail_id)


def mails_to(address: str) -> list[OutboxMail]:
    """What was written to an address, newest first (the person's export, tests)."""
    chosen = select(OutboxMail).where(OutboxMail.to == address.lower())
    return list(db.session.scalars(chosen.order_by(OutboxMail.queued_at.desc(), OutboxMail.id.desc())))
