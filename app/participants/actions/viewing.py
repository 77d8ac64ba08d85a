"""Views of the list that somebody keeps for themselves; nothing of the meeting changes by them."""

from __future__ import annotations

from app.kernel.access import Actor, require
from app.kernel.database import db
from app.meetings.models import Meeting
from app.participants.models import SavedView
from app.participants.queries.listing import views


def save_view(*, meeting: Meeting, actor: Actor, name: str, query: str) -> SavedView:
    """Keep a filter under a name; the same name again replaces what it held."""
    require(actor, "participants.view", meeting)
    known = next((one for one in views(meeting, actor.id or "") if one.name == name), None)
    if known is None:
        known = SavedView(meeting_id=meeting.id, account_id=actor.id or "", name=name, query="")
        db.session.add(known)
    known.query = query[:500]
    db.session.flush()
    return known


def delete_view(*, meeting: Meeting, actor: Actor, view_id: str) -> bool:
    """Forget a view of one's own; whether there was one."""
    require(actor, "participants.view", meeting)
    known = next((one for one in views(meeting, actor.id or "") if one.id == view_id), None)
    if known is not None:
        db.session.delete(known)
    return known is not None
