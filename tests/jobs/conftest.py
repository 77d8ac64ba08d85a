"""A clock whose real moment moves too, and a mail server in the test's own process."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import event

from app.kernel import clock as clocks
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask


@dataclass
class MovedClock(Clock):
    """Domain and real time moved by the test."""

    moment: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def real_now(self) -> datetime:
        return self.moment

    def pass_(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def clock(app: LiqaaFlask) -> MovedClock:
    moved = MovedClock()
    clocks.provide(lambda: moved)
    return moved


Configure = Callable[..., None]


@pytest.fixture
def configure(app: LiqaaFlask, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """`configure(smtp_url=...)`: other settings for this test."""
    return lambda **changes: monkeypatch.setitem(app.config, "LIQAA", replace(app.config["LIQAA"], **changes))


@dataclass
class Post:
    """What the server took, and how it answers: `refuse` maps a command to an answer such as `450 later`."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]  # type: ignore[misc]

    def ids(self) -> list[str]:
        return [str(one["Message-ID"]) for one in self.messages()]


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one client needs."""

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        if post.closed:
            return
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb in post.refuse:
                self._say(post.refuse[verb])
            elif verb == "DATA":
                self._say("354 go on")
                self._take(post)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                if verb == "RCPT TO":
                    post.recipients.append(line.partition(":")[2])
                self._say("250 fine")

    def _take(self, post: Post) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line[1:] if line.startswith(b"..") else line)
        post.raw.append(b"".join(lines))
        self._say(post.refuse.get("END", "250 taken"))


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server on a free port of this machine."""
    taken = Post()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that was killed is part of the test."""

    with Server(("127.0.0.1", 0), Conversation) as server:
        server.post = taken  # type: ignore[attr-defined]
        taken.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield taken
        server.shutdown()
        thread.join()


@pytest.fixture
def count_queries(app: LiqaaFlask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as found:` the statements that ran inside."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN")):
                found.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
