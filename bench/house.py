"""An installation to be measured: its own folder, database and processes; visitors who speak HTTP; rows of a table.

Nothing here asserts a time. `DATABASE_URL` of an empty PostgreSQL measures that engine instead of SQLite.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import session

from app import create_app, schema
from app.accounts.identity import start_session
from app.accounts.models import Account
from app.kernel import clock as clocks
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.participants.models import Seats
from config import load_settings
from tests.world import World, build_world
from tools.serve import end_with_parent

MEETING = "agadir-2022"


def row(work: str, found: str, aim: str = "") -> None:
    """Print one row of the table at once."""
    print(f"| {work} | {found} | {aim} |", flush=True)


def spread(seconds: Iterable[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    times = sorted(seconds)
    return f"median {median(times) * 1000:.0f} ms, p95 {quantiles(times, n=20)[-1] * 1000:.0f} ms"


class House:
    """One installation with the filled world of the tests, registration open today."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.env = {
            "PATH": os.environ["PATH"], "DATA_DIR": str(folder), "PORT": str(self.port), "SECRET_KEY": "b" * 40,
            "LOG_LEVEL": "CRITICAL", "FLASK_APP": "wsgi:app", "DEMO": "1",
        } | {name: os.environ[name] for name in ("DATABASE_URL", "WEB_CONCURRENCY") if name in os.environ}  # fmt: skip
        self.app = create_app(load_settings(self.env))
        self.processes: list[subprocess.Popen[bytes]] = []
        self.world = World()
        clocks.provide(Clock)

    def make(self) -> None:
        """Make and fill the database."""
        schema.create()
        with transaction():
            self.world = build_world()
            for meeting in db.session.query(Meeting):
                meeting.registration_opens = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
                meeting.registration_closes = meeting.registration_opens + timedelta(days=30)

    def places(self, number: int) -> None:
        """Set the places of the meeting."""
        with transaction():
            meeting = db.session.query(Meeting).filter_by(slug=MEETING).one()
            meeting.capacity = number
            seats = db.session.get(Seats, meeting.id)
            assert seats is not None
            seats.capacity = number

    def serve(self) -> float:
        """Start the server; seconds until it answers."""
        began = time.perf_counter()
        self.start("-m", "gunicorn", "-c", "tools/gunicorn.conf.py", "wsgi:app")
        while True:
            with suppress(OSError):
                visitor = Visitor(self.port)
                visitor.get("/healthz")
                return time.perf_counter() - began
            time.sleep(0.02)

    def start(self, *arguments: str) -> None:
        """Start one of the installation's own processes."""
        self.processes.append(
            subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.env,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        )

    def sign_in(self, person: str) -> dict[str, str]:
        """The cookie of one of the cast, signed in."""
        with self.app.test_request_context(), transaction():
            account = db.session.get(Account, self.world.people[person])
            assert account is not None
            start_session(account, device="bench")
            signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            return {self.app.config["SESSION_COOKIE_NAME"]: str(signer.dumps(dict(session)))}

    def stop(self) -> None:
        """End all of them."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        self.processes.clear()

    def memory(self) -> tuple[int, int]:
        """Processes, and their memory in MiB (proportional set size: shared pages are counted once)."""
        ids = [ident for process in self.processes for ident in _family(process.pid)]
        sizes = []
        for ident in ids:
            with suppress(OSError):
                found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{ident}/smaps_rollup").read_text(), re.MULTILINE)
                sizes.append(int(found.group(1)) if found else 0)
        return len(sizes), sum(sizes) // 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _family(int(child))


@contextmanager
def house(*, serve: bool = True) -> Iterator[House]:
    """A house in a temporary folder, filled and served, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="liqaa-bench-") as folder:
        found = House(Path(folder))
        with found.app.app_context():
            try:
                found.make()
                if serve:
                    found.serve()
                yield found
            finally:
                found.stop()
                db.session.remove()
                db.engine.dispose()


class Visitor:
    """A browser without a screen: one connection, its cookies, the hidden fields of the last page.

    It speaks HTTP by hand, for the library's own client takes as much of the two cores as a quick answer does.
    """

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.host = f"127.0.0.1:{port}"
        self.port = port
        self.headers = headers or {}
        self.cookies: dict[str, str] = {}
        self.status, self.raw, self.answer = 0, b"", dict[str, str]()
        self.socket: socket.socket | None = None

    @property
    def body(self) -> str:
        """The last answer as text."""
        return self.raw.decode(errors="replace")

    def ask(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> int:
        """Make one request and read its answer whole."""
        data = body.encode() if isinstance(body, str) else body or b""
        said = {"Host": self.host, **self.headers, **headers}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if data or method not in {"GET", "HEAD"}:
            said["Content-Length"] = str(len(data))
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in said.items())
        request = head.encode() + b"\r\n" + data
        kept = self.socket is not None
        try:
            self._send(request)
        except ConnectionError:
            if not kept:
                raise
            self._hang_up()  # The server closed a connection that had rested: ask once more on a new one.
            self._send(request)
        return self.status

    def _send(self, request: bytes) -> None:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        found = b""
        while (end := found.find(b"\r\n\r\n")) < 0:
            found += self._more()
        first, *lines = found[:end].decode("latin-1").split("\r\n")
        self.status, self.answer = int(first.split(" ", 2)[1]), {}
        for line in lines:
            name, _, value = line.partition(": ")
            self.answer[name] = value
            if name == "Set-Cookie":
                cookie, _, held = value.split(";")[0].partition("=")
                self.cookies[cookie] = held
        length = 0 if self.status in {204, 304} else int(self.answer.get("Content-Length", -1))
        parts = [found[end + 4 :]]
        have = len(parts[0])
        while have < length or length < 0:
            parts.append(self._more())
            have += len(parts[-1])
            if length < 0 and parts[-1].endswith(b"0\r\n\r\n"):
                break
        self.raw = b"".join(parts)
        if self.answer.get("Connection", "").lower() == "close":
            self._hang_up()

    def _more(self) -> bytes:
        assert self.socket is not None
        found = self.socket.recv(262144)
        if not found:
            raise ConnectionResetError
        return found

    def _hang_up(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket = None

    def get(self, path: str, **headers: str) -> int:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: dict[str, Any]) -> int:
        """Send a form with the token and the key of the last page."""
        hidden = {name: self.hidden(name) for name in ("csrf_token", "_key") if self.hidden(name)}
        body = urlencode({**hidden, **fields}, doseq=True)
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the last page."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"'.encode(), self.raw)
        return found.group(1).decode() if found else ""


def crowd(clients: int, act: Callable[[int], list[float]]) -> tuple[list[float], float]:
    """Let as many clients act at once in a process beside ours: every time they took, and the seconds of all."""
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_crowd, args=(clients, act, sender))
    process.start()
    times, seconds = receiver.recv()
    process.join()
    return times, seconds


def _crowd(clients: int, act: Callable[[int], list[float]], sender: Any) -> None:
    times: list[float] = []
    together = threading.Barrier(clients + 1)

    def one(number: int) -> None:
        together.wait()
        times.extend(act(number))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    together.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    sender.send((times, time.perf_counter() - began))
