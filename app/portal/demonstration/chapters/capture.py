"""In the three workshops: recommendations are typed, reviewed, merged and handed to the plenary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from app.kernel.access import Actor, Grant
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.meetings.models import Workshop
from app.portal.demonstration.story import Story, read
from app.recommendations.actions.handover import hand_over
from app.recommendations.actions.operations import Incoming, receive, settle
from app.recommendations.actions.review import set_state, set_translation
from app.recommendations.models import Recommendation

FIRST_SITTING, SECOND_SITTING = datetime(2022, 3, 25, 15, 0), datetime(2022, 3, 26, 9, 15)
REVIEW = datetime(2022, 3, 25, 17, 20)
LAST_REVIEW = datetime(2022, 3, 26, 10, 40)
HAND_OVER = datetime(2022, 3, 26, 11, 5)
# What was typed on the first day of each workshop's sixteen; the rest came on the second morning.
FIRST_DAY = 12
ADDRESSEES = {
    "DGCT": "dgct",
    "Communes cibles": "target_communes",
    "Ministère de l'Économie et des Finances": "finance",
    "Région Souss-Massa": "09",
    "Walis et gouverneurs": "interior",
    "Établissements de coopération intercommunale (ECI)": "target_communes dgct:support",
}
# The strategic axis each track's recommendations serve, in turn.
AXES = {"1": ("4", "2", "1", "3", "2"), "2": ("2", "1", "5", "2", "4"), "3": ("4", "3", "4", "2", "4")}
Acts = list[tuple[datetime, Callable[..., object]]]


def first_day(story: Story) -> None:
    """The first sitting, and the rapporteurs' meeting after it."""
    story.run(_typed(story, FIRST_SITTING, timedelta(minutes=10), slice(0, FIRST_DAY)))
    story.run(_reviewed(story, REVIEW))


def second_day(story: Story) -> None:
    """The second sitting: the last texts, the duplicates merged, the lists handed over."""
    story.run(_typed(story, SECOND_SITTING, timedelta(minutes=15), slice(FIRST_DAY, None)))
    story.run(_merged(story, LAST_REVIEW - timedelta(minutes=5)))
    story.run(_reviewed(story, LAST_REVIEW))
    for workshop in story.workshops():
        hand_over(
            workshop=workshop, meeting=story.meeting, actor=story.actors["organiser"], clock=story.at(HAND_OVER)
        )  # fmt: skip


def _rapporteur(story: Story, workshop: Workshop) -> Actor:
    """The rapporteur of a workshop: the demonstration's own for the first, those of the file for the others."""
    if workshop.position == 1:
        return story.actors["rapporteur"]
    name = next(one.name_ar for one in workshop.officers if one.role == "rapporteur")
    return Actor("account", None, name, frozenset({Grant("rapporteur", "workshop", workshop.id)}))


def _typed(story: Story, first: datetime, step: timedelta, part: slice) -> Acts:
    acts: Acts = []
    for workshop in story.workshops():
        rows = [row for row in read("recommendations.csv") if int(row["track"]) == workshop.position]
        for number, row in list(enumerate(rows))[part]:
            wall = first + step * (number % FIRST_DAY) + timedelta(seconds=20 * workshop.position)
            acts.append((wall, partial(_type, story, workshop, row, number)))
    return acts


def _type(story: Story, workshop: Workshop, row: dict[str, str], number: int, *, clock: Clock) -> None:
    other = "fr" if row["lang"] == "ar" else "ar"
    fields = {
        "authentic": row["lang"], f"body.{row['lang']}": row[f"text_{row['lang']}"],
        f"body.{other}": row[f"text_{other}"], "axis": AXES[row["track"]][number % 5], "horizon": row["due"],
        "priority": row["priority"],
        "addressees": ADDRESSEES[row["addressee_fr"]], "indicator": row["indicator_ar"],
        "out_of_scope": "1" if "périmètre" in row["note"] else "",
    }  # fmt: skip
    ident = story.idents.setdefault(row["code"], new_id())
    incoming = Incoming(op_id=new_id(), kind="create", recommendation=ident, fields=fields, device_id="demo")
    outcome = receive(
        workshop=workshop, meeting=story.meeting, incoming=incoming, actor=_rapporteur(story, workshop), clock=clock
    )  # fmt: skip
    settle([outcome], story.meeting)
    if outcome.status != 200:
        raise ValueError(f"{row['code']}: {outcome.answer}")


def _merged(story: Story, wall: datetime) -> Acts:
    acts: Acts = []
    for number, row in enumerate(row for row in read("recommendations.csv") if row["duplicate_of"]):
        acts.append((wall + timedelta(minutes=number), partial(_merge, story, row)))
    return acts


def _merge(story: Story, row: dict[str, str], *, clock: Clock) -> None:
    source = db.session.get_one(Recommendation, story.idents[row["code"]])
    data = {"into": story.idents[row["duplicate_of"]], "kept": "بقي نص التوصية الأولى، وهو الأدق."}
    incoming = Incoming(op_id=new_id(), kind="merge", recommendation=source.id, data=data, device_id="demo")
    outcome = receive(
        workshop=source.workshop, meeting=story.meeting, incoming=incoming, actor=story.actors["organiser"], clock=clock
    )  # fmt: skip
    settle([outcome], story.meeting)
    if outcome.status != 200:
        raise ValueError(f"{row['code']}: {outcome.answer}")


def _reviewed(story: Story, wall: datetime) -> Acts:
    """The drafts of the moment are proposed and retained, but for the latest of each workshop on the first day."""
    drafts = (
        db.session.query(Recommendation)
        .filter_by(meeting_id=story.meeting.id, state="draft")
        .order_by(Recommendation.created_at, Recommendation.id)
        .all()
    )
    chosen = drafts if wall == LAST_REVIEW else drafts[: len(drafts) * 3 // 4]
    return [
        (wall + timedelta(seconds=30 * number), partial(_retain, story, one)) for number, one in enumerate(chosen)
    ]  # fmt: skip


def _retain(story: Story, one: Recommendation, *, clock: Clock) -> None:
    rapporteur = _rapporteur(story, one.workshop)
    reviewer = story.actors["coordinator" if one.workshop.position == 1 else "organiser"]
    set_state(recommendation=one, meeting=story.meeting, after="proposed", actor=rapporteur, clock=clock)
    set_state(recommendation=one, meeting=story.meeting, after="retained", actor=reviewer, clock=clock)
    other = "fr" if one.authentic == "ar" else "ar"
    set_translation(
        recommendation=one, meeting=story.meeting, field=f"body.{other}", translation="reviewed", actor=reviewer,
        clock=clock,
    )  # fmt: skip
