"""Tasks under a commitment, and what people remark on it. The public sees a task once the unit published it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.followup import states
from app.followup.actions.common import locked, meeting_of, needed, record, step
from app.followup.models import Commitment, Milestone, Remark, Task
from app.followup.states import BODY, Response, TaskState, Work
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal


@dataclass(frozen=True)
class Plan:
    """A task as it is planned: what, who, by when, and its dated steps."""

    title_ar: str
    owner: str
    due_on: date | None
    title_fr: str = ""
    phase: str = ""
    milestones: Sequence[tuple[str, date | None]] = field(default_factory=tuple)


def plan(commitment: Commitment, *, task: Plan, actor: Actor, clock: Clock) -> Task:
    """A task with an owner and a date is added; the first one brings the work to `planned`.

    Refuses with `plan_needs`, `answer_first`, `commitment_move` (nothing is planned on what has ended).
    """
    require(actor, "followup.work", commitment)
    locked(commitment)
    if Response(commitment.response) not in states.ACCEPTING:
        raise Refusal("answer_first")
    if commitment.state in states.ENDED:
        raise Refusal("commitment_move", state=states.said(commitment.state))
    title = (task.title_ar or task.title_fr).strip()
    if not title or not task.owner.strip() or task.due_on is None:
        missing = "title" if not title else "owner" if not task.owner.strip() else "due_on"
        raise Refusal("plan_needs", field=missing)
    row = Task(
        title_ar=title[:300], title_fr=task.title_fr.strip()[:300], owner=task.owner.strip()[:160], due_on=task.due_on,
        phase=task.phase.strip()[:120], position=len(commitment.tasks) + 1,
    )  # fmt: skip
    row.milestones = [
        Milestone(title=words.strip()[:300], due_on=day, position=number)
        for number, (words, day) in enumerate(task.milestones, 1)
        if words.strip()
    ]
    commitment.tasks.append(row)
    if commitment.state in (Work.NOT_STARTED, Work.REOPENED):
        step(commitment, Work.PLANNED, by=BODY, clock=clock, given=["task"])
    db.session.flush()
    record(
        "planned", commitment, actor=actor, clock=clock, fields=["tasks"], task=title, owner=row.owner,
        due=task.due_on.isoformat(),
    )  # fmt: skip
    return row


def set_task_state(task: Task, *, state: str, actor: Actor, clock: Clock) -> Task:
    """How far the task is; a task done carries the day."""
    require(actor, "followup.work", task)
    if state not in set(TaskState):
        raise Refusal("choice", field="state")
    today = clock.today(meeting_of(task.commitment).zone)
    task.state = state
    task.done_on = today if state == TaskState.DONE else None
    record(
        "task_changed", task.commitment, actor=actor, clock=clock, public=task.published_at is not None,
        fields=["tasks"], task=task.title_ar, state=state,
    )  # fmt: skip
    return task


def set_milestone(task: Task, *, milestone_id: str, done: bool, actor: Actor, clock: Clock) -> Task:
    """A dated step of the task was reached, or not after all."""
    require(actor, "followup.work", task)
    found = next((one for one in task.milestones if one.id == milestone_id), None)
    if found is None:
        raise Refusal("not_found", status=404)
    found.done_on = clock.today(meeting_of(task.commitment).zone) if done else None
    record(
        "task_changed", task.commitment, actor=actor, clock=clock, public=task.published_at is not None,
        fields=["tasks"], task=found.title, state=TaskState.DONE if done else TaskState.OPEN,
    )  # fmt: skip
    return task


def publish_task(task: Task, *, actor: Actor, clock: Clock, public: bool = True) -> Task:
    """The public tracker shows the task from now on, or no longer; twice the same changes nothing."""
    require(actor, "followup.decide", task)
    if (task.published_at is not None) == public:
        return task
    task.published_at = clock.now() if public else None
    record(
        "task_published" if public else "task_withdrawn", task.commitment, actor=actor, clock=clock, fields=["tasks"],
        task=task.title_ar,
    )  # fmt: skip
    return task


def remark(commitment: Commitment, *, text: str, actor: Actor, clock: Clock) -> Remark:
    """A comment or question of an elected official, the body or the unit; not shown to the public."""
    require(actor, "followup.remark", commitment)
    row = Remark(
        commitment_id=commitment.id, text=needed(text, "remark_missing", "text"), author=actor.label[:160],
        author_id=actor.id, at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    record("remarked", commitment, actor=actor, clock=clock, public=False, text=row.text)
    return row
