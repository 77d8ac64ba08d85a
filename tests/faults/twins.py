"""Two deliberately broken servers (TWIN=early, TWIN=forgetful): the tests that hold for ours must fail for them."""

from __future__ import annotations

import io
import json
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from app.kernel.database import new_id
from wsgi import app

Start = Callable[..., Any]
serve = app.wsgi_app


def early(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Answers before anything is committed: what it acknowledged dies with it."""
    if environ["REQUEST_METHOD"] != "POST":
        return serve(environ, start)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    _waiting.put(environ)
    _begin()
    start("200 OK", [("Content-Type", "application/json")])
    return [b"[]"]


def forgetful(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Takes every repeat for something new, as a server without keys does."""
    if environ["REQUEST_METHOD"] == "POST":
        scans = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        body = json.dumps([scan | {"scan_id": new_id()} for scan in scans]).encode()
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
    return serve(environ, start)


_waiting: queue.Queue[dict[str, Any]] = queue.Queue()
_threads: list[threading.Thread] = []


def _begin() -> None:
    if not _threads:
        _threads.append(threading.Thread(target=_work, daemon=True))
        _threads[0].start()


def _work() -> None:
    while True:
        environ = _waiting.get()
        time.sleep(0.05)
        list(serve(environ, lambda *_: None))


app.wsgi_app = {"early": early, "forgetful": forgetful}[os.environ["TWIN"]]  # type: ignore[method-assign]
