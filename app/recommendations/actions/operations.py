"""Operations of capture devices: each applied once, answered alike for ever, kept while it waits, never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, Grant
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.meetings.models import Meeting, Workshop
from app.recommendations import queries
from app.recommendations.actions.act import Act, Waits
from app.recommendations.actions.kinds import APPLY
from app.recommendations.fields import normal
from app.recommendations.models import Operation
from app.recommendations.states import OperationState


@dataclass(frozen=True)
class Incoming:
    """An operation as a device sent it; `payload` is the whole of it, `fields` and `base_rev` its readable parts."""

    op_id: str
    kind: str
    recommendation: str
    device_id: str = ""
    device_seq: int = 0
    client_time: str = ""
    base_rev: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Outcome:
    """What an operation is answered: now, or when it was first received (`replay`)."""

    status: int
    answer: dict[str, Any]
    replay: bool = False
    operations: list[Operation] = field(default_factory=list)


def lock(workshop: Workshop) -> None:
    """One writer at a time in a workshop (SQLite has one anyway): numbers, places and revisions follow each other."""
    db.session.execute(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update()).one()


def receive(*, workshop: Workshop, meeting: Meeting, incoming: Incoming, actor: Actor, clock: Clock) -> Outcome:
    """Apply an operation, or keep it until what it rests on arrives (202); a repeat gets the stored answer.

    Raises `Refusal` before anything is changed when the operation is forbidden or malformed: the caller stores it with
    `refuse`. The answer lacks its `seq` until `settle`.
    """
    lock(workshop)
    if stored := replayed(incoming.op_id, workshop):
        return stored
    row = _row(incoming, workshop, actor, clock)
    act = Act(workshop, meeting, incoming.recommendation, incoming.kind, incoming.base_rev, incoming.fields,
              incoming.data, actor, queries.author_of(actor), clock, incoming.op_id)  # fmt: skip
    outcome = Outcome(row.status, row.answer, operations=[row])
    touched = _try(row, act)
    db.session.add(row)
    outcome.operations += _release(touched, workshop, meeting, clock)
    return outcome


def replayed(op_id: str, workshop: Workshop) -> Outcome | None:
    """The stored answer to this operation; refuses with `op_taken` when another workshop has one of that id."""
    stored = queries.find_operation(op_id)
    if stored is None:
        return None
    if stored.workshop_id != workshop.id:
        raise Refusal("op_taken", status=409)
    return Outcome(stored.status, dict(stored.answer), replay=True)


def refuse(
    *, workshop: Workshop, incoming: Incoming, refusal: Refusal, message: str, actor: Actor, clock: Clock
) -> Outcome:  # fmt: skip
    """Store an operation as refused, with its code; its text stays readable to its author. Idempotent."""
    if stored := replayed(incoming.op_id, workshop):
        return stored
    row = _row(incoming, workshop, actor, clock)
    row.state, row.code, row.status = OperationState.REFUSED, refusal.code, refusal.status
    row.answer = {"error": refusal.code, "message": message, "params": dict(refusal.params)}
    row.answer |= {"field": refusal.field} if refusal.field else {}
    db.session.add(row)
    db.session.flush()
    return Outcome(row.status, row.answer)


def settle(outcomes: Sequence[Outcome], meeting: Meeting) -> int:
    """Give the answers of this transaction their `seq`; the last act before the commit."""
    db.session.flush()
    seq = journal.position(meeting)
    for outcome in outcomes:
        for row in outcome.operations:
            if "seq" in row.answer:
                row.answer = row.answer | {"seq": seq}
        if outcome.operations:
            outcome.status, outcome.answer = outcome.operations[0].status, dict(outcome.operations[0].answer)
    return seq


def _row(incoming: Incoming, workshop: Workshop, actor: Actor, clock: Clock) -> Operation:
    author = queries.author_of(actor)
    return Operation(
        op_id=incoming.op_id, workshop_id=workshop.id, recommendation_id=incoming.recommendation[:36],
        kind=incoming.kind[:12], device_id=incoming.device_id[:60], device_seq=incoming.device_seq,
        client_time=incoming.client_time[:40], author_id=author.id, author=author.name, payload=dict(incoming.payload),
        at=clock.now(), state=OperationState.APPLIED, status=200, answer={},
    )  # fmt: skip


def _try(row: Operation, act: Act) -> list[str]:
    """Apply, or mark as waiting; gives the recommendations that moved."""
    try:
        act.check()
        touched = APPLY[act.kind](act)
    except Waits as waits:
        row.state, row.status, row.waits_for = OperationState.WAITING, 202, waits.ident
        row.answer = {"rev": 0, "fields": {}, "variants": [], "seq": 0, "waiting": True, "waits_for": waits.ident}
        return []
    row.state, row.status, row.waits_for = OperationState.APPLIED, 200, None
    db.session.flush()
    row.answer = act.answer() | {"seq": 0}
    return touched


def _release(touched: list[str], workshop: Workshop, meeting: Meeting, clock: Clock) -> list[Operation]:
    """Apply what waited for these recommendations, as long as something can be; gives the operations that moved."""
    moved = []
    while touched:
        for row in queries.waiting_for(touched.pop(0)):
            if row.workshop_id != workshop.id or row.state != OperationState.WAITING:
                continue
            try:
                touched += _try(row, _again(row, workshop, meeting, clock))
            except Refusal as refusal:
                row.state, row.code, row.status = OperationState.REFUSED, refusal.code, refusal.status
                row.waits_for = None
                message = t.plain(refusal.key, **refusal.params)
                row.answer = {"error": refusal.code, "message": message, "params": dict(refusal.params)}
            moved.append(row)
    return moved


def _again(row: Operation, workshop: Workshop, meeting: Meeting, clock: Clock) -> Act:
    """The kept operation, with the rights that its author has now."""
    author = queries.Author(row.author_id, row.author)
    rapporteur = Actor("device", row.author_id, row.author, frozenset({Grant("rapporteur", "workshop", workshop.id)}))
    values = {name: normal(name, value) for name, value in (row.payload.get("fields") or {}).items()}
    base = row.payload.get("base_rev") or {}
    return Act(workshop, meeting, row.recommendation_id, row.kind, base, values, row.payload,
               queries.account_actor(row.author_id) or rapporteur, author, clock, row.op_id)  # fmt: skip
