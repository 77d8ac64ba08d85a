"""One's own places, as the person's page and mail tell them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.kernel.database import db
from app.kernel.languages import current_language, date_range, list_join, pick, t, time_range
from app.meetings.models import Sitting, Workshop
from app.participants.models import Participant
from app.workshops.models import SeatOffer, WorkshopSeat
from app.workshops.queries.slots import slots
from app.workshops.rules import rank_of
from app.workshops.states import OfferAnswer


@dataclass(frozen=True)
class OwnPlace:
    """A place somebody was told of, in the language in force."""

    slot: str
    number: int
    title: str
    room: str
    when: str
    reason: str


# Asked by every look at one's own page, so they are built once.
_TOLD = select(WorkshopSeat.slot, WorkshopSeat.told_workshop_id).where(
    WorkshopSeat.participant_id == bindparam("participant")
)
_OFFERS = select(SeatOffer).where(
    SeatOffer.participant_id == bindparam("participant"), SeatOffer.answer == OfferAnswer.OPEN
)


def own_places(participant: Participant) -> list[OwnPlace]:
    """The places somebody was told of, slot by slot (four queries); what is still being worked out is not shown.

    One query for those who were told of none yet.
    """
    told = {row[0]: row[1] for row in db.session.execute(_TOLD, {"participant": participant.id})}
    if not any(told.values()):
        return []
    known = {
        row.id: row for row in db.session.scalars(select(Workshop).where(Workshop.meeting_id == participant.meeting_id))
    }
    found = []
    for slot in slots(participant.meeting):
        workshop = known.get(told.get(slot.id) or "")
        if workshop is not None:
            found.append(_place(participant, workshop, slot.id, slot.of(workshop.id)))
    return found


def _place(participant: Participant, workshop: Workshop, slot: str, sittings: list[Sitting]) -> OwnPlace:
    lang = current_language()
    room = workshop.room or (sittings[0].room if sittings else None)
    return OwnPlace(
        slot=slot, number=workshop.position, title=pick(workshop, "title", lang)[0],
        room=pick(room, "name", lang)[0] if room is not None else "", when=when(sittings),
        reason=reason(participant, workshop.id),
    )  # fmt: skip


def when(sittings: list[Sitting]) -> str:
    """The days and hours of the sittings of one workshop, in words."""
    parts = []
    for one in sittings:
        parts.append(f"{date_range(one.starts.date(), weekday=True)} {time_range(one.starts.time(), one.ends.time())}")
    return list_join(parts)


def reason(participant: Participant, workshop_id: str) -> str:
    """Why this place, for the person: the rank of the wish, or what stood in the way."""
    rank = rank_of(participant, workshop_id)
    if rank is not None:
        return t.plain("assign.why_yours", rank=rank)
    return t.plain("assign.why_not_wished") if participant.wishes else ""


def find_offer(participant: Participant, ident: str) -> SeatOffer | None:
    """A seat offered to this person."""
    found = db.session.get(SeatOffer, ident)
    return found if found is not None and found.participant_id == participant.id else None


def open_offers(participant: Participant) -> list[SeatOffer]:
    """The seats that wait for this person's answer (one query)."""
    return list(db.session.scalars(_OFFERS, {"participant": participant.id}))
