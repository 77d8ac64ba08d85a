"""How the parameters of addresses become commitments and what hangs on them, each loaded inside its parent."""

from __future__ import annotations

from app.followup import queries, rules
from app.kernel.access import current_actor, loader


def connect() -> None:
    """Register the parameters of this room."""
    loader("commitment_id", "commitment", lambda value, loaded: queries.find_commitment(loaded["meeting"], value))
    loader("task_id", "task", lambda value, loaded: queries.find_task(loaded["commitment"], value))
    loader("extension_id", "extension", lambda value, loaded: queries.find_extension(loaded["commitment"], value))
    loader("evidence_id", "evidence", lambda value, loaded: _evidence(value, loaded["meeting"]))


def _evidence(ident: str, meeting: queries.Meeting) -> queries.Evidence | None:
    found = queries.find_evidence(meeting, ident)
    return found if found is not None and rules.may_read_evidence(current_actor(), found) else None
