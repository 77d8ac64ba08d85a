"""The event stream of a meeting, the same hints for those who poll, and tickets for readers without headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from app.kernel import journal
from app.kernel.access import access, admit, current_actor, marker_of
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, SignInNeeded
from app.kernel.languages import t
from app.kernel.transaction import outside_transaction, transaction
from app.live import actions, queries, rules, streams

api = Blueprint("live_api", __name__)
BACK_IN = 30


@api.get("/meetings/<slug>/stream")
@api.get("/meetings/<slug>/wall/<wall_token>/stream", endpoint="wall_stream")
@outside_transaction
@access("live.follow")
def stream(**_address: str) -> Response:
    """Changes as they happen (text/event-stream), after `Last-Event-ID` or `since`; without either, from now on.

    503 with Retry-After when every place of this process is taken: the reader polls `hints` meanwhile.
    """
    stream_id, kinds = _admitted()
    places = streams.places_of(current_app)
    if not places.take():
        answer = jsonify({"error": "streams_full", "message": t.plain("error.streams_full")})
        answer.status_code, answer.headers["Retry-After"] = 503, str(BACK_IN)
        return answer
    since = _since(request.headers.get("Last-Event-ID") or request.args.get("since"))
    app: Any = current_app._get_current_object()  # type: ignore[attr-defined]
    lines: Iterator[str] = streams.events(app, stream_id, since, kinds, places)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return Response(lines, content_type="text/event-stream; charset=utf-8", headers=headers)


@api.get("/meetings/<slug>/hints")
@api.get("/meetings/<slug>/wall/<wall_token>/hints", endpoint="wall_hints")
@access("live.follow")
def hints(meeting: Any, **_key: Any) -> Response:
    """The same for those who poll: at most 500 hints after `since`, oldest first; 304 while nothing happened."""
    kinds = _kinds(meeting)
    since = _since(request.args.get("since")) or 0
    stream_id = journal.stream_of(meeting)
    head = queries.heads([stream_id]).get(stream_id, 0)
    answer = jsonify({"seq": head, "hints": []})
    if head > since and not request.if_none_match.contains_weak(f"{head}"):
        found = queries.hints_after(stream_id, since)
        seen = [hint.document() for hint in found if rules.may_see(kinds, hint.kind)]
        answer = jsonify({"seq": found[-1].seq if found else head, "hints": seen})
    elif request.if_none_match.contains_weak(f"{head}"):
        answer = Response(status=304)
    answer.set_etag(f"{head}", weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@api.post("/meetings/<slug>/tickets")
@access("live.follow", writes=True)
def ticket(meeting: Any) -> tuple[Response, int]:
    """A ticket to the stream, single use, for a minute: `{"ticket": ...}`, then `stream?ticket=...`."""
    token = actions.give_ticket(stream_id=journal.stream_of(meeting), kinds=_kinds(meeting), clock=current_clock())
    return jsonify({"ticket": token}), 201


def _admitted() -> tuple[str, tuple[str, ...]]:
    """The stream of the address and what this reader may see of it; its session is closed before anything is sent."""
    marker = marker_of(current_app.view_functions[request.endpoint or ""])
    assert marker is not None
    token = request.args.get("ticket")
    g.pop("actor", None)  # Found anew inside this transaction, as the dispatcher does for every other view.
    with transaction(writes=token is not None):
        admit(marker)
        meeting = (request.view_args or {})["meeting"]
        stream_id = journal.stream_of(meeting)
        if token is None:
            return stream_id, _kinds(meeting)
        kinds = actions.take_ticket(token=token, stream_id=stream_id, now=current_clock().real_now())
    if kinds is None:
        raise NotFound
    return stream_id, kinds


def _kinds(meeting: Any) -> tuple[str, ...]:
    actor = current_actor()
    kinds = rules.kinds_for(actor, meeting)
    if kinds is None:
        raise SignInNeeded if actor.kind == "public" else NotFound
    return kinds


def _since(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 12 else None
