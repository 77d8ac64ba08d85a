"""The lines of an event stream: what was missed, then what happens, and a sign of life when nothing does.

No session is ever open across a `yield`. A stream ends by itself after ten minutes: its reader comes back with the
last seq it saw, and its right to follow is asked again.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import Flask

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.live import queries
from app.live.queries import MOST, Hint
from app.live.rules import may_see
from app.live.tailer import Ring, tailer_of

HEARTBEAT = 15.0
LONGEST = 600.0
SLICE = 1.0
# The server puts its own answer here: a process that was asked to stop ends its streams at once.
ALIVE = "liqaa-alive"
Found = TypeVar("Found")


class Places:
    """How many may follow in this process at once; the others are told to come back, and poll meanwhile."""

    def __init__(self, number: int) -> None:
        self.free = number
        self.lock = threading.Lock()

    def take(self) -> bool:
        """Whether there was a place."""
        with self.lock:
            if self.free < 1:
                return False
            self.free -= 1
            return True

    def give_back(self) -> None:
        with self.lock:
            self.free += 1


def events(app: Flask, stream_id: str, since: int | None, kinds: tuple[str, ...], places: Places) -> Iterator[str]:
    """The text of the stream; gives its place back however it ends."""
    try:
        head = _read(app, lambda: queries.heads([stream_id]).get(stream_id, 0))
        yield "retry: 3000\n\n"
        with tailer_of(app).following(stream_id, head) as ring:
            # Read after the ring is there, so that nothing falls between what was missed and what comes.
            seq = head if since is None else min(since, head)
            missed = _read(app, lambda: queries.hints_after(stream_id, seq, MOST + 1))
            if len(missed) > MOST:
                seq = ring.last
                yield _reset(seq)
            else:
                yield from (_line(hint) for hint in missed if may_see(kinds, hint.kind))
                seq = missed[-1].seq if missed else seq
            yield from _live(app, ring, seq, kinds)
    finally:
        places.give_back()


def _read(app: Flask, query: Callable[[], Found]) -> Found:
    with app.app_context():
        try:
            with transaction(writes=False):
                return query()
        finally:
            db.session.remove()


def _live(app: Flask, ring: Ring, seq: int, kinds: tuple[str, ...]) -> Iterator[str]:
    tailer = tailer_of(app)
    alive: Callable[[], bool] = app.extensions.get(ALIVE, lambda: True)
    end = time.monotonic() + LONGEST
    beat = time.monotonic() + HEARTBEAT
    while alive() and time.monotonic() < end:
        if seq < ring.first:  # Slower than a thousand changes.
            seq = ring.last
            yield _reset(seq)
        for hint in tailer.wait(ring, seq, SLICE):
            seq = hint.seq
            if may_see(kinds, hint.kind):
                beat = time.monotonic() + HEARTBEAT
                yield _line(hint)
        if time.monotonic() >= beat:
            beat = time.monotonic() + HEARTBEAT
            yield f": {seq}\n\n"


def _reset(seq: int) -> str:
    return f"id: {seq}\nevent: reset\ndata: {json.dumps({'seq': seq})}\n\n"


def _line(hint: Hint) -> str:
    return f"id: {hint.seq}\ndata: {json.dumps(hint.document(), separators=(',', ':'))}\n\n"


def places_of(app: Flask) -> Places:
    """The places of this process."""
    found: Places = app.extensions.setdefault("liqaa-places", Places(app.config["LIQAA"].streams_per_process))
    return found
