"""A recommendation becomes commitments: one for each body concerned, as one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.followup.models import Commitment
from app.followup.states import Response, Work
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db, engine_name, new_id
from app.kernel.errors import Refusal
from app.meetings import queries as meeting_queries
from app.meetings.models import Meeting
from app.recommendations.models import Recommendation

TARGETS = "target_communes"
# SQLite takes 32,766 values in one statement.
CHUNK = 1000


def open_commitments(
    *, meeting: Meeting, recommendations: Sequence[Recommendation], actor: Actor, clock: Clock
) -> list[str]:
    """Each body concerned by each recommendation has its commitment; gives the ids of the new ones.

    Named addressees keep their role; the group of target communes means those of the programme on this day. Once for
    ever: a pair that has its commitment keeps it. One journal entry for the whole act, none when nothing is new.
    Called by what publishes; asks for no right of its own.
    """
    communes = target_communes(meeting, clock) if any(one.addressee_group == TARGETS for one in recommendations) else []
    pairs = [(one, body, role) for one in recommendations for body, role in _concerned(one, communes)]
    return _open(meeting, pairs, None, actor, clock)


def generalise(
    *, recommendation: Recommendation, meeting: Meeting, actor: Actor, clock: Clock,
    bodies: Iterable[str] | None = None, due: date | None = None,
) -> list[str]:  # fmt: skip
    """Extend a recommendation to more communes (by default every target commune of today) as one act.

    `due` is the date for the new ones; without it they take the recommendation's own. Refuses with `not_adopted_yet`,
    and with `date_after` when the new commitments would be late the day they are made.
    """
    require(actor, "followup.open", meeting)
    if recommendation.number is None:
        raise Refusal("not_adopted_yet")
    today, due = clock.today(meeting.zone), due or recommendation.horizon
    if due is not None and due <= today:
        raise Refusal("date_after", field="due", date=today)
    targets = set(target_communes(meeting, clock))
    chosen = targets if bodies is None else targets & set(bodies)
    return _open(meeting, [(recommendation, body, "lead") for body in sorted(chosen)], due, actor, clock)


def target_communes(meeting: Meeting, clock: Clock) -> list[str]:
    """The ids of the bodies that are targets of the meeting's programme today."""
    found = meeting_queries.target_communes(meeting.programme, clock.today(meeting.zone))
    return [body.id for body in found]


def _concerned(recommendation: Recommendation, communes: Iterable[str]) -> list[tuple[str, str]]:
    """The bodies with their role; one that is named keeps the role it is named with."""
    found = {row.body_id: row.role for row in recommendation.addressees}
    if recommendation.addressee_group == TARGETS:
        found = dict.fromkeys(communes, "lead") | found
    return list(found.items())


def _open(
    meeting: Meeting, pairs: list[tuple[Recommendation, str, str]], due: date | None, actor: Actor, clock: Clock
) -> list[str]:
    rows = [_row(meeting, one, body, role, due, clock) for one, body, role in pairs]
    insert_once = postgresql.insert if engine_name() == "postgresql" else sqlite.insert
    made: list[str] = []
    for start in range(0, len(rows), CHUNK):
        statement = (
            insert_once(Commitment)
            .on_conflict_do_nothing(index_elements=["recommendation_id", "body_id"])
            .returning(Commitment.id)
        )
        made += db.session.scalars(statement, rows[start : start + CHUNK])
    if made:
        numbers = sorted({one.number for one, _, _ in pairs if one.number is not None})
        journal.record(
            "commitment.opened", ("commitment", made[0]), actor=actor, clock=clock, meeting=meeting, public=True,
            values={"count": len(made), "recommendations": numbers}, ids=made,
        )  # fmt: skip
    return made


def _row(meeting: Meeting, one: Recommendation, body: str, role: str, due: date | None, clock: Clock) -> dict[str, Any]:
    day = due or one.horizon
    return {
        "id": new_id(), "meeting_id": meeting.id, "programme_id": meeting.programme_id, "recommendation_id": one.id,
        "body_id": body, "role": role, "response": Response.AWAITING, "state": Work.NOT_STARTED,
        "original_due": day, "current_due": day, "created_at": clock.now(), "state_at": clock.now(),
    }  # fmt: skip
