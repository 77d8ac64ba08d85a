"""Which moment the demonstration stands at; its clock governs the domain's dates and says so on every page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app

from app.kernel.clock import Clock, ShiftedClock, current_clock, to_utc
from app.kernel.database import db
from app.kernel.languages import format_datetime, t
from app.portal.models import DemoState

ZONE = "Africa/Casablanca"


@dataclass(frozen=True)
class Moment:
    """One of the six moments: its name, its wall time in Morocco, and the key of its words."""

    name: str
    wall: datetime

    @property
    def key(self) -> str:
        return "portal.moment." + self.name.replace("-", "_")

    def instant(self) -> datetime:
        """The moment in UTC."""
        return to_utc(self.wall, ZONE)


MOMENTS = {
    moment.name: moment
    for moment in (
        Moment("invitations", datetime(2022, 3, 1, 10, 0)),
        Moment("eve", datetime(2022, 3, 24, 18, 0)),
        Moment("day1", datetime(2022, 3, 25, 8, 20)),
        Moment("plenary", datetime(2022, 3, 26, 11, 40)),
        Moment("published", datetime(2022, 4, 1, 17, 0)),
        Moment("one-year-later", datetime(2023, 3, 31, 10, 0)),
    )
}
DEFAULT = "one-year-later"
# The clock is asked for many times a request: what the row says is kept for one second a process.
_kept: dict[str, Any] = {"until": 0.0, "clock": Clock()}


def demo_clock() -> Clock:
    """The demonstration's clock when this database is one, else the real one."""
    if time.monotonic() < _kept["until"]:
        clock: Clock = _kept["clock"]
        return clock
    row = _read()
    clock = ShiftedClock(_aware(row.shows), _aware(row.since)) if row else Clock()
    _kept.update(until=time.monotonic() + 1.0, clock=clock)
    return clock


def _read() -> Any:
    # A second connection, opened and closed at once and only to read: inside a writing request it must not wait.
    with db.engine.connect() as connection:
        return connection.execute(DemoState.__table__.select()).first()


def forget() -> None:
    """Read the row again at the next question."""
    _kept["until"] = 0.0


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def state() -> DemoState | None:
    """The row of a demonstration's database."""
    return db.session.get(DemoState, 1)


def banner() -> dict[str, str] | None:
    """What the strip on every page of a demonstration says."""
    if not current_app.config["LIQAA"].demo:
        return None
    minute = current_clock().now().replace(second=0, microsecond=0)  # Which the formats keep ready.
    now = format_datetime(minute, zone=ZONE)
    return {"banner": t("site.demo_banner"), "moment": t("portal.demo.now", now=now)}
