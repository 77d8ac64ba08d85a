"""Who may do what at the door, and what a scan comes to by itself."""

from __future__ import annotations

from app.attendance.states import AT_THE_DOOR, FORCED, Result
from app.kernel.access import permission

permission("attendance.check_in", scope="meeting", roles={"organiser", "desk"})
permission("attendance.view", scope="meeting", roles={"organiser", "desk"})
permission("attendance.mark", scope="meeting", roles={"organiser", "desk"})
permission("attendance.print", scope="meeting", roles={"organiser", "desk"})
permission("attendance.export", scope="meeting", roles={"organiser"})
permission("attendance.lend", scope="meeting", roles={"organiser", "desk"})
permission("attendance.own_badge", scope="participant", roles={"participant"})
# The frame of the scanner holds nothing of anybody: a phone that was lent a token has no session to show.
permission("attendance.scanner", scope="meeting", roles={"public"})
permission("attendance.worker", scope="installation", roles={"public"})


def judge(*, status: str, here: bool, seat: str | None, list_workshop: str | None) -> Result:
    """What a scan comes to before anybody's presence is looked at.

    `here`: the badge is of this meeting; `seat`: the workshop the person has in the list's slot, None when none was
    given; `list_workshop`: the workshop of the list, None at an entrance. Who has no seat may sit in any workshop.
    """
    if not here:
        return Result.WRONG_MEETING
    found = AT_THE_DOOR.get(status, Result.NOT_CONFIRMED)
    if found == Result.OK and list_workshop and seat and seat != list_workshop:
        return Result.WRONG_WORKSHOP
    return found


def admits(result: Result, *, forced: bool) -> bool:
    """Whether the person goes in: by right, or because somebody at the door says so."""
    return result == Result.OK or (forced and result in FORCED)
