"""Calculations: asked for, looked at before they are accepted, and the assignment told to the people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.meetings.queries import workshops as all_workshops
from app.workshops.actions import publishing
from app.workshops.actions import runs as actions
from app.workshops.queries import reasons, runs
from app.workshops.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.workshops.loaders import AssignmentRun


def _to_board(meeting: Meeting) -> AnyResponse:
    return redirect(url_for("workshops.board", slug=meeting.slug), 303)


@pages.post("/meetings/<slug>/manage/workshops/solve")
@access("workshops.assign", writes=True)
@idempotent
def solve(meeting: Meeting) -> AnyResponse:
    """Have a plan worked out; nobody moves by it."""
    run = actions.ask(meeting=meeting, actor=current_actor(), clock=current_clock())
    return redirect(url_for("workshops.run", slug=meeting.slug, run_id=run.id), 303)


@pages.get("/meetings/<slug>/manage/workshops/runs/<run_id>")
@access("workshops.view")
def run(meeting: Meeting, run: AssignmentRun) -> str:
    """What the calculation would change, before it is accepted."""
    changes = runs.changes(meeting, run) if run.state == "done" else []
    return render_template(
        "workshops/run.html", meeting=meeting, section="workshops", run=run, changes=changes,
        moved=len({change.participant.id for change in changes}), progress=runs.progress(run),
        conflicts=[reasons.rule_words(one["rules"]) for one in run.answer.get("conflicts", [])],
        numbers={row.id: row.position for row in all_workshops(meeting)},
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/workshops/runs/<run_id>/take")
@access("workshops.assign", writes=True)
def take_run(meeting: Meeting, run: AssignmentRun) -> AnyResponse:
    """Accept the plan as it was shown."""
    moved = actions.take_over(meeting=meeting, run=run, actor=current_actor(), clock=current_clock())
    flash(t.plain("workshops.taken", count=moved))
    return _to_board(meeting)


@pages.post("/meetings/<slug>/manage/workshops/runs/<run_id>/drop")
@access("workshops.assign", writes=True)
def drop_run(meeting: Meeting, run: AssignmentRun) -> AnyResponse:
    """Leave everybody where they are."""
    actions.drop(meeting=meeting, run=run, actor=current_actor(), clock=current_clock())
    return _to_board(meeting)


@pages.get("/meetings/<slug>/manage/workshops/publish")
@access("workshops.assign")
def ask_publish(meeting: Meeting) -> str:
    """The question before the mails leave: how many they are."""
    people = {seat.participant_id for seat in publishing.untold(meeting)}
    return render_template("workshops/publish.html", meeting=meeting, section="workshops", count=len(people))


@pages.post("/meetings/<slug>/manage/workshops/publish")
@access("workshops.assign", writes=True)
@idempotent
def publish(meeting: Meeting) -> AnyResponse:
    """Tell everybody whose place is new to them."""
    told = publishing.publish(meeting=meeting, actor=current_actor(), clock=current_clock())
    flash(t.plain("workshops.published", count=told))
    return _to_board(meeting)
