"""Every test that touches the database runs on SQLite and PostgreSQL, each time on a fresh copy of one world."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, event

from app import create_app, schema
from app.kernel import clock as clocks
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from config import Settings
from tests import postgres
from tests.client import Browser
from tests.world import World, build_world
from tools.catalogues import build_if_older

if os.access("/dev/shm", os.W_OK):
    # Folders of tests lie in memory where there is such a place: a test waits for no disk.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")
# A busy machine is slow by no fault of what is tested.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")
build_if_older()  # The tests speak the words as they are written now.
NOON = datetime(2022, 3, 10, 12, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.addoption("--pictures", type=Path, metavar="FOLDER", help="keep pictures of the pages of the chain here")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        engines = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
        if only := getattr(metafunc.module, "ONLY_ON", None):  # A fault that the other engine does not have.
            engines = [engine for engine in engines if engine == only]
        if metafunc.definition.get_closest_marker("browser") and not metafunc.definition.get_closest_marker("chain"):
            engines = [engine for engine in engines if engine == "sqlite"] or engines  # PostgreSQL: the chain only.
        if (
            chosen == "both"
            and metafunc.definition.get_closest_marker("slow")
            and "test_axe" in metafunc.module.__name__
        ):
            engines = ["sqlite"]  # What a page shows to axe is not the database's: one engine is enough.
        if chosen == "both" and metafunc.module.__name__.endswith("test_openapi"):
            engines = ["sqlite"]  # What the document says of an answer is not the database's either.
        metafunc.parametrize("engine", engines, scope="session")


# Whether anything was committed since the live database was last a fresh copy; the first test makes one.
_touched: dict[str, Any] = {"by a commit": True}


@event.listens_for(Engine, "commit")
def _note_commit(_connection: Any) -> None:
    _touched["by a commit"] = True


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def installation(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An app on one engine, with a filled world kept as a template."""
    folder = tmp_path_factory.mktemp(f"liqaa-{engine}")
    store = (
        SqliteStore(folder) if engine == "sqlite" else PostgresStore(folder, request.getfixturevalue("postgres_server"))
    )
    settings = Settings(
        database_url=store.url, secret_key="k" * 40, data_dir=folder, base_url="http://localhost", instance="test",
        trusted_hosts=("localhost", "127.0.0.1"), testing=True, demo=True,
    )  # fmt: skip
    store.make_empty()
    app = create_app(settings)
    clocks.provide(lambda: FixedClock(NOON))
    with app.app_context():
        db.create_all()
        schema.stamp()
        with transaction():
            world = build_world()
        db.engine.dispose()
    store.keep_template()
    yield app, store, world
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(installation: Any, tmp_path: Path) -> Iterator[LiqaaFlask]:
    """The app on a fresh copy of the filled world, in an application context, with a folder of its own."""
    application, store, _world = installation
    with application.app_context():
        if _touched["by a commit"] or _touched.get("engine") is not store:
            db.engine.dispose()
            store.restore()
            _touched.update({"by a commit": False, "engine": store})
        application.config["LIQAA"] = replace(application.config["LIQAA"], data_dir=tmp_path)
        clocks.provide(lambda: FixedClock(NOON))
        yield application
        if tailer := application.extensions.get("liqaa-tailer"):
            tailer.end()
        db.session.remove()


@pytest.fixture
def stage(app: LiqaaFlask, installation: Any, tmp_path: Path) -> Callable[[str, Callable[[], None]], None]:
    """A bigger world by its name: built by the first test of a process that asks, a copy of it for those after.

    What `build` returns or remembers elsewhere than in the database and in the folder of data is not copied.
    """
    store = installation[1]

    def enter(name: str, build: Callable[[], None]) -> None:
        db.session.remove()
        kept = store.folder / f"data-{name}"
        if name in store.stages:
            db.engine.dispose()
            store.restore(name)
            _touched["by a commit"] = True
            shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
            return
        build()
        db.session.remove()
        db.engine.dispose()
        store.keep_template(name)
        shutil.copytree(tmp_path, kept)
        store.stages.add(name)

    return enter


@pytest.fixture
def world(app: LiqaaFlask, installation: Any) -> World:
    """The ids of the filled world: two meetings, their workshops, and the fixed cast."""
    found: World = installation[2]
    return found


@pytest.fixture
def clock(app: LiqaaFlask) -> FixedClock:
    """The clock of the test, at noon (UTC) of 10 March 2022; move it by setting `moment`."""
    fixed = FixedClock(NOON)
    clocks.provide(lambda: fixed)
    return fixed


@pytest.fixture
def browser(app: LiqaaFlask, world: World, engine: str) -> Browser:
    """A browser without JavaScript: keeps cookies, sends CSRF tokens, signs in as one of the cast.

    It holds every page to the rules of pages; once is enough, for the engine of the database makes no page.
    """
    return Browser(app, world, lint=engine == "sqlite")


class SqliteStore:
    def __init__(self, folder: Path) -> None:
        self.folder, self.stages = folder, set[str]()
        self.live = folder / "live.sqlite3"
        self.url = f"sqlite:///{self.live}"

    def make_empty(self) -> None:
        self.live.touch()

    def keep_template(self, name: str = "world") -> None:
        import sqlite3

        # In WAL already, so that no connection of a test has to change the mode of its fresh copy.
        source, target = sqlite3.connect(self.live), sqlite3.connect(self.folder / f"{name}.sqlite3")
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
        source.close()
        target.close()

    def restore(self, name: str = "world") -> None:
        for ending in ("-wal", "-shm"):
            Path(f"{self.live}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.folder / f"{name}.sqlite3", self.live)


class PostgresStore:
    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.stages = folder, set[str]()
        self.server = server
        # Processes of pytest-xdist may share one server.
        self.live = f"liqaa_live{os.environ.get('PYTEST_XDIST_WORKER', '')}"
        self.url = server.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0] + f"/{self.live}"

    def _copy(self, source: str, target: str) -> None:
        self._run(
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY file_copy',
        )

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def make_empty(self) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self.live} WITH (FORCE)", f"CREATE DATABASE {self.live}")

    def keep_template(self, name: str = "world") -> None:
        self._copy(self.live, f"{self.live}_{name}")

    def restore(self, name: str = "world") -> None:
        self._copy(f"{self.live}_{name}", self.live)
