"""What the plenary does: order the reading, show, read, amend, decide, undo.

Every action moves `Stage.rev` when the wall changes, and records one entry of the meeting's journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, insert, update

from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import Clock, to_wall
from app.kernel.database import db
from app.kernel.errors import NotFound, Refusal
from app.kernel.text import clean_multiline
from app.meetings.models import Meeting
from app.plenary import queries
from app.plenary.models import Decision, QueueItem, Stage
from app.plenary.rules import may_decide
from app.plenary.states import ADOPTING, QUEUED, Mode, Outcome, may_become
from app.recommendations.actions import texts
from app.recommendations.models import Recommendation
from app.recommendations.queries import author_of


@dataclass(frozen=True)
class Vote:
    """A show of hands; `present` is how many were in the hall, when known."""

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    present: int | None = None


@dataclass(frozen=True)
class Choice:
    """What the chair announced: the outcome, how, and what goes with it."""

    outcome: Outcome
    mode: Mode = Mode.CONSENSUS
    vote: Vote | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def open_stage(*, meeting: Meeting) -> Stage:
    """The stage of a meeting, made at its first use."""
    stage = queries.stage_of(meeting.id)
    if stage is None:
        stage = Stage(meeting_id=meeting.id, amendment={}, rev=0, last_number=0, link_version=1, blank=False)
        db.session.add(stage)
        db.session.flush()
    return stage


def fill_queue(*, meeting: Meeting, actor: Actor, clock: Clock) -> int:
    """Put every retained recommendation at the end of the queue, in the order of tracks; gives how many came in."""
    open_stage(meeting=meeting)
    incoming = queries.waiting_outside(meeting.id)
    _set_order(meeting, [one.id for one in queries.queue(meeting.id)] + [one.id for one in incoming])
    if incoming:
        ids = [one.id for one in incoming]
        journal.record("plenary.queued", ("recommendation", ids[0]), actor=actor, clock=clock, meeting=meeting, ids=ids)
    return len(incoming)


def arrange(*, meeting: Meeting, order: Sequence[str], actor: Actor, clock: Clock) -> None:
    """Set the order of reading; ids that are not in the queue are refused (`not_found`)."""
    known = [one.id for one in queries.queue(meeting.id)]
    if sorted(order) != sorted(known):
        raise NotFound
    _set_order(meeting, order)
    journal.record("plenary.arranged", meeting, actor=actor, clock=clock, meeting=meeting)


def _set_order(meeting: Meeting, order: Sequence[str]) -> None:
    db.session.execute(delete(QueueItem).where(QueueItem.meeting_id == meeting.id))
    rows = [
        {"recommendation_id": one, "meeting_id": meeting.id, "position": position}
        for position, one in enumerate(order, 1)
    ]
    if rows:
        db.session.execute(insert(QueueItem), rows)


def show(*, meeting: Meeting, recommendation: Recommendation, actor: Actor, clock: Clock) -> None:
    """Put a recommendation on the wall; its first showing is its reading, and the time is stamped."""
    _check_phase(meeting)
    stage = open_stage(meeting=meeting)
    stage.recommendation_id, stage.amendment, stage.blank = recommendation.id, {}, False
    stage.rev += 1
    if recommendation.state == "retained":
        recommendation.state = "read"
        recommendation.read_at = clock.now()
        journal.record("recommendation.read", recommendation, actor=actor, clock=clock, meeting=meeting)
    else:
        journal.record("plenary.shown", recommendation, actor=actor, clock=clock, meeting=meeting)


def amend(*, meeting: Meeting, wording: Mapping[str, str], actor: Actor, clock: Clock) -> None:
    """Show the wording under discussion on the wall: struck words and added ones; an empty text takes it off."""
    stage = open_stage(meeting=meeting)
    recommendation = db.session.get(Recommendation, stage.recommendation_id or "")
    if recommendation is None:
        raise Refusal("nothing_shown")
    given = {lang: clean_multiline(text) for lang, text in wording.items()}
    stage.amendment = {
        lang: text for lang, text in given.items() if text and text != recommendation.text(f"body.{lang}")
    }
    stage.rev += 1
    fields = [f"body.{lang}" for lang in stage.amendment]
    journal.record(
        "plenary.amended", recommendation, actor=actor, clock=clock, meeting=meeting, fields=fields,
        values=dict(stage.amendment),
    )  # fmt: skip


def decide(*, meeting: Meeting, recommendation: Recommendation, choice: Choice, actor: Actor, clock: Clock) -> Decision:
    """Record what the plenary decided; on adoption the definitive number is given.

    Refuses with `phase`, `move` when the text is not being read, `amended_text`, `reason_missing`, `votes`.
    A number once given to a recommendation is kept for it alone: adopted again after an undo, it has the same.
    """
    _check_phase(meeting)
    if recommendation.state == "retained":
        show(meeting=meeting, recommendation=recommendation, actor=actor, clock=clock)
    if not may_become(recommendation.state, choice.outcome):
        raise Refusal("move")
    stage = open_stage(meeting=meeting)
    wording = _checked(choice, recommendation, stage)
    before = _bodies(recommendation)
    if choice.outcome is Outcome.AMENDED:
        _write_texts(meeting, recommendation, wording, actor, clock)
    number = _number(recommendation, stage) if choice.outcome in ADOPTING else None
    vote = choice.vote if choice.mode is Mode.HANDS else None
    sitting = queries.plenary_sitting(meeting, to_wall(clock.now(), meeting.zone))
    decision = Decision(
        meeting_id=meeting.id, recommendation_id=recommendation.id, sitting_id=sitting.id if sitting else None,
        outcome=choice.outcome, mode=choice.mode, votes_for=vote.votes_for if vote else None,
        votes_against=vote.votes_against if vote else None, abstentions=vote.abstentions if vote else None,
        texts_before=before, texts_after=_bodies(recommendation), reason=clean_multiline(choice.reason), number=number,
        read_by=actor.label, read_at=recommendation.read_at, decided_at=clock.now(), decided_by=actor.id,
    )  # fmt: skip
    db.session.add(decision)
    recommendation.state, recommendation.number = str(choice.outcome), number
    recommendation.decided_at = recommendation.changed_at = clock.now()
    stage.rev += 1
    values = {"outcome": str(choice.outcome), "mode": str(choice.mode), "number": number, "reason": decision.reason}
    kind = f"recommendation.{choice.outcome}"
    journal.record(kind, recommendation, actor=actor, clock=clock, meeting=meeting, values=values)
    return decision


def undo(*, meeting: Meeting, decision: Decision, actor: Actor, clock: Clock) -> None:
    """Take a decision back: the text is being read again, with its wording before; its number waits for it."""
    recommendation = db.session.get(Recommendation, decision.recommendation_id)
    if recommendation is None or decision.undone_at is not None:
        raise NotFound
    if recommendation.published_at is not None:
        raise Refusal("frozen")
    decision.undone_at = clock.now()
    before = {lang: text for lang, text in decision.texts_before.items() if decision.texts_after.get(lang) != text}
    _write_texts(meeting, recommendation, before, actor, clock)
    recommendation.state, recommendation.number, recommendation.decided_at = "read", None, None
    stage = open_stage(meeting=meeting)
    stage.recommendation_id, stage.rev = recommendation.id, stage.rev + 1
    stage.amendment = {lang: decision.texts_after[lang] for lang in before}
    values = {"outcome": decision.outcome, "number": decision.number}
    journal.record(
        "recommendation.decision_undone", recommendation, actor=actor, clock=clock, meeting=meeting, values=values
    )  # fmt: skip


def blank(*, meeting: Meeting, on: bool, actor: Actor, clock: Clock) -> None:
    """Empty the wall, or fill it again."""
    stage = open_stage(meeting=meeting)
    stage.blank, stage.rev = on, stage.rev + 1
    journal.record("plenary.blank", meeting, actor=actor, clock=clock, meeting=meeting, values={"on": on})


def set_timer(*, meeting: Meeting, minutes: int, actor: Actor, clock: Clock) -> None:
    """Start a timer of so many minutes on the wall; 0 takes it off."""
    stage = open_stage(meeting=meeting)
    stage.timer_ends = clock.now() + timedelta(minutes=minutes) if minutes else None
    stage.rev += 1
    values = {"minutes": minutes}
    journal.record("plenary.timer", meeting, actor=actor, clock=clock, meeting=meeting, values=values)


def renew_wall_link(*, meeting: Meeting, actor: Actor, clock: Clock) -> None:
    """Give the wall a new address; screens with the old one show nothing more."""
    stage = open_stage(meeting=meeting)
    stage.link_version += 1
    journal.record("plenary.link_renewed", meeting, actor=actor, clock=clock, meeting=meeting)


def _check_phase(meeting: Meeting) -> None:
    if not may_decide(meeting.phase):
        raise Refusal("plenary_phase")


def _checked(choice: Choice, recommendation: Recommendation, stage: Stage) -> dict[str, str]:
    """What goes with the outcome; gives the amended texts by language."""
    if recommendation.state not in QUEUED:
        raise Refusal("move")
    given = {lang: clean_multiline(text) for lang, text in (choice.texts or stage.amendment).items()}
    changed = {lang: text for lang, text in given.items() if text and text != recommendation.text(f"body.{lang}")}
    if choice.outcome is Outcome.AMENDED and not changed:
        raise Refusal("amended_text", field="text_ar")
    if choice.outcome in {Outcome.DEFERRED, Outcome.NOT_ADOPTED} and not choice.reason.strip():
        raise Refusal("reason_missing", field="reason")
    if choice.mode is Mode.HANDS:
        vote = choice.vote or Vote()
        total = vote.votes_for + vote.votes_against + vote.abstentions
        if total == 0:
            raise Refusal("votes_missing", field="votes_for")
        if vote.present is not None and total > vote.present:
            raise Refusal("votes", field="votes_for", sum=total, present=vote.present)
    return changed


def _bodies(recommendation: Recommendation) -> dict[str, str]:
    return {row.field.removeprefix("body."): row.text for row in recommendation.texts if row.field.startswith("body.")}


def _write_texts(
    meeting: Meeting, recommendation: Recommendation, wording: Mapping[str, str], actor: Actor, clock: Clock
) -> None:
    """The plenary's wording becomes the text in place; the one before stays among the revisions."""
    for lang, text in wording.items():
        texts.write(
            recommendation=recommendation, meeting=meeting, field=f"body.{lang}", text=text, author=author_of(actor),
            clock=clock,
        )  # fmt: skip
    recommendation.rev += 1


def _number(recommendation: Recommendation, stage: Stage) -> int:
    """The meeting's next definitive number, taken with one UPDATE alike on both engines."""
    if kept := queries.number_given_before(recommendation.id):
        return kept
    db.session.flush()
    taken = db.session.execute(
        update(Stage)
        .where(Stage.meeting_id == stage.meeting_id)
        .values(last_number=Stage.last_number + 1)
        .returning(Stage.last_number)
    ).scalar_one()
    db.session.refresh(stage, ["last_number"])
    return int(taken)
