"""Real processes on a database of their own, to be killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app import schema
from app.kernel.transaction import LiqaaFlask, transaction
from config import ROOT
from tests.operations.conftest import MakeInstallation, make_installation
from tests.world import World, build_world
from tools.serve import end_with_parent

__all__ = ["make_installation"]


class House:
    """One installation served by real processes, all of which are gone at the end."""

    def __init__(self, app: LiqaaFlask, world: World) -> None:
        self.app, self.world = app, world
        self.processes: list[subprocess.Popen[bytes]] = []
        self.pace = threading.Event()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Run Python as the installation's own process, in a group of its own."""
        settings = self.app.config["LIQAA"]
        env = {
            "PATH": os.environ["PATH"], "DATABASE_URL": settings.database_url, "DATA_DIR": str(settings.data_dir),
            "SECRET_KEY": settings.secret_key, "PORT": str(self.port), "LOG_LEVEL": "CRITICAL", "FLASK_APP": "wsgi:app",
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=env | environment, start_new_session=True, preexec_fn=end_with_parent
        )  # fmt: skip
        self.processes.append(process)
        return process

    def serve(self, twin: str = "") -> subprocess.Popen[bytes]:
        """Start gunicorn, or a broken twin of ours, and wait until it answers."""
        application = "tests.faults.twins:app" if twin else "wsgi:app"
        process = self.start("-m", "gunicorn", "-c", "tools/gunicorn.conf.py", application, TWIN=twin)
        for _ in range(600):
            with suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    connection.close()
                    return process
            self.pace.wait(0.05)
            assert process.poll() is None, "the server did not start"
        raise AssertionError("the server does not answer")

    def kill_one(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9 one of the workers."""
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(children[0]), signal.SIGKILL)

    def kill_all(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9 everything the process started, and itself."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def house(make_installation: MakeInstallation) -> Iterator[House]:
    """A new installation with the filled world."""
    app = make_installation("fault")
    with app.app_context():
        schema.create()
        with transaction():
            world = build_world()
        found = House(app, world)
        yield found
        for process in found.processes:
            found.kill_all(process)
