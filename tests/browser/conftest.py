"""The app behind a real server, and people in front of real browsers (mark such tests with `browser`)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, expect, sync_playwright
from werkzeug.serving import make_server

from app.kernel.transaction import LiqaaFlask
from app.live.streams import ALIVE
from app.live.tailer import tailer_of
from tests.client import Browser
from tests.world import World

# How long a page may take on a busy machine, in milliseconds: a green run never waits for it.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
ENTER = "/enter-as-somebody-of-the-cast"


class LiveServer:
    """The app of the test on a port of this machine; `stop` and `start` again to see what a page does meanwhile."""

    def __init__(self, app: LiqaaFlask) -> None:
        self.app = app
        self.port = 0
        self.cookie = ""
        self.alive = True
        app.extensions[ALIVE] = lambda: self.alive
        self._answering = 0
        self._idle = threading.Condition()
        self.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def answer(self, environ: Any, start_response: Any) -> Any:
        """The app; at `ENTER` the cookie of whoever is about to enter, which no script may set (`__Host-`)."""
        if environ["PATH_INFO"] != ENTER:
            with self._idle:
                self._answering += 1
            try:
                answer = self.app(environ, start_response)
            except BaseException:
                self._answered()
                raise
            return self._counted(answer)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", self.cookie)])
        return [b"entered"]

    def _counted(self, answer: Any) -> Iterator[bytes]:
        """The answer, counted until its last byte: the server forgets to close one whose caller hung up after it."""
        try:
            yield from answer
        finally:
            try:
                answer.close()
            finally:
                self._answered()

    def _answered(self) -> None:
        with self._idle:
            self._answering -= 1
            self._idle.notify_all()

    def wait_until_idle(self, seconds: float = 20) -> None:
        """Wait for the last answer: a thread that still reads would meet the file which the next test replaces."""
        with self._idle:
            assert self._idle.wait_for(lambda: self._answering == 0, timeout=seconds), "An answer does not end."

    def start(self) -> None:
        self.alive = True
        self._server = make_server("localhost", self.port, self.answer, threaded=True)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more calls, and let streams end."""
        self.alive = False
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


@pytest.fixture
def live_server(app: LiqaaFlask) -> Iterator[LiveServer]:
    """The app behind a threaded server; its links name the port it has."""
    server = LiveServer(app)
    app.config["LIQAA"] = replace(app.config["LIQAA"], base_url=server.url)
    yield server
    server.stop()
    tailer_of(app).end()
    server.wait_until_idle()
    app.extensions.pop(ALIVE)
    app.config["LIQAA"] = replace(app.config["LIQAA"], base_url="http://localhost")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One headless Chromium for the tests of a module."""
    with sync_playwright() as engine:
        found = engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield found
        found.close()


@pytest.fixture
def person(
    chromium: Chromium, live_server: LiveServer, browser: Browser, world: World
) -> Iterator[Callable[..., BrowserContext]]:
    """A browser profile of its own for one of the cast, signed in (`person("rapporteur")`); `None` is the public."""
    contexts: list[BrowserContext] = []

    def arrive(who: str | None, **options: Any) -> BrowserContext:
        settings = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", "locale": "ar"} | options
        context = chromium.new_context(base_url=live_server.url, **settings)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if who is not None:
            own = Browser(browser.app, world).sign_in(who)
            name = str(browser.app.config["SESSION_COOKIE_NAME"])
            cookie = own.client.get_cookie(name, domain="localhost")
            assert cookie is not None
            live_server.cookie = f"{name}={cookie.value}; Secure; HttpOnly; Path=/; SameSite=Lax"
            page = context.new_page()
            page.goto(ENTER)
            page.close()
        return context

    yield arrive
    for context in contexts:
        context.close()
