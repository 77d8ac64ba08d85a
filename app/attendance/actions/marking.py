"""Presence written by hand: excused, absent, represented, or present for somebody no scan has seen."""

from __future__ import annotations

from sqlalchemy import select

from app.attendance.models import Attendance, BadgePrint
from app.attendance.queries.badges import Holder
from app.attendance.states import Presence
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.kernel.errors import NotFound
from app.meetings.models import Meeting
from app.participants.models import Participant


def mark(
    *, meeting: Meeting, participant: Participant, key: str, state: Presence | None, actor: Actor, clock: Clock
) -> None:
    """Write down what is known of somebody on a list; None takes it back to what the scans say: nothing.

    The same again changes nothing. Journal: attendance.marked.
    """
    require(actor, "attendance.mark", meeting)
    if participant.meeting_id != meeting.id:
        raise NotFound
    row = db.session.scalar(
        select(Attendance).where(Attendance.participant_id == participant.id, Attendance.list == key)
    )
    before = row.state if row is not None else None
    if before == state:
        return
    if row is not None and state is None:
        db.session.delete(row)
    elif row is not None and state is not None:
        row.state, row.changed_at, row.noted_by = state, clock.real_now(), actor.id
    elif state is not None:
        db.session.add(
            Attendance(id=new_id(), meeting_id=meeting.id, participant_id=participant.id, list=key, state=state,
                       at=clock.now(), gate="", noted_by=actor.id, changed_at=clock.real_now())
        )  # fmt: skip
    journal.record(
        "attendance.marked", participant, actor=actor, clock=clock, meeting=meeting, fields=("attendance",),
        values={"list": key, "from": before, "to": state},
    )  # fmt: skip


def note_printed(*, meeting: Meeting, holders: list[Holder], actor: Actor, clock: Clock) -> int:
    """Remember these badges as printed, as they are now; how many were new. Journal: badges.printed."""
    require(actor, "attendance.print", meeting)
    new = [holder for holder in holders if not holder.printed]
    for holder in new:
        ident = holder.participant.id
        row = db.session.get(BadgePrint, ident)
        if row is None:
            row = BadgePrint(participant_id=ident, meeting_id=meeting.id)
            db.session.add(row)
        row.mark, row.printed_at = holder.mark, clock.now()
    if new:
        journal.record(
            "badges.printed", meeting, actor=actor, clock=clock, meeting=meeting, values={"badges": len(new)}
        )
    return len(new)
