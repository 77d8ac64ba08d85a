"""One tailer a process: reads new journal entries five times a second, and wakes everybody who follows.

It runs only while somebody follows. Each reading opens and closes its own session; a database that cannot be reached
is asked again. Lists of hints are shared: a hundred followers cost one query.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog
from flask import Flask

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.live import queries
from app.live.queries import Hint

POLL = 0.2
KEPT = 1000
EXTENSION = "liqaa-tailer"
log = structlog.get_logger("liqaa.live")


@dataclass
class Ring:
    """The latest hints of one stream: `first` is the seq before the oldest kept, `last` the newest read."""

    first: int
    last: int
    followers: int = 0
    hints: deque[Hint] = field(default_factory=lambda: deque(maxlen=KEPT))

    def add(self, new: list[Hint]) -> None:
        self.hints.extend(new)
        self.last = new[-1].seq
        if len(self.hints) == KEPT:
            self.first = self.hints[0].seq - 1

    def after(self, seq: int) -> list[Hint]:
        return [hint for hint in self.hints if hint.seq > seq]


class Tailer:
    """Keeps the rings of the streams somebody follows."""

    def __init__(self, app: Flask, poll: float = POLL) -> None:
        self.app = app
        self.poll = poll
        self.rings: dict[str, Ring] = {}
        self.woken = threading.Condition()
        self.thread: threading.Thread | None = None

    @contextmanager
    def following(self, stream_id: str, head: int) -> Iterator[Ring]:
        """Follow a stream whose last seq is `head`; the thread starts with the first follower."""
        with self.woken:
            ring = self.rings.setdefault(stream_id, Ring(head, head))
            ring.followers += 1
            if self.thread is None:
                self.thread = threading.Thread(target=self._run, name="liqaa-tailer", daemon=True)
                self.thread.start()
        try:
            yield ring
        finally:
            with self.woken:
                ring.followers -= 1
                if not ring.followers and self.rings.get(stream_id) is ring:
                    del self.rings[stream_id]
                self.woken.notify_all()

    def wait(self, ring: Ring, seq: int, seconds: float) -> list[Hint]:
        """What came after `seq`; waits for it no longer than `seconds`."""
        with self.woken:
            self.woken.wait_for(lambda: ring.last > seq, timeout=seconds)
            return ring.after(seq)

    def _run(self) -> None:
        while True:
            with self.woken:
                if not self.rings:
                    self.thread = None
                    return
                known = {ident: ring.last for ident, ring in self.rings.items()}
            try:
                self._read(known)
            except Exception as error:
                log.warning("the journal cannot be read", error=type(error).__name__)
            with self.woken:
                self.woken.wait(self.poll)

    def end(self) -> None:
        """Let everybody go and wait for the thread (a process that ends in order, tests)."""
        with self.woken:
            self.rings.clear()
            thread = self.thread
            self.woken.notify_all()
        if thread is not None:
            thread.join()

    def _read(self, known: dict[str, int]) -> None:
        with self.app.app_context():
            try:
                with transaction(writes=False):
                    moved = {ident: seq for ident, seq in queries.heads(known).items() if seq > known[ident]}
                    news = {ident: queries.hints_after(ident, known[ident]) for ident in moved}
            finally:
                db.session.remove()
        with self.woken:
            for ident, hints in news.items():
                if hints and (ring := self.rings.get(ident)) is not None and ring.last < hints[-1].seq:
                    ring.add([hint for hint in hints if hint.seq > ring.last])
            self.woken.notify_all()


def tailer_of(app: Flask) -> Tailer:
    """The tailer of this process; made after the fork, on first use."""
    found: Tailer = app.extensions.setdefault(EXTENSION, Tailer(app))
    return found
