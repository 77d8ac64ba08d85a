"""What the public agenda says of workshops: how many places are left, and how many would rather be there."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from app.kernel.database import db
from app.meetings import hooks
from app.meetings.models import Meeting, Workshop
from app.workshops.models import WorkshopPlaces
from app.workshops.queries import rather


def workshop_places(meeting: Meeting) -> Mapping[str, hooks.WorkshopPlaces]:
    """Places left in each workshop, the least of its slots; nothing while nobody is placed (two queries)."""
    rows = db.session.execute(
        select(
            WorkshopPlaces.workshop_id, WorkshopPlaces.slot, WorkshopPlaces.capacity - WorkshopPlaces.taken,
        )
        .join(Workshop, Workshop.id == WorkshopPlaces.workshop_id)
        .where(Workshop.meeting_id == meeting.id)
        .order_by(WorkshopPlaces.slot)
    ).all()  # fmt: skip
    taken = db.session.scalar(
        select(func.sum(WorkshopPlaces.taken))
        .join(Workshop, Workshop.id == WorkshopPlaces.workshop_id)
        .where(Workshop.meeting_id == meeting.id)
    )
    if not taken:
        return {}
    least: dict[str, int] = {}
    for workshop_id, _slot, left in rows:
        least[workshop_id] = min(left, least.get(workshop_id, left))
    full = [slot for _, slot, left in rows if left <= 0]
    others = rather.counts(meeting, full[0]) if full else {}
    return {
        ident: hooks.WorkshopPlaces(left=max(0, left), would_rather=others.get(ident, 0) if left <= 0 else 0)
        for ident, left in least.items()
    }
