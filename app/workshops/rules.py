"""Who may place people in workshops, and what counts as better."""

from __future__ import annotations

from app.kernel.access import permission
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.meetings.models import Meeting
from app.meetings.states import allows
from app.participants.models import Participant

permission("workshops.view", scope="meeting", roles={"organiser"})
permission("workshops.assign", scope="meeting", roles={"organiser"})
permission("workshops.own", scope="participant", roles={"participant"})

SMALL = 6000
"""People x workshops x slots up to which a calculation ends in the request that asks for it (some 0.2 s)."""


def check_phase(meeting: Meeting) -> None:
    """Refuse with `phase` when nobody is placed any more."""
    if not allows(meeting.phase, "assign"):
        raise Refusal("phase", phase=t.plain(f"phase.{meeting.phase}"))


def rank_of(participant: Participant, workshop_id: str | None) -> int | None:
    """The rank of a workshop among somebody's wishes, from 1; None when it is not wished."""
    return next((wish.rank for wish in participant.wishes if wish.workshop_id == workshop_id), None)


def would_rather(participant: Participant, workshop_id: str, seat: str | None) -> bool:
    """Whether somebody would rather be in this workshop than where they are."""
    wanted = rank_of(participant, workshop_id)
    if wanted is None or seat == workshop_id:
        return False
    has = rank_of(participant, seat)
    return has is None or wanted < has
