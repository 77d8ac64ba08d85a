"""Capture over JSON: changes of one recommendation, batches of operations, and what a device has not seen yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from app.accounts.actions import issue_device
from app.kernel import journal
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock, stamp
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.kernel.text import clean
from app.kernel.transaction import keep_on_refusal
from app.recommendations import actions, documents, queries, rules, similar, states
from app.recommendations.actions import Incoming, Outcome
from app.recommendations.fields import normal
from app.recommendations.schemas import UUID, ChangeSchema, OperationSchema, read

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop
    from app.recommendations.loaders import Recommendation

api = Blueprint("recommendations_api", __name__)
PLACE = "/meetings/<slug>/workshops/<workshop_code>"
LARGEST_BATCH = 500


@api.put(f"{PLACE}/recommendations/<ident>")
@access("recommendations.capture", writes=True)
def change(meeting: Meeting, workshop: Workshop, ident: str) -> Response:
    """Create or change one recommendation; refused operations are stored, their text stays readable to its author."""
    body = request.get_json(silent=True)
    op_id = _op_id(body)
    if stored := actions.replayed(op_id, workshop):
        return _answer(stored)
    try:
        outcome = _receive(workshop, meeting, _incoming(ChangeSchema(), body, ident))
    except Refusal as refusal:
        raw = _raw(body, op_id, "edit", ident)
        _keep(workshop, raw, refusal)
        return _refused(refusal)
    actions.settle([outcome], meeting)
    return _answer(outcome)


@api.post(f"{PLACE}/operations")
@access("recommendations.capture", writes=True)
def operations(meeting: Meeting, workshop: Workshop) -> Response:
    """A batch in any order; each operation has its own answer, and a refused one does not hold up the others."""
    batch = request.get_json(silent=True)
    if not isinstance(batch, list) or len(batch) > LARGEST_BATCH:
        raise Refusal("malformed", status=422)
    outcomes = [_one(workshop, meeting, item) for item in batch]
    seq = actions.settle([outcome for _op, outcome in outcomes], meeting)
    answers = [
        {"op_id": op_id, "status": outcome.status, "replay": outcome.replay} | outcome.answer
        for op_id, outcome in outcomes
    ]
    response = jsonify({"operations": answers, "seq": seq})
    if outcomes and all(outcome.replay for _op, outcome in outcomes):
        response.headers["Idempotent-Replay"] = "true"
    return response


@api.get(f"{PLACE}/operations")
@access("recommendations.capture")
def kept(meeting: Meeting, workshop: Workshop) -> Response:
    """The author's operations that are not in the list: refused with their code, or waiting; texts included."""
    author = queries.author_of(current_actor())
    return jsonify({"operations": [documents.operation(row) for row in queries.kept_of(workshop, author.id)]})


@api.get(f"{PLACE}/changes")
@access("recommendations.capture")
def changes(meeting: Meeting, workshop: Workshop) -> Response:
    """Everything after `since`, oldest first, and each recommendation it touched as it stands now."""
    since = request.args.get("since", "0")
    if not since.isdecimal() or len(since) > 12:
        raise Refusal("malformed", field="since")
    found = queries.changes(meeting, workshop, int(since))
    rows = {row.id: row for row in queries.by_ids(change.recommendation for change in found)}
    frozen = queries.frozen(workshop.id)
    return jsonify(
        {
            "seq": journal.heads(journal.stream_of(meeting))[0],
            "changes": [
                {"seq": one.seq, "kind": one.kind, "recommendation": one.recommendation, "fields": list(one.fields),
                 "rev": rows[one.recommendation].rev if one.recommendation in rows else None}
                for one in found
            ],
            "recommendations": documents.several(rows.values()),
            "frozen": frozen.version if frozen else None,
        }
    )  # fmt: skip


@api.get(f"{PLACE}/recommendations/<recommendation_id>/similar")
@access("recommendations.capture")
def alike(meeting: Meeting, workshop: Workshop, recommendation: Recommendation) -> Response:
    """Recommendations of the whole meeting that say nearly the same, with the words they share marked (`same`)."""
    actor = current_actor()
    rows = queries.of_meeting(meeting, in_states=states.OPEN)
    text = recommendation.text(f"body.{recommendation.authentic}")
    apart = queries.kept_apart([recommendation.id])
    found = [
        {"id": one.row.id, "code": one.row.draft_code, "score": one.score,
         "mergeable": not rules.merge_refused(recommendation, one.row, actor),
         "pieces": [{"text": piece.text, "same": piece.same} for piece in one.pieces]}
        for one in similar.similar_to(text, rows, but=recommendation.id)
        if frozenset({one.row.id, recommendation.id}) not in apart
    ]  # fmt: skip
    return jsonify({"similar": found})


