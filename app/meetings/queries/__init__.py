"""Reading meetings, their agenda, their documents and the programmes they serve."""

from app.meetings.queries.agenda import (
    Day,
    Slot,
    days,
    find_room,
    find_sitting,
    find_workshop,
    neighbours,
    rooms,
    sittings,
    workshop_sittings,
    workshops,
)
from app.meetings.queries.documents import documents, find_document, find_quote, quotes, streams
from app.meetings.queries.meetings import (
    categories,
    find_meeting,
    find_meeting_by_id,
    latest_meeting,
    meetings,
    meetings_of,
)
from app.meetings.queries.programmes import (
    count_members,
    find_programme,
    members,
    programme_of,
    programmes,
    target_communes,
)

__all__ = [
    "Day", "Slot", "categories", "count_members", "days", "documents", "find_document", "find_meeting",
    "find_meeting_by_id", "find_programme", "find_quote", "find_room", "find_sitting", "find_workshop",
    "latest_meeting", "meetings", "meetings_of", "members", "neighbours", "programme_of", "programmes", "quotes",
    "rooms", "sittings", "streams", "target_communes", "workshop_sittings", "workshops",
]  # fmt: skip
