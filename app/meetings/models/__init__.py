"""Tables of programmes and meetings."""

from app.meetings.models.agenda import Room, Sitting, Speaker, Workshop, WorkshopOfficer
from app.meetings.models.documents import Document, Quote
from app.meetings.models.meeting import Category, Meeting
from app.meetings.models.programme import Axis, Membership, Programme, ProgrammePartner, Track

__all__ = [
    "Axis", "Category", "Document", "Meeting", "Membership", "Programme", "ProgrammePartner", "Quote", "Room",
    "Sitting", "Speaker", "Track", "Workshop", "WorkshopOfficer",
]  # fmt: skip
