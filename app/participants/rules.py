"""Who may do what with the people of a meeting, and what its phase and dates allow."""

from __future__ import annotations

from datetime import datetime

from app.kernel.access import permission
from app.kernel.clock import Clock, to_wall
from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.participants.models import Invitation, Participant
from app.participants.states import SEATED, STANDING, Status

permission("participants.register", scope="meeting", roles={"public"})
permission("participants.own", scope="participant", roles={"participant"})
permission("participants.seats", scope="invitation", roles={"focal_point"})
permission("participants.view", scope="meeting", roles={"organiser"})
permission("participants.edit", scope="meeting", roles={"organiser"})
permission("participants.export", scope="meeting", roles={"organiser"})
permission("participants.import", scope="meeting", roles={"organiser"})
permission("participants.invite", scope="meeting", roles={"organiser"})
permission("participants.erase", scope="participant", roles={"organiser", "participant"})
permission("participants.walk_in", scope="meeting", roles={"organiser", "desk"})

REGISTERING = frozenset({"open"})
BEFORE = frozenset({"draft", "open", "closed", "postponed"})
AT_THE_DOOR = frozenset({"open", "closed", "running"})


def check_open(meeting: Meeting, clock: Clock) -> None:
    """Refuse a registration outside its time: `not_open`, `closed` (each with its date) or `phase`."""
    if meeting.phase in {"cancelled", "postponed", "archived"}:
        raise Refusal("meeting_off")
    now = to_wall(clock.now(), meeting.zone)
    opens, closes = meeting.registration_opens, meeting.registration_closes
    if meeting.phase == "draft" or (meeting.phase == "open" and opens is not None and now < opens):
        raise _dated("not_open", "not_open_yet", opens)
    if meeting.phase not in REGISTERING or (closes is not None and now >= closes):
        raise _dated("closed", "closed_now", closes if closes is not None and closes <= now else None)


def is_open(meeting: Meeting, clock: Clock) -> bool:
    """Whether the public may register now."""
    try:
        check_open(meeting, clock)
    except Refusal:
        return False
    return True


def _dated(code: str, undated: str, moment: datetime | None) -> Refusal:
    return Refusal(code, date=moment.date()) if moment is not None else Refusal(undated)


def check_before(meeting: Meeting) -> None:
    """Refuse with `too_late_by_link` what a person may do alone only until the meeting begins."""
    if meeting.phase not in BEFORE:
        raise Refusal("too_late_by_link")


def may_change(participant: Participant, meeting: Meeting) -> bool:
    """Whether the person may still change what the registration says."""
    return meeting.phase in BEFORE and participant.status in STANDING and participant.erased_at is None


def may_withdraw(participant: Participant, meeting: Meeting) -> bool:
    """Whether the person may still give the place back."""
    return meeting.phase in BEFORE | {"running"} and participant.status in STANDING


def may_delegate(participant: Participant, meeting: Meeting) -> bool:
    """Whether the person may still send somebody; a delegate sends nobody in turn."""
    return meeting.phase in BEFORE and participant.status in SEATED and participant.titular_id is None


def check_answer_date(invitation: Invitation, meeting: Meeting, clock: Clock) -> None:
    """Refuse with `seats_closed` what a focal point may do only until the date of the invitation."""
    check_before(meeting)
    if invitation.answer_before is not None and to_wall(clock.now(), meeting.zone) >= invitation.answer_before:
        raise Refusal("seats_closed", date=invitation.answer_before.date())


def seat_for(meeting: Meeting) -> Status:
    """What becomes of somebody who asks for a place and gets a seat."""
    return Status.PENDING if meeting.approval else Status.CONFIRMED
