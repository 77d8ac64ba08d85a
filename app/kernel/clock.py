"""One clock: aware UTC moments, wall times with their zone, and the pinned tz data behind both.

Morocco is on UTC+0 for good since 2026-09-20 (tzdata 2026c). The system's own files may be older and `zoneinfo`
prefers them, so the search path is emptied and only the pinned `tzdata` package speaks.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=[])
ZoneInfo.clear_cache()


class ClockError(Exception):
    """The tz data of this process would tell a wrong hour; its text is for the administrator."""


def check_zones() -> None:
    """Refuse to go on with tz data that does not know Morocco's hour since September 2026."""
    offset = datetime(2026, 10, 1, 12, tzinfo=ZoneInfo("Africa/Casablanca")).utcoffset()
    if offset != timedelta(0):
        raise ClockError("The package tzdata is too old for the hour of Morocco: install tzdata 2026.3 or newer.")


class Clock:
    """The time of the domain; a demonstration or a test may stand elsewhere than the real clock."""

    def now(self) -> datetime:
        """The domain's moment, aware, in UTC."""
        return self.real_now()

    def real_now(self) -> datetime:
        """The real moment, for sessions, tokens and jobs, which no demonstration may shift."""
        return datetime.now(UTC)

    def today(self, zone: str) -> date:
        """The date on the wall in `zone`."""
        return self.now().astimezone(ZoneInfo(zone)).date()


@dataclass
class FixedClock(Clock):
    """A clock that stands where it is put."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class ShiftedClock(Clock):
    """A clock that showed `start` (domain) at the real moment `since` and has run from there."""

    start: datetime
    since: datetime

    def now(self) -> datetime:
        return self.start + (self.real_now() - self.since)


_provider: Callable[[], Clock] = Clock


def provide(provider: Callable[[], Clock]) -> None:
    """Say where the process takes its clock from (the demonstration shifts it)."""
    global _provider
    _provider = provider


def current_clock() -> Clock:
    """The clock of this process, as views and commands hand it to actions."""
    return _provider()


def to_utc(wall: datetime, zone: str) -> datetime:
    """The moment of a wall time; of an hour that exists twice, the first (PEP 495 fold 0)."""
    if wall.tzinfo is not None:
        raise ValueError("a wall time carries no zone of its own")
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def to_wall(moment: datetime, zone: str) -> datetime:
    """What a clock on the wall in `zone` shows at `moment`, naive."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def exists(wall: datetime, zone: str) -> bool:
    """Whether the wall time occurs at all (it does not when the hour jumps forward)."""
    return to_wall(to_utc(wall, zone), zone) == wall


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC with `Z`, to the microsecond when there is one."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