@api.post(f"{PLACE}/devices")
@access("recommendations.capture", writes=True)
def lend(meeting: Meeting, workshop: Workshop) -> tuple[Response, int]:
    """A token for this browser to write in this workshop for 72 hours; a device cannot lend further."""
    actor = current_actor()
    if not actor.signed_in:
        raise Refusal("not_allowed", status=403)
    label = t.plain("capture.devices.this", name=actor.label)
    token, device = issue_device(
        kind="capture", label=label, role="rapporteur", scope="workshop", scope_id=workshop.id, meeting=meeting,
        actor=actor, clock=current_clock(),
    )  # fmt: skip
    return jsonify({"token": token, "id": device.id, "expires_at": stamp(device.expires_at)}), 201


def _one(workshop: Workshop, meeting: Meeting, item: Any) -> tuple[str | None, Outcome]:
    """One operation of a batch; what is forbidden or malformed is stored as refused, here and now."""
    raw = _raw(item, None, "", "")
    try:
        op_id = _op_id(item)
        if stored := actions.replayed(op_id, workshop):
            return op_id, stored
        return op_id, _receive(workshop, meeting, _incoming(OperationSchema(), item, raw.recommendation))
    except Refusal as refusal:
        message = t.plain(refusal.key, **refusal.params)
        unnamed = Outcome(refusal.status, {"error": refusal.code, "message": message})
        if not UUID.fullmatch(raw.op_id) or refusal.code == "op_taken":
            return raw.op_id or None, unnamed
        return raw.op_id, actions.refuse(workshop=workshop, incoming=raw, refusal=refusal, message=message,
                                         actor=current_actor(), clock=current_clock())  # fmt: skip


def _receive(workshop: Workshop, meeting: Meeting, incoming: Incoming) -> Outcome:
    return actions.receive(
        workshop=workshop, meeting=meeting, incoming=incoming, actor=current_actor(), clock=current_clock()
    )


def _incoming(schema: ChangeSchema, body: Any, ident: str) -> Incoming:
    """The operation as the schema reads it; refuses with `malformed`, or as `fields.normal` does."""
    data, fault = read(schema, body)
    kind = data.get("kind") or "edit"
    if fault or (kind != "reorder" and not UUID.fullmatch(ident)):
        raise Refusal("malformed", field=fault or "recommendation")
    values = {name: normal(name, value) for name, value in data["fields"].items()}
    if not isinstance(schema, OperationSchema):
        kind = "create" if not any(data["base_rev"].values()) and queries.find(ident) is None else "edit"
    device, at = clean(data["device_id"]), clean(data["client_time"] or "")
    return Incoming(data["op_id"], kind, ident, device, data["device_seq"], at, data["base_rev"], values,
                    _storable(data), _storable(body))  # fmt: skip


def _storable(value: Any) -> Any:
    """JSON as it came, but for halves of characters, which no database stores."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(one) for name, one in value.items()}
    return value


def _raw(body: Any, op_id: str | None, kind: str, ident: str) -> Incoming:
    """What can be read of an operation that may be malformed, to store it as it came."""
    payload = _storable(body if isinstance(body, dict) else {"body": body})

    def text(name: str, most: int) -> str:
        value = payload.get(name)
        return clean(value)[:most] if isinstance(value, str) else ""

    named = clean(ident)[:36] or text("recommendation", 36)
    return Incoming(op_id or text("op_id", 60), kind or text("kind", 12) or "unknown", named, text("device_id", 60),
                    payload=payload)  # fmt: skip


def _op_id(body: Any) -> str:
    """The id of the operation; refuses with `malformed` when there is none to store the operation under."""
    op_id = body.get("op_id") if isinstance(body, dict) else None
    if not isinstance(op_id, str) or not UUID.fullmatch(op_id):
        raise Refusal("malformed", field="op_id")
    return op_id


def _keep(workshop: Workshop, raw: Incoming, refusal: Refusal) -> None:
    """Store the refused operation after this transaction is rolled back."""
    if refusal.code == "op_taken":
        return
    ident, actor, clock = workshop.id, current_actor(), current_clock()
    message = t.plain(refusal.key, **refusal.params)

    def store() -> None:
        again = queries.find_workshop(ident)
        actions.refuse(workshop=again, incoming=raw, refusal=refusal, message=message, actor=actor, clock=clock)

    keep_on_refusal(store)


def _refused(refusal: Refusal) -> Response:
    message = t.plain(refusal.key, **refusal.params)
    body = {"error": refusal.code, "message": message, "params": dict(refusal.params)}
    response = jsonify(body | ({"field": refusal.field} if refusal.field else {}))
    response.status_code = refusal.status
    return response


def _answer(outcome: Outcome) -> Response:
    response = jsonify(outcome.answer)
    response.status_code = outcome.status
    if outcome.replay:
        response.headers["Idempotent-Replay"] = "true"
    return response
