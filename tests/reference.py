"""The meeting of Agadir from its file in an otherwise usual database, and its pages as a reader meets them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from app.accounts.models import Account, RoleGrant
from app.kernel import clock as clocks
from app.kernel.access import SYSTEM, Actor, Grant
from app.kernel.clock import FixedClock
from app.kernel.database import db, new_id
from app.kernel.text import strip_bidi
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings import exchange
from app.meetings import queries as meetings
from app.meetings.models import Meeting
from app.participants.actions.filling import Details
from app.participants.actions.registering import add
from app.participants.names import name_of
from app.participants.queries.links import participant_token
from app.plenary.actions import Choice, decide, fill_queue, show
from app.plenary.queries import queue
from app.plenary.states import Outcome
from app.publication.actions import publish
from app.recommendations.models import Addressee, FieldText, Recommendation
from app.territory import actions as territory
from app.territory.models import Body
from app.territory.seed import read_seed
from app.workshops.actions.moves import move
from app.workshops.actions.publishing import publish as tell_places
from config import ROOT
from tests.client import Browser
from tests.world import MADE, World

SLUG = "reference"
BEFORE, PLENARY = datetime(2022, 3, 10, 12, tzinfo=UTC), datetime(2022, 3, 26, 10, 30, tzinfo=UTC)
AFTER = datetime(2022, 4, 1, 16, tzinfo=UTC)
TEXT = "إحداث خلية للتتبع داخل كل جماعة مستهدفة قبل متم سنة 2022."
SECOND = "تعميم برنامج التكوين على باقي الجماعات في أفق سنة 2024."


def read_file(name: str) -> dict[str, Any]:
    """One of the demonstration's meetings, as its file tells it."""
    path = ROOT / "app" / "portal" / "demonstration" / f"{name}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def load_file(name: str, slug: str, phase: str) -> str:
    """Load the whole territory and a meeting of the demonstration under another address; gives the meeting's id."""
    data = read_file(name)
    data["meeting"]["slug"] = data["programme"]["slug"] = slug
    data["meeting"]["phase"] = phase
    with transaction():
        territory.load_bodies(read_seed(), actor=SYSTEM, clock=FixedClock(BEFORE))
        return exchange.load(data, actor=SYSTEM, clock=FixedClock(BEFORE)).id


