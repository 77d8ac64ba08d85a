"""Reading commitments: one of them, those of a recommendation, a body or a meeting, and their sums."""

from app.followup.models import Commitment, Evidence, Extension, Task
from app.followup.queries import bodies, digests, matrix, sums, tracker
from app.followup.queries.bodies import of_recommendation
from app.followup.queries.commitments import (
    Waiting,
    adopted,
    body_of_code,
    extensions_of,
    find_commitment,
    find_evidence,
    find_extension,
    find_recommendation,
    find_task,
    history_of,
    meeting_by_id,
    remarks_of,
    waiting_for_unit,
    with_work,
)
from app.meetings.models import Meeting

__all__ = [
    "Commitment",
    "Evidence",
    "Extension",
    "Meeting",
    "Task",
    "Waiting",
    "adopted",
    "bodies",
    "body_of_code",
    "digests",
    "extensions_of",
    "find_commitment",
    "find_evidence",
    "find_extension",
    "find_recommendation",
    "find_task",
    "history_of",
    "matrix",
    "meeting_by_id",
    "of_recommendation",
    "remarks_of",
    "sums",
    "tracker",
    "waiting_for_unit",
    "with_work",
]
