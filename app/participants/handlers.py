"""Work of this room outside requests: large imports, and files and names kept no longer than was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.identity import actor_of
from app.accounts.models import Account
from app.jobs.registry import Task, handler, periodic
from app.kernel.access import SYSTEM, Actor
from app.kernel.clock import current_clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.participants.actions import erasing, importing
from app.participants.models import ImportBatch, Participant

periodic("participants.keep_time", timedelta(days=1))


@handler("participants.check_import")
def check_import(task: Task) -> dict[str, Any]:
    """The dry run of a large file; the page of the import waits for it."""
    batch, meeting, actor = _of(task)
    importing.check(batch=batch, meeting=meeting, mapping=None, actor=actor)
    return {"state": batch.state}


@handler("participants.commit_import")
def commit_import(task: Task) -> dict[str, Any]:
    """Write a large import, whole or not at all, and mark the job done in the same transaction."""
    batch, meeting, actor = _of(task)
    return importing.commit(
        batch=batch, meeting=meeting, skip_bad=bool(task.payload.get("skip_bad")), actor=actor, clock=current_clock()
    )


@handler("participants.keep_time")
def keep_time(task: Task) -> dict[str, Any]:
    """Delete files of imports that can no longer be undone, and the names of meetings whose time of keeping is over."""
    clock = current_clock()
    old = select(ImportBatch).where(ImportBatch.file_id.is_not(None), ImportBatch.at < clock.now() - importing.UNDO)
    forgotten = 0
    for batch in db.session.scalars(old).all():
        if not importing.may_undo(batch, clock):
            importing.forget_file(batch)
            forgotten += 1
    named = select(Meeting).where(
        Meeting.id.in_(select(Participant.meeting_id).where(Participant.erased_at.is_(None)).distinct())
    )
    people = 0
    for meeting in db.session.scalars(named).all():
        if erasing.kept_until(meeting) < clock.today(meeting.zone):
            people += erasing.anonymise(meeting=meeting, actor=SYSTEM, clock=clock)
    return {"files": forgotten, "people": people}


def _of(task: Task) -> tuple[ImportBatch, Meeting, Actor]:
    batch = db.session.get(ImportBatch, task.payload["import"])
    if batch is None:
        raise Refusal("not_found")
    meeting = db.session.get(Meeting, batch.meeting_id)
    account = db.session.get(Account, batch.account_id) if batch.account_id else None
    assert meeting is not None
    return batch, meeting, actor_of(account) if account is not None else SYSTEM
