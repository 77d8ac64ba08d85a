"""`make run`: keeps gunicorn (which prepares first) and one jobs process running until it is stopped.

    python tools/serve.py               serve
    python tools/serve.py demo MOMENT   put this port's demonstration at a moment

Small on purpose (standard library only): it stays in memory beside what it starts.
"""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent


def environment() -> dict[str, str]:
    """The process's own environment, with what `make run` adds where nothing is said."""
    return {"PORT": "8000", "DEMO": "1", "LOG_LEVEL": "WARNING", "PYTHONUNBUFFERED": "1", "FLASK_APP": "wsgi:app"} | {
        name: value for name, value in os.environ.items() if value
    }


def main(arguments: list[str]) -> int:
    """Serve, or set the moment of the demonstration."""
    env = environment()
    if arguments[:1] == ["demo"] and len(arguments) == 2:
        if code := _run(["tools/prepare.py"], env):
            return code
        return _run(["-m", "flask", "demo", "load", "--moment", arguments[1]], env)
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    return _serve(env)


def _run(command: list[str], env: dict[str, str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=False).returncode


def _serve(env: dict[str, str]) -> int:
    began = time.monotonic()
    host, port = env.get("BIND", "127.0.0.1"), env["PORT"]
    if not port.isdigit() or not _free(host, int(port)):
        print(f"Port {port} is taken (or is no port): choose another, for example: make run PORT=8010", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people"
        supervisor = Supervisor(env | {"LIQAA_PREPARE": str(people)})
        supervisor.start()
        if not _answers(host, int(port), supervisor):
            return supervisor.stop() or 1
        _tell(env, people.read_text(encoding="utf-8"), time.monotonic() - began)
    supervisor.start_jobs()
    return supervisor.watch()


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def _answers(host: str, port: int, supervisor: Supervisor) -> bool:
    """Wait for the server; whether it answers before it ends (the first time it makes the database meanwhile)."""
    while supervisor.serving():
        try:
            connection = http.client.HTTPConnection(host, port, timeout=2)
            connection.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
            if connection.getresponse().status:
                return True
        except OSError:
            time.sleep(0.05)
    return False


def _tell(env: dict[str, str], people: str, seconds: float) -> None:
    base = env.get("BASE_URL") or f"http://127.0.0.1:{env['PORT']}"
    print(f"\nLiqaa is ready after {seconds:.1f} s.\n\n  {base}/ar/          the site (also /fr/ and /en/)")
    if env["DEMO"] in {"1", "true", "yes"}:
        print(f"  {base}/ar/sign-in   sign in as any of these by one click:")
        print(people.rstrip() or "  (nobody yet)")
    else:
        print("  the first administrator: .venv/bin/flask accounts create-admin")
    if not env.get("SMTP_URL"):
        print(f"  {base}/dev/mail/    the mails that would have been sent")
    print("\nCtrl-C stops it.", flush=True)


class Supervisor:
    """Gunicorn, whose end is the end, and the jobs process, which is started again when it falls."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.stopping = False
        self.web: subprocess.Popen[bytes] | None = None
        self.jobs: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server."""
        signal.signal(signal.SIGTERM, self._asked)
        signal.signal(signal.SIGINT, self._asked)
        self.web = self._spawn(["-m", "gunicorn", "-c", "tools/gunicorn.conf.py", "wsgi:app"])

    def start_jobs(self) -> None:
        """Start the jobs process, once there is a database for it."""
        self.jobs = self._spawn(["-m", "flask", "jobs", "run"])

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches us alone, and we ask the others to end in order.
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.env, start_new_session=True, preexec_fn=end_with_parent
        )

    def _asked(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def serving(self) -> bool:
        """Whether gunicorn runs and nobody asked to stop."""
        return not self.stopping and self.web is not None and self.web.poll() is None

    def watch(self) -> int:
        """Keep both running until gunicorn ends or somebody asks; the exit code."""
        pause = 1.0
        while self.serving():
            time.sleep(0.2)
            if self.jobs is not None and self.jobs.poll() is not None:
                print(
                    f"The jobs process ended ({self.jobs.returncode}); starting it again.", file=sys.stderr, flush=True
                )
                time.sleep(pause)
                pause = min(pause * 2, 60)
                self.start_jobs()
        return self.stop()

    def stop(self) -> int:
        """Ask both to finish what they do, wait, and insist after a while."""
        running = [process for process in (self.web, self.jobs) if process is not None]
        failed = self.web is not None and self.web.poll() not in {None, 0}
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return 1 if failed else 0


def end_with_parent() -> None:
    """On Linux, end with the supervisor, even when it is killed."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    except (AttributeError, OSError):
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
