"""Health: alive whatever happens, ready only when everything is right."""

from __future__ import annotations

from collections import namedtuple

import pytest
from sqlalchemy import text

from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from tests.operations.conftest import MakeInstallation


def test_process_that_serves_answers_alive_without_a_database(make_installation: MakeInstallation) -> None:
    client = make_installation("a").test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["database"] == "unreachable"
    assert answer.json["checks"]["tzdata"] == "ok"


def test_installation_in_order_is_ready(make_installation: MakeInstallation) -> None:
    from app import schema

    app = make_installation("a")
    with app.app_context():
        schema.create()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (200, True)


def test_database_without_migrations_is_not_ready(app: LiqaaFlask) -> None:
    with transaction():
        db.session.execute(text("DELETE FROM alembic_version"))
    answer = app.test_client().get("/readyz", base_url="http://localhost")
    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": "ok", "migrations": "absent", "tzdata": "ok", "disk": "ok"}


def test_full_disk_is_not_ready_and_says_no_path(app: LiqaaFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    place = namedtuple("place", "f_bavail f_frsize")(10, 4096)
    monkeypatch.setattr("app.health.os.statvfs", lambda _folder: place)
    answer = app.test_client().get("/readyz", base_url="http://localhost")
    assert answer.json["checks"]["disk"] == "nearly full"
    assert str(app.config["LIQAA"].data_dir) not in answer.get_data(as_text=True)
