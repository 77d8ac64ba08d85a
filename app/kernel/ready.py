"""Public pages: their ETag, and those just made, kept ready for the next reader.

The ETag of a public page names all that it depends on: the last public changes of its meeting and of the installation,
language, build, date, the last hour that changed it by itself, and its address. Whoever has that page already is told
so; whoever has not gets the bytes that were made for another stranger a moment ago, as long as nothing of a person is
in them. `KEPT` bounds what a change that forgot to call itself public could cost.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request, session

from app.kernel.access import Access, current_actor
from app.kernel.clock import current_clock
from app.kernel.journal import INSTALLATION, heads_of, stream_of

KEPT = 10.0
"""Seconds for which a page is kept."""
ROOM = 8 * 1024 * 1024
"""Bytes of all pages a process keeps; the one not asked for longest goes first."""
LARGEST = ROOM // 16
CSRF = "csrf_token"


@dataclass(frozen=True)
class Page:
    """The answer to a stranger: its bytes, what its view said in headers and policy, and until when it is kept."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    policy: dict[str, str]
    until: float


class Shelf:
    """The pages that a process keeps ready."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.size = 0
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: tuple[str, ...]) -> Page | None:
        """The page under this key, if it is there and not too old."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.until < time.monotonic():
                self._take_away(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        """Keep a page; others go when there is no room left."""
        with self._lock:
            if key in self._pages:
                self._take_away(key)
            self._pages[key] = page
            self.size += len(page.body)
            while self.size > self.room:
                self._take_away(next(iter(self._pages)))

    def _take_away(self, key: tuple[str, ...]) -> None:
        self.size -= len(self._pages.pop(key).body)


def answer(marker: Access) -> Response | None:
    """304 when the reader already has this public page, the page itself when it is kept; else None.

    Signed-in pages carry no ETag at all and are never kept.
    """
    if marker.cached_by is None or current_actor().kind != "public" or request.method not in {"GET", "HEAD"}:
        return None
    meeting = (request.view_args or {})[marker.cached_by]
    g.etag = _etag(meeting)
    if request.if_none_match.contains_weak(g.etag):
        return Response(status=304)
    shelf = current_app.extensions.get("liqaa-shelf")
    # Words that wait in the session for this reader alone (a notice) belong on a page of their own.
    if shelf is None or request.method != "GET" or "HX-Request" in request.headers or set(session) - {CSRF}:
        return None
    key = (str(meeting.id), g.etag, request.url_root)
    page = shelf.find(key)
    if page is None:
        g.shelf = key
        return None
    if page.policy:
        g.policy = dict(page.policy)
    return Response(page.body, headers=list(page.headers))


def keep(answer: Response) -> None:
    """Keep what was just made, if it is a whole page and holds nothing of its reader."""
    key = g.pop("shelf", None)
    if key is None or answer.status_code != 200 or answer.mimetype != "text/html" or answer.is_streamed:
        return
    # A form brings a token into the session, and a key that makes its second sending harmless: neither may be shared.
    if session or CSRF in g:
        return
    body = answer.get_data()
    if len(body) <= LARGEST and b'name="_key"' not in body:
        shelf: Shelf = current_app.extensions["liqaa-shelf"]
        shelf.put(key, Page(body, tuple(answer.headers), dict(g.get("policy", {})), time.monotonic() + KEPT))


def _etag(meeting: Any) -> str:
    clock, stream = current_clock(), stream_of(meeting)
    heads = heads_of(stream, INSTALLATION)
    now = clock.now()
    parts = (
        heads.get(stream, (0, 0))[1], heads.get(INSTALLATION, (0, 0))[1], g.get("lang", ""),
        current_app.config["BUILD"], clock.today(meeting.zone), meeting.boundary_passed(now), request.full_path,
    )  # fmt: skip
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:24]
