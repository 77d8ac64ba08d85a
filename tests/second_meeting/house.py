"""An installation of its own: made, filled and asked by the commands; its people come in by links from their mails."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.jobs.models import OutboxMail
from app.jobs.worker import Worker
from app.kernel import clock as clocks
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting, Workshop
from app.territory.models import Body
from config import ROOT
from tests.client import Browser
from tests.second_meeting.hands import Hands
from tests.world import World

FILES = ROOT / "app" / "portal" / "demonstration"
SLUG = "fes-2023"
ADMIN = "admin@liqaa.example"
# Who: name, role, and the kind of thing it is held in.
PEOPLE = {
    "organiser": ("أمينة القادري", "organiser", "meeting"),
    "desk": ("حسن أوشن", "desk", "meeting"),
    "secretary": ("خديجة بوعزة", "secretary", "meeting"),
    "coordinator": ("فاطمة الزهراء بنجلون", "coordinator", "workshop"),
    "rapporteur": ("رشيد العمراني", "rapporteur", "workshop"),
    "officer": ("سعيد الطاهري", "officer", "body"),
    "official": ("لطيفة السقاط", "official", "body"),
    "unit": ("يوسف المرابط", "programme_unit", "programme"),
}
COMMUNE = "03.061.01.01"  # Meknès


class House:
    """The installation while the walk goes on; `at` moves its clock.

    No context of the application is open around a request, as on a server: what a request keeps dies with it.
    """

    def __init__(self, app: LiqaaFlask, *, lint: bool) -> None:
        self.app, self.lint = app, lint
        self.world = World()
        self.meeting_id = ""
        self.people: dict[str, Hands] = {}
        self.visitor = Hands(Browser(app, self.world, lint=lint))

    def at(self, *moment: int) -> None:
        """Set the clock, in UTC; the mails of that hour go out."""
        clocks.provide(lambda: FixedClock(datetime(*moment, tzinfo=UTC)))  # type: ignore[arg-type,misc]

    def command(self, *arguments: str, **environment: str) -> str:
        """Run one of the product's commands; gives what it printed."""
        done = self.app.test_cli_runner().invoke(args=list(arguments), env=environment)
        assert done.exit_code == 0, f"{arguments}: {done.output} {done.exception!r}"
        return str(done.stdout)

    def work(self) -> None:
        """Let the jobs process do what is waiting."""
        with self.app.app_context():
            Worker().drain()

    def set_up(self) -> None:
        """Make the database, the territory, an administrator and both meetings from their files."""
        self.command("database", "create")
        self.command("territory", "load")
        self.command("accounts", "create-admin", ADMIN, ADMIN_PASSWORD="a long enough phrase of words")
        for name in ("agadir-2022", SLUG):
            self.command("meetings", "load", str(FILES / f"{name}.json"))

    def ids(self) -> dict[str, str]:
        """The ids that the roles are given in."""
        with self.app.app_context(), transaction(writes=False):
            meeting = db.session.scalars(select(Meeting).where(Meeting.slug == SLUG)).one()
            first = select(Workshop.id).where(Workshop.meeting_id == meeting.id, Workshop.position == 1)
            body = select(Body.id).where(Body.code == COMMUNE)
            return {
                "meeting": meeting.id, "programme": meeting.programme_id, "workshop": db.session.scalars(first).one(),
                "body": db.session.scalars(body).one(),
            }  # fmt: skip

    def appoint(self) -> None:
        """The administrator makes the accounts of the meeting's people and gives each a role."""
        admin = self.enter("admin", ADMIN)
        ids = self.ids()
        self.meeting_id = ids["meeting"]
        for name, (called, role, scope) in PEOPLE.items():
            made = admin.send("/ar/manage/accounts/new", "/new", name=called, email=f"{name}@fes.example")
            page = admin.on(made)
            admin.send(f"{page}?role={role}", "/roles", role=role, scope_id=ids[scope])
            self.enter(name)

    def enter(self, name: str, email: str = "") -> Hands:
        """The hands of somebody, who came in by the link of a mail once and stays signed in."""
        if name in self.people:
            return self.people[name]
        # The list of 1,600 bodies, read by the lint twice an appointment, would take seconds.
        lint = self.lint and name != "admin"
        hands = self.people[name] = Hands(Browser(self.app, self.world, lint=lint))
        email = email or f"{name}@fes.example"
        hands.send("/ar/sign-in/link", "/sign-in/link", status=200, email=email)
        link = re.search(r"http://localhost(/\S+/sign-in/link/\S+)", self.mail(email, "accounts/sign_in").text)
        assert link is not None
        hands.send(link.group(1), link.group(1))
        return hands

    def mail(self, to: str, template: str) -> OutboxMail:
        """The last mail of a kind to somebody."""
        with self.app.app_context(), transaction(writes=False):
            of = (OutboxMail.to == to) & (OutboxMail.template == template)
            found = db.session.scalars(select(OutboxMail).where(of).order_by(OutboxMail.id.desc())).first()
            assert found is not None, f"no {template} to {to}"
            db.session.expunge(found)
            return found

    def stream(self) -> str:
        """The meeting's stream of the journal."""
        return f"meeting:{self.meeting_id}"

    def phase_in_file(self, name: str) -> str:
        """The phase that a meeting's file puts it in."""
        return str(json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))["meeting"]["phase"])

    def count(self, model: Any) -> int:
        """How many rows there are."""
        with self.app.app_context(), transaction(writes=False):
            return int(db.session.query(model).count())
