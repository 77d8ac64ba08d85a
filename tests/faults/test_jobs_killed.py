"""Jobs and mails whose workers are killed again and again: none lost, none done twice; and the twins that fail."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import ColumnElement, func, select

from app.jobs import actions
from app.jobs.mail import SEND, queue_mail
from app.jobs.models import Job, OutboxMail
from app.jobs.registry import replaced
from app.kernel import journal
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.journal import Entry
from app.kernel.transaction import transaction
from tests.faults.conftest import House
from tests.faults.worker import KIND
from tests.jobs.conftest import Post, post

__all__ = ["post"]
JOBS = 60
KILLS = 6

pytestmark = pytest.mark.slow


def _count(*conditions: ColumnElement[bool]) -> int:
    chosen = select(func.count()).select_from(Job).where(Job.kind.in_([KIND, SEND]), *conditions)
    with transaction(writes=False):
        return db.session.scalar(chosen) or 0


def _kill_while_working(house: House, how: str, patience: float, **environment: str) -> None:
    """Kill the worker each time it has got a little further, and let the last one finish or give up."""
    worker = house.start("tests/faults/worker.py", how, **environment)
    for number in range(1, KILLS + 1):
        _wait(house, 3000, until=JOBS - number * JOBS // (KILLS + 1))
        house.kill_one(worker)
    _wait(house, int(patience / 0.02), until=0)


def _wait(house: House, times: int, until: int) -> None:
    for _ in range(times):
        if _count(Job.state != "done") <= until:
            return
        house.pace.wait(0.02)


def _findings(house: House, how: str) -> list[str]:
    """Run the jobs under fire and compare what happened with what was queued."""
    with replaced(KIND, lambda task: None), transaction():
        queued = {actions.enqueue(KIND, {}) for _ in range(JOBS)}
    _kill_while_working(house, how, patience=3.0 if how == "leaseless" else 60.0)
    with transaction(writes=False):
        entries = select(Entry.subject_id).where(Entry.kind == "test.happened")
        happened = Counter(db.session.scalars(entries))
        findings = [f"{one} was lost" for one in queued if not happened[str(one)]]
        findings += [f"{one} happened {times} times" for one, times in happened.items() if times > 1]
        assert journal.verify()[1] == []
    return findings


def test_jobs_of_killed_workers_are_each_done_once(house: House) -> None:
    assert _findings(house, "good") == []
    assert _count(Job.state == "done") == JOBS


def test_jobs_of_a_worker_that_commits_apart_from_done_happen_twice(house: House) -> None:
    assert any("times" in one for one in _findings(house, "careless"))


def test_jobs_of_a_worker_without_lease_are_lost(house: House) -> None:
    assert any("lost" in one for one in _findings(house, "leaseless"))


def test_mails_of_killed_workers_all_leave_and_copies_carry_one_message_id(house: House, post: Post) -> None:
    with transaction():
        for number in range(JOBS):
            queue_mail(to=f"p{number}@example.org", name="", template="jobs/trial", language="ar", values={},
                       clock=Clock(), subject_key="mail.trial.subject")  # fmt: skip
    _kill_while_working(house, "good", patience=60.0, SMTP_URL=post.url)
    with transaction(writes=False):
        ids = set(db.session.scalars(select(OutboxMail.message_id).where(OutboxMail.state == "sent")))
    assert len(ids) == JOBS
    assert set(post.ids()) == ids
    assert len(post.ids()) - JOBS <= KILLS
