"""Installations of their own: another database, another folder, sometimes another process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from app import create_app
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask
from config import ROOT, Settings

MakeInstallation = Callable[[str], LiqaaFlask]
Command = Callable[..., subprocess.CompletedProcess[str]]


def installed(folder: Path, url: str | None = None) -> LiqaaFlask:
    """An app that keeps everything in this folder, its database too unless that is at another address."""
    return create_app(
        Settings(database_url=url or f"sqlite:///{folder / 'liqaa.sqlite3'}", secret_key=folder.name[:1] * 40,
                 data_dir=folder, base_url="http://localhost", instance="test", trusted_hosts=("localhost",),
                 testing=True)
    )  # fmt: skip


@pytest.fixture
def make_installation(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[MakeInstallation]:
    """`make_installation("a")`: an app with a database that has not been made yet, in a folder of its own."""
    made: list[LiqaaFlask] = []
    names: list[str] = []
    server = request.getfixturevalue("postgres_server") if engine == "postgresql" else ""
    own = os.environ.get("PYTEST_XDIST_WORKER", "")

    def make(name: str) -> LiqaaFlask:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        url = None
        if server:
            url = server.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0] + f"/liqaa_{name}{own}"
            if name not in names:
                _on(
                    server,
                    f"DROP DATABASE IF EXISTS liqaa_{name}{own} WITH (FORCE)",
                    f"CREATE DATABASE liqaa_{name}{own}",
                )
            names.append(name)
        app = installed(folder, url)
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    for name in set(names):
        _on(server, f"DROP DATABASE IF EXISTS liqaa_{name}{own} WITH (FORCE)")


def _on(server: str, *statements: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """`command("-m", "flask", "jobs", "run", "--once", DATABASE_URL=...)`: run Python here as an administrator would."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 40, "FLASK_APP": "wsgi:app"}
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=env | environment, capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip

    return run
