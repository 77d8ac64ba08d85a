"""Who may do what with a meeting and its programme, and what its phase allows."""

from __future__ import annotations

from datetime import datetime

from app.kernel.access import EVERYWHERE, Actor, permission
from app.kernel.clock import to_utc
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.meetings import states
from app.meetings.models import Document, Meeting, Sitting

permission("meetings.view", scope="meeting", roles={"public"})
permission("programmes.view", scope="programme", roles={"public"})
permission("meetings.edit", scope="meeting", roles={"organiser"})
permission("meetings.programme", scope="meeting", roles={"organiser", "programme_unit"})
permission("meetings.create", scope="programme", roles={"administrator", "programme_unit"})

STAFF = ("organiser", "desk", "secretary", "coordinator", "rapporteur", "programme_unit", "administrator")


def may_see(actor: Actor, meeting: Meeting) -> bool:
    """Whether the meeting is there for this actor: a draft exists only for those who hold a role in it."""
    return meeting.phase != states.Phase.DRAFT or works_in(actor, meeting)


def works_in(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor holds a role in this meeting, its programme or the installation."""
    places = {("meeting", meeting.id), ("programme", meeting.programme_id), (EVERYWHERE, None)}
    return actor.kind == "system" or any((grant.scope, grant.scope_id) in places for grant in actor.grants)


def is_published(document: Document, now: datetime) -> bool:
    """Whether its hour of publication has come; one that lies ahead is announced, not shown."""
    return document.published_at is not None and document.published_at <= now


def may_read(actor: Actor, document: Document, meeting: Meeting, now: datetime) -> bool:
    """Whether a document is there for this actor: published to the public or to participants, or by its organisers."""
    if any(
        grant.role in STAFF and (grant.scope, grant.scope_id) in {("meeting", meeting.id), (EVERYWHERE, None)}
        for grant in actor.grants
    ):
        return True
    if not is_published(document, now) or document.visibility == "organisers":
        return False
    if document.visibility == "participants":
        return works_in(actor, meeting) or any(grant.scope == "participant" for grant in actor.grants)
    return True


def require_phase(meeting: Meeting, act: str) -> None:
    """Refuse with `phase` unless the meeting's phase allows the act (the acts are those of `states.GATES`)."""
    if not states.allows(meeting.phase, act):
        raise Refusal("phase", phase=t.plain(f"phase.{meeting.phase}"))


def registration_state(meeting: Meeting, now: datetime) -> str:
    """`not_yet`, `open` or `closed`: the phase and the two hours on the wall together decide."""
    if meeting.phase != states.Phase.OPEN:
        return "not_yet" if meeting.phase in {states.Phase.DRAFT, states.Phase.POSTPONED} else "closed"
    if meeting.registration_opens and now < to_utc(meeting.registration_opens, meeting.zone):
        return "not_yet"
    if meeting.registration_closes and now >= to_utc(meeting.registration_closes, meeting.zone):
        return "closed"
    return "open"


def takes_place(sitting: Sitting, meeting: Meeting, now: datetime) -> bool:
    """Whether the sitting is going on at this moment."""
    return to_utc(sitting.starts, meeting.zone) <= now < to_utc(sitting.ends, meeting.zone)
