"""The stage of a replay: its people, its clock at each hour, and the moment where it stops."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from random import Random

from app.accounts import queries as accounts
from app.accounts.identity import actor_of
from app.accounts.models import Account, RoleGrant
from app.kernel.access import Actor
from app.kernel.clock import FixedClock, current_clock, to_utc
from app.kernel.database import db
from app.meetings.models import Meeting, Workshop
from app.portal.demonstration.state import ZONE

FOLDER = Path(__file__).parent
# persona: Arabic name, form of address, role, kind of scope
PERSONAS = {
    "organiser": ("نادية المنصوري", "f", "organiser", "meeting"),
    "desk": ("حسن أوشن", "m", "desk", "meeting"),
    "rapporteur": ("رشيد لصاف", "m", "rapporteur", "workshop"),
    "coordinator": ("نعيمة أوبلا", "f", "coordinator", "workshop"),
    "secretary": ("خديجة بوعزة", "f", "secretary", "meeting"),
    "officer": ("سعيد الطاهري", "m", "officer", "body"),
    "official": ("فاطمة الزهراء العلوي", "f", "official", "body"),
    "unit": ("يوسف المرابط", "m", "programme_unit", "programme"),
    "admin": ("كريم التازي", "m", "administrator", "installation"),
}


class Reached(Exception):
    """The replay has come to the moment it was asked for; what would come later has not happened."""


@dataclass
class Story:
    """What every chapter plays on; `until` is the wall time of the moment asked for.

    `marks` are wall times on the way, each with what is done when the story has come to it.
    """

    meeting: Meeting
    until: datetime
    marks: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(20220325))  # noqa: S311  # The same people every time.
    actors: dict[str, Actor] = field(default_factory=dict)
    idents: dict[str, str] = field(default_factory=dict)

    def at(self, wall: datetime) -> FixedClock:
        """The clock of an hour of the story; raises `Reached` when that hour has not come yet."""
        while self.marks and wall > self.marks[0][0]:
            self.marks.pop(0)[1]()
        if wall > self.until:
            raise Reached
        return FixedClock(to_utc(wall, ZONE))

    def run(self, acts: Iterable[tuple[datetime, Callable[..., object]]]) -> None:
        """Do the acts in the order of their hours, each with its own clock, until the moment is reached."""
        for wall, act in sorted(acts, key=itemgetter(0)):
            act(clock=self.at(wall))

    def workshops(self) -> list[Workshop]:
        """The workshops of the meeting in their order."""
        rows = db.session.query(Workshop).filter(Workshop.meeting_id == self.meeting.id)
        return rows.order_by(Workshop.position).all()


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the demonstration's own tables."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cast(meeting: Meeting, commune_id: str) -> dict[str, Actor]:
    """The accounts of the demonstration's people, with their roles in this meeting."""
    workshop = db.session.query(Workshop).filter_by(meeting_id=meeting.id, position=1).one()
    places = {
        "meeting": meeting.id, "workshop": workshop.id, "body": commune_id, "programme": meeting.programme_id,
        "installation": None,
    }  # fmt: skip
    actors = {}
    for persona, (name, form, role, scope) in PERSONAS.items():
        account = accounts.find_persona(persona) or _new(persona, name, form)
        account.grants.clear()
        db.session.flush()
        account.grants.append(RoleGrant(role=role, scope=scope, scope_id=places[scope]))
        db.session.flush()
        actors[persona] = actor_of(account)
    return actors


def _new(persona: str, name: str, form: str) -> Account:
    account = Account(
        email=f"{persona}@demo.liqaa.example", name=name, address_form=form, persona=persona,
        created_at=current_clock().real_now(),
    )  # fmt: skip
    db.session.add(account)
    db.session.flush()
    return account
