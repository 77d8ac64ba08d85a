"""The instance of the solver as the database has it now, and the plan people are in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.kernel.database import db
from app.meetings.models import Meeting
from app.meetings.queries import workshops as all_workshops
from app.participants.models import Participant
from app.workshops.models import AssignmentRule, WorkshopSeat
from app.workshops.queries.slots import capacity_of, slots

Plan = dict[str, dict[str, str | None]]
RULES = {"together": "keep_together", "apart": "keep_apart"}


def people(meeting: Meeting) -> list[Participant]:
    """Everybody to be placed: who is confirmed (two queries)."""
    return list(
        db.session.scalars(
            select(Participant)
            .where(Participant.meeting_id == meeting.id, Participant.status == "confirmed")
            .order_by(Participant.id)
        ).unique()
    )


def seats(meeting: Meeting) -> list[WorkshopSeat]:
    """Every seat of the meeting (one query)."""
    return list(db.session.scalars(select(WorkshopSeat).where(WorkshopSeat.meeting_id == meeting.id)))


def rules(meeting: Meeting) -> list[AssignmentRule]:
    """People to keep together or apart, as the organiser asked (one query)."""
    return list(
        db.session.scalars(
            select(AssignmentRule).where(AssignmentRule.meeting_id == meeting.id).order_by(AssignmentRule.id)
        )
    )


def plan_of(held: list[WorkshopSeat]) -> Plan:
    """The seats as a plan of the solver."""
    plan: Plan = {}
    for seat in held:
        plan.setdefault(seat.participant_id, {})[seat.slot] = seat.workshop_id
    return plan


def commune_of(participant: Participant) -> str | None:
    """The code of the commune somebody comes from; other bodies are not spread."""
    body = participant.body
    return body.code if body is not None and body.kind == "commune" else None


def build(meeting: Meeting) -> dict[str, Any]:
    """The instance of 07-protocols section 3, with balance and what people were told (eight queries)."""
    held, everybody, found = seats(meeting), people(meeting), slots(meeting)
    ids = {one.id for one in everybody}
    instance: dict[str, Any] = {
        "slots": [slot.id for slot in found],
        "workshops": [
            {
                "id": workshop.id,
                "capacity": {slot.id: capacity_of(workshop) for slot in found if workshop.id in slot.workshops},
                "min": {slot.id: workshop.least for slot in found if workshop.least and workshop.id in slot.workshops},
            }
            for workshop in all_workshops(meeting)
        ],
        "participants": [
            {
                "id": one.id, "commune": commune_of(one), "category": one.category,
                "wishes": [wish.workshop_id for wish in one.wishes], "slots": [slot.id for slot in found],
            }
            for one in everybody
        ],
        "locked": [
            {"participant": seat.participant_id, "slot": seat.slot, "workshop": seat.workshop_id}
            for seat in sorted(held, key=lambda seat: (seat.participant_id, seat.slot))
            if seat.locked and seat.participant_id in ids
        ],
        "keep_together": [], "keep_apart": [], "max_per_commune_per_workshop": None, "balance": True,
    }  # fmt: skip
    for rule in rules(meeting):
        members = [one for one in rule.participants if one in ids]
        if len(members) > 1:
            instance[RULES[rule.kind]].append(members)
    told: Plan = {}
    for seat in held:
        if seat.told_workshop_id and seat.participant_id in ids:
            told.setdefault(seat.participant_id, {})[seat.slot] = seat.told_workshop_id
    return instance | ({"published": told} if told else {})
