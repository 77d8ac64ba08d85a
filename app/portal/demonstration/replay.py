"""The demonstration is replayed: the product's own actions, with the clock of each historical hour."""

from __future__ import annotations

from sqlalchemy import delete, inspect

from app.jobs.mail import already_sent
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock, current_clock, to_utc
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings import exchange
from app.portal.demonstration import state, story
from app.portal.demonstration.chapters import CHAPTERS
from app.portal.models import DemoState
from app.territory.actions import load_morocco
from app.territory.models import Body

FILE = "agadir-2022.json"
COMMUNE = "09.001.01.01"
# What a change of moment leaves alone: people who sign in, bodies, jobs under way, and the mark of the demonstration.
KEPT = {
    "body", "body_alias", "day_off", "account", "role_grant", "sign_in_session", "mail_link", "attempt", "demo_state",
    "job", "stream", "journal_entry", "journal_value", "journal_touched", "stored_file",
}  # fmt: skip


def is_own() -> bool:
    """Whether this database was made by the demonstration (or is still empty of meetings)."""
    if db.session.get(DemoState, 1) is not None:
        return True
    return db.session.execute(db.metadata.tables["meeting"].select().limit(1)).first() is None


def has_moment() -> bool:
    """Whether the demonstration is loaded."""
    return db.session.get(DemoState, 1) is not None


def set_moment(name: str) -> None:
    """Empty the demonstration's meetings and replay them up to the moment, in the present transaction.

    Refuses with `not_a_demonstration` when the database holds meetings that the demonstration did not make.
    """
    if not is_own():
        raise Refusal("not_a_demonstration")
    moment = state.MOMENTS[name]
    if not _has_bodies():
        load_morocco(actor=SYSTEM, clock=current_clock())
    _empty()
    with already_sent():
        _play(moment)
    row = db.session.get(DemoState, 1)
    if row is None:
        row = DemoState(id=1)
        db.session.add(row)
    row.moment, row.shows, row.since = name, moment.instant(), current_clock().real_now()
    db.session.flush()
    state.forget()


def _has_bodies() -> bool:
    """Whether the territory has every commune of the demonstration's file."""
    members = exchange.parse((story.FOLDER / FILE).read_bytes())["programme"]["members"]
    wanted = {member["body"] for member in members}
    return db.session.query(Body.id).filter(Body.code.in_(wanted)).count() == len(wanted)


def _play(moment: state.Moment) -> None:
    data = exchange.parse((story.FOLDER / FILE).read_bytes())
    began = FixedClock(to_utc(moment.wall.replace(month=2, day=14, year=2022, hour=10), state.ZONE))
    meeting = exchange.load(data, actor=SYSTEM, clock=began)
    commune = db.session.query(Body).filter_by(code=COMMUNE).one()
    told = story.Story(meeting, moment.wall)
    told.actors = story.cast(meeting, commune.id)
    try:
        for chapter in CHAPTERS:
            chapter(told)
    except story.Reached:
        # The moment asked for has come; the rest of the story lies in its future.
        return


def _empty() -> None:
    """Remove the meetings of the demonstration with everything under them, and their streams of the journal."""
    there = set(inspect(db.session.connection()).get_table_names())
    for table in reversed(db.metadata.sorted_tables):
        if table.name in there and table.name not in KEPT:
            db.session.execute(delete(table))
    for model in (journal.Value, journal.Touched, journal.Entry):
        db.session.execute(delete(model).where(model.stream_id.like("meeting:%")))
    db.session.execute(delete(journal.Stream).where(journal.Stream.id.like("meeting:%")))
    db.session.expire_all()
