"""Taking a meeting from phase to phase."""

from __future__ import annotations

from datetime import date

from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.meetings import states
from app.meetings.actions.changes import note
from app.meetings.actions.meeting import shift_agenda
from app.meetings.models import Meeting
from app.meetings.states import Phase

KINDS = {
    Phase.DRAFT: "meeting.withdrawn", Phase.OPEN: "meeting.opened", Phase.CLOSED: "meeting.closed",
    Phase.RUNNING: "meeting.started", Phase.CONCLUDED: "meeting.concluded", Phase.PUBLISHED: "meeting.published",
    Phase.ARCHIVED: "meeting.archived", Phase.POSTPONED: "meeting.postponed", Phase.CANCELLED: "meeting.cancelled",
}  # fmt: skip


def change_phase(
    meeting: Meeting, phase: str, *, reason: str = "", starts_on: date | None = None, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Take the meeting to another phase, by the table of `states`.

    A step back, a postponement and a cancellation need a reason; a postponement may bring the new first day, which
    moves the agenda with it. Postponing and cancelling give calendars a new version; later rooms tell the people (they
    listen to `meeting.postponed`, `meeting.cancelled` and the others of `KINDS`, whose values are from, to, reason).
    Refuses with `phase` a step there is not, with `reason_missing`, and with `date_order` a day before today. Asking
    for the phase it is in changes nothing.
    """
    require(actor, "meetings.edit", meeting)
    before = Phase(meeting.phase)
    if before == phase:
        return
    step = states.move(before, phase)
    if step is None:
        raise Refusal("phase", phase=t.plain(f"phase.{before}"))
    if step.reason and not reason.strip():
        raise Refusal("reason_missing", field="reason")
    if step.dates and starts_on is not None:
        _move_dates(meeting, starts_on, clock)
    meeting.phase = Phase(phase).value
    meeting.phase_reason = reason.strip() if phase in states.OFF else ""
    if phase in states.OFF or before in states.OFF:
        meeting.calendar_sequence += 1
    values = {"from": before.value, "to": meeting.phase, "reason": reason.strip()}
    if step.dates:
        values["starts_on"] = meeting.starts_on.isoformat()
    note(KINDS[Phase(phase)], meeting, meeting, actor=actor, clock=clock, fields=["phase"], values=values)


def _move_dates(meeting: Meeting, starts_on: date, clock: Clock) -> None:
    if starts_on < clock.today(meeting.zone):
        raise Refusal("date_order", field="starts_on")
    by = starts_on - meeting.starts_on
    meeting.starts_on += by
    meeting.ends_on += by
    if meeting.registration_closes is not None:
        meeting.registration_closes += by
    shift_agenda(meeting, by)
