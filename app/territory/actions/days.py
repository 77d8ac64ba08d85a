"""The table of days off, on which every deadline in working days rests."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.territory.holidays_of import known_days
from app.territory.models import DayOff
from app.territory.workdays import CONFIRMED, ESTIMATED

KINDS = ("fixed", "islamic", "exceptional")


def fill_days_off(first_year: int, last_year: int, *, actor: Actor, clock: Clock) -> int:
    """Add the known days off of these years and give how many were new; what is in the table already stays.

    Idempotent. Feasts of the moon come in as estimated.
    """
    require(actor, "territory.manage")
    there = set(db.session.scalars(select(DayOff.day)))
    fresh = [known for known in known_days(first_year, last_year) if known.day not in there]
    for known in {known.day: known for known in fresh}.values():
        db.session.add(
            DayOff(day=known.day, name_ar=known.name_ar, name_fr=known.name_fr, kind=known.kind, status=known.status,
                   source=known.source)
        )  # fmt: skip
    added = len({known.day for known in fresh})
    if added:
        values = {"first_year": first_year, "last_year": last_year, "days": added}
        journal.record("day_off.filled", ("day_off", "all"), actor=actor, clock=clock, values=values, public=True)
    return added


def set_day_off(
    day: date, *, name_ar: str, name_fr: str, kind: str, status: str, source: str = "", actor: Actor, clock: Clock
) -> DayOff:
    """Put a day into the table, or change it. Refuses with `choice` a kind or status that there is not."""
    require(actor, "territory.manage")
    if kind not in KINDS:
        raise Refusal("choice", field="kind")
    if status not in {CONFIRMED, ESTIMATED}:
        raise Refusal("choice", field="status")
    row = db.session.get(DayOff, day) or DayOff(day=day)
    row.name_ar, row.name_fr, row.kind, row.status, row.source = name_ar, name_fr, kind, status, source
    db.session.add(row)
    _record("day_off.set", row, actor, clock)
    return row


def confirm_day_off(row: DayOff, *, actor: Actor, clock: Clock, source: str = "") -> None:
    """Say that an estimated day has been confirmed; dates that rest on it are provisional no more. Idempotent."""
    require(actor, "territory.manage")
    if row.status == CONFIRMED:
        return
    row.status = CONFIRMED
    row.source = source or row.source
    _record("day_off.confirmed", row, actor, clock)


def remove_day_off(row: DayOff, *, actor: Actor, clock: Clock) -> None:
    """Take a day out of the table: it is a working day again."""
    require(actor, "territory.manage")
    _record("day_off.removed", row, actor, clock)
    db.session.delete(row)


def _record(kind: str, row: DayOff, actor: Actor, clock: Clock) -> None:
    values = {"day": row.day.isoformat(), "name_ar": row.name_ar, "kind": row.kind, "status": row.status}
    journal.record(kind, ("day_off", row.day.isoformat()), actor=actor, clock=clock, values=values, public=True)
