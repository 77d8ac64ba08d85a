"""Whether this process serves, and whether it may be sent work: for load balancers, supervisors and administrators."""

from __future__ import annotations

import os
from collections.abc import Callable

from flask import Blueprint, Response, current_app, jsonify

from app import schema
from app.kernel import clock
from app.kernel.access import PUBLIC, access, permission
from app.kernel.database import db
from app.kernel.transaction import outside_transaction

LEAST_DISK = 200 * 1024 * 1024

permission("health.ask", scope="installation", roles={PUBLIC})
health = Blueprint("health", __name__)


@health.get("/healthz")
@outside_transaction
@access("health.ask")
def alive() -> Response:
    """200 as long as the process answers at all; asks nothing else."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@health.get("/readyz")
@outside_transaction
@access("health.ask")
def ready() -> tuple[Response, int]:
    """200 when database, migrations, tzdata and disk are right; else 503 with the list of what is not."""
    failures = {name: sentence for name, check in CHECKS.items() if (sentence := _attempt(check))}
    status = {name: failures.get(name, "ok") for name in CHECKS}
    return jsonify({"ready": not failures, "checks": status}), 503 if failures else 200


def _attempt(check: Callable[[], None]) -> str:
    """Nothing when the check passes, else what is wrong in a word that tells a stranger nothing of paths or hosts."""
    try:
        check()
    except NotReady as wrong:
        return str(wrong)
    except Exception as error:
        current_app.logger.error("not ready: %s", type(error).__name__)
        return "failed"
    return ""


class NotReady(Exception):
    """What is wrong, in a word."""


def _database() -> None:
    try:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM stream LIMIT 1")
    except Exception as error:
        raise NotReady("unreachable") from error


def _migrations() -> None:
    try:
        schema.check_version()
    except schema.Outdated as error:
        raise NotReady("older") from error
    except schema.Absent as error:
        raise NotReady("absent") from error
    except schema.SchemaError as error:
        raise NotReady("newer or unreadable") from error


def _tzdata() -> None:
    try:
        clock.check_zones()
    except clock.ClockError as error:
        raise NotReady("old") from error


def _disk() -> None:
    folder = current_app.config["LIQAA"].data_dir
    place = os.statvfs(folder)
    if place.f_bavail * place.f_frsize < LEAST_DISK:
        raise NotReady("nearly full")
    if not os.access(folder, os.W_OK):
        raise NotReady("read-only")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database, "migrations": _migrations, "tzdata": _tzdata, "disk": _disk,
}  # fmt: skip