class Reference:
    """The pages of the meeting in Arabic, by name, as text; `html` has their source."""

    def __init__(self, app: LiqaaFlask, world: World) -> None:
        self.app = app
        self.world = World(dict(world.people), dict(world.things))
        self.html: dict[str, str] = {}
        self.ident = load_file("agadir-2022", SLUG, "closed")
        self.organiser = self._sign_up()
        self._before()
        self._plenary()
        self._after()

    def __getitem__(self, name: str) -> str:
        return as_text(self.html[name])

    @property
    def meeting(self) -> Meeting:
        return db.session.get_one(Meeting, self.ident)

    def _sign_up(self) -> Actor:
        """An organiser of this meeting."""
        with transaction():
            account = Account(email="reference@liqaa.example", name="نادية المنصوري", created_at=MADE)
            account.grants.append(RoleGrant(role="organiser", scope="meeting", scope_id=self.ident))
            db.session.add(account)
            db.session.flush()
            self.world.people["reference"] = account.id
        grants = frozenset({Grant("organiser", "meeting", self.ident)})
        return Actor("account", self.world.people["reference"], "نادية المنصوري", grants)

    def _ask(self, at: datetime, who: str | None, **paths: str) -> None:
        clocks.provide(lambda: FixedClock(at))
        browser = Browser(self.app, self.world)
        if who:
            browser.sign_in(who)
        for name, path in paths.items():
            answer = browser.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            self.html[name] = answer.get_data(as_text=True)

    def _before(self) -> None:
        """Somebody registers, wishes for a workshop, and is given it; the list says who they are."""
        clock = FixedClock(BEFORE)
        with transaction():
            workshop = meetings.workshops(self.meeting)[1]
            body = db.session.query(Body).filter_by(code="09.001.01.01").one()
            details = Details(name=name_of("فاطمة الزهراء العلوي", ""), category="elected", body=body,
                              wishes=(workshop.id,))  # fmt: skip
            person = add(meeting=self.meeting, details=details, actor=self.organiser, clock=clock).participant
            move(meeting=self.meeting, participant=person, slot="P1", workshop=workshop, actor=self.organiser,
                 clock=clock)  # fmt: skip
            tell_places(meeting=self.meeting, actor=self.organiser, clock=clock)
            token = participant_token(person)
        home = f"/ar/meetings/{SLUG}"
        self._ask(BEFORE, None, own=f"/ar/r/{token}", agenda=f"{home}/agenda", invitation_page=f"{home}/")
        self._ask(BEFORE, "reference", board=f"{home}/manage/workshops")

    def _plenary(self) -> None:
        """Two workshops' recommendations are read one after the other on the second day, and adopted."""
        clock = FixedClock(PLENARY)
        with transaction():
            self.meeting.phase = "running"
            body = db.session.query(Body).filter_by(code="09.001.01.01").one()
            for number, text in enumerate((TEXT, SECOND)):
                workshop = meetings.workshops(self.meeting)[number]
                row = Recommendation(
                    id=new_id(), meeting_id=self.ident, workshop_id=workshop.id, serial=1, position=1, state="retained",
                    created_at=clock.now(), changed_at=clock.now(), axis_id=self.meeting.programme.axes[3 + number].id,
                )  # fmt: skip
                row.texts = [FieldText(field="body.ar", text=text, rev=1)]
                row.addressees = [Addressee(body_id=body.id, role="lead", position=0)]
                db.session.add(row)
                db.session.flush()
            fill_queue(meeting=self.meeting, actor=self.organiser, clock=clock)
        home = f"/ar/meetings/{SLUG}/manage/plenary"
        self._ask(PLENARY, "reference", queue=home)
        with transaction():
            for number, row in enumerate(list(queue(self.ident))):
                at = FixedClock(PLENARY + timedelta(minutes=number))
                show(meeting=self.meeting, recommendation=row, actor=self.organiser, clock=at)
                decide(meeting=self.meeting, recommendation=row, choice=Choice(Outcome.ADOPTED), actor=self.organiser,
                       clock=at)  # fmt: skip
        self._ask(PLENARY + timedelta(minutes=5), "reference", read=home)

    def _after(self) -> None:
        """The pages of everybody, once the meeting is published."""
        with transaction():
            self.meeting.phase = "concluded"
            publish(meeting=self.meeting, actor=self.organiser, clock=FixedClock(AFTER))
        home = f"/ar/meetings/{SLUG}"
        with transaction(writes=False):
            sittings = {
                f"sitting {n}": f"{home}/agenda/{one.id}" for n, one in enumerate(meetings.sittings(self.meeting), 1)
            }
            papers = {f"document {one.kind}": f"{home}/documents/{one.id}" for one in meetings.documents(self.meeting)}
        self._ask(
            AFTER, None, page=f"{home}/", recommendations=f"{home}/recommendations", tracker=f"{home}/tracker",
            recommendation=f"{home}/recommendations/1", edition=f"{home}/editions/1", article=f"{home}/article", documents=f"{home}/documents",
            programme=f"/ar/programmes/{SLUG}/", **sittings, **papers,
        )  # fmt: skip


def as_text(html: str) -> str:
    """The text of a page in the order of its source, without marks of direction, one space between words."""
    body = re.sub(r"(?s)<(script|style|svg|template)\b.*?</\1>|<head\b.*?</head>|<!--.*?-->", " ", html)
    body = re.sub(r"</?(bdi|b|i|em|strong|span|time|a|small)\b[^>]*>", "", body)
    return " ".join(strip_bidi(unescape(re.sub(r"<[^>]+>", " ", body)))[0].split())
