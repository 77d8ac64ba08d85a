"""The demonstration is replayed: the product's own actions, with the clock of each historical hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.jobs.mail import already_sent
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock, current_clock, to_utc
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings import exchange
from app.meetings.models import Meeting
from app.portal.demonstration import snapshots, state, story
from app.portal.demonstration.chapters import CHAPTERS
from app.portal.models import DemoState
from app.territory.actions import load_morocco
from app.territory.models import Body

FILE = "agadir-2022.json"
COMMUNE = "09.001.01.01"


def is_own() -> bool:
    """Whether this database was made by the demonstration (or is still empty of meetings)."""
    if db.session.get(DemoState, 1) is not None:
        return True
    return db.session.execute(db.metadata.tables["meeting"].select().limit(1)).first() is None


def has_moment() -> bool:
    """Whether the demonstration is loaded."""
    return db.session.get(DemoState, 1) is not None


def set_moment(name: str) -> None:
    """Empty the demonstration's meetings and bring them to the moment, in the present transaction.

    The moment is copied from its snapshot where there is one, else replayed; a replay leaves snapshots of the moments
    it passes. Refuses with `not_a_demonstration` when the database holds meetings that the demonstration did not make.
    """
    if not is_own():
        raise Refusal("not_a_demonstration")
    moment = state.MOMENTS[name]
    if not _has_bodies():
        load_morocco(actor=SYSTEM, clock=current_clock())
    snapshots.empty()
    if snapshots.bring_back(name):
        meeting = db.session.query(Meeting).filter_by(slug=exchange.parse(_file())["meeting"]["slug"]).one()
        story.cast(meeting, _commune().id)
    else:
        with already_sent():
            _play(moment)
        snapshots.keep(name)
    row = db.session.get(DemoState, 1)
    if row is None:
        row = DemoState(id=1)
        db.session.add(row)
    row.moment, row.shows, row.since = name, moment.instant(), current_clock().real_now()
    # The meeting's own journal goes back with it and will use the same numbers again: this one moves every ETag on.
    journal.record("demonstration.moment_set", ("demo_state", "1"), actor=SYSTEM, clock=current_clock(),
                   values={"moment": name}, public=True)  # fmt: skip
    db.session.flush()
    state.forget()


def _has_bodies() -> bool:
    """Whether the territory has every commune of the demonstration's file."""
    members = exchange.parse(_file())["programme"]["members"]
    wanted = {member["body"] for member in members}
    return db.session.query(Body.id).filter(Body.code.in_(wanted)).count() == len(wanted)


def _file() -> bytes:
    return (story.FOLDER / FILE).read_bytes()


def _commune() -> Body:
    return db.session.query(Body).filter_by(code=COMMUNE).one()


def _play(moment: state.Moment) -> None:
    data = exchange.parse(_file())
    began = FixedClock(to_utc(moment.wall.replace(month=2, day=14, year=2022, hour=10), state.ZONE))
    meeting = exchange.load(data, actor=SYSTEM, clock=began)
    told = story.Story(meeting, moment.wall, marks=_passed(moment))
    told.actors = story.cast(meeting, _commune().id)
    try:
        for chapter in CHAPTERS:
            chapter(told)
    except story.Reached:
        # The moment asked for has come; the rest of the story lies in its future.
        return


def _passed(moment: state.Moment) -> list[tuple[datetime, Callable[[], None]]]:
    """The moments that the story passes on its way, with what keeps each."""
    earlier = [one for one in state.MOMENTS.values() if one.wall < moment.wall]
    return [(one.wall, partial(snapshots.keep, one.name)) for one in sorted(earlier, key=lambda one: one.wall)]
