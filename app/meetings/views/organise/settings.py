"""The settings of a meeting, its phase, and making a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent
from app.meetings import actions, queries, states
from app.meetings.forms import MeetingForm, NewMeetingForm, PhaseForm
from app.meetings.views import pages
from app.meetings.views.organise.asking import saved

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Programme


@pages.get("/meetings/<slug>/manage/settings")
@access("meetings.edit")
def settings(meeting: Meeting) -> str:
    """What the meeting says of itself, and the phases it may go to."""
    return _settings(meeting, MeetingForm.of(meeting))


def _settings(meeting: Meeting, form: MeetingForm) -> str:
    return render_template(
        "meetings/manage/settings.html", meeting=meeting, section="settings", form=form,
        moves=[after for after, _step in states.moves_from(meeting.phase)], categories=queries.categories(meeting),
        all_categories=actions.CATEGORIES,
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/settings")
@access("meetings.edit", writes=True)
@idempotent
def save_settings(meeting: Meeting) -> Response | tuple[str, int]:
    """Save the settings."""
    form = MeetingForm()
    try:
        if form.validate():
            actor, clock = current_actor(), current_clock()
            actions.edit_meeting(meeting, fields=form.values(), actor=actor, clock=clock)
            if form.categories.data:
                actions.set_categories(meeting, form.categories.data, actor=actor, clock=clock)
            return saved(url_for("meetings.settings", slug=meeting.slug))
    except Refusal as refusal:
        form.attach(refusal)
    return _settings(meeting, form), 422


@pages.get("/meetings/<slug>/manage/phase/<phase>")
@access("meetings.edit")
def phase(meeting: Meeting, phase: str) -> str:
    """The question before a step to another phase."""
    return _phase(meeting, phase, PhaseForm())


def _phase(meeting: Meeting, phase: str, form: PhaseForm) -> str:
    step = dict(states.moves_from(meeting.phase)).get(phase) if phase in set(states.Phase) else None  # type: ignore[call-overload]
    if step is None:
        raise NotFound
    return render_template(
        "meetings/manage/phase.html", meeting=meeting, section="settings", form=form, phase=phase, step=step
    )


@pages.post("/meetings/<slug>/manage/phase/<phase>")
@access("meetings.edit", writes=True)
@idempotent
def change_phase(meeting: Meeting, phase: str) -> Response | tuple[str, int]:
    """Take the meeting to another phase."""
    form = PhaseForm()
    try:
        if form.validate():
            actions.change_phase(
                meeting, phase, reason=form.reason.data or "", starts_on=form.starts_on.data, actor=current_actor(),
                clock=current_clock(),
            )  # fmt: skip
            return saved(url_for("meetings.settings", slug=meeting.slug))
    except Refusal as refusal:
        form.attach(refusal)
    return _phase(meeting, phase, form), 422


@pages.get("/programmes/<programme_slug>/meetings/new")
@access("meetings.create")
def new(programme: Programme) -> str:
    """The least that a new meeting of the programme needs."""
    return render_template("meetings/manage/new.html", programme=programme, form=NewMeetingForm())


@pages.post("/programmes/<programme_slug>/meetings/new")
@access("meetings.create", writes=True)
@idempotent
def create(programme: Programme) -> Response | tuple[str, int]:
    """Make the meeting, in preparation."""
    form = NewMeetingForm()
    try:
        if form.validate():
            made = actions.create_meeting(
                programme, slug=form.slug.data or "", fields=form.values(), actor=current_actor(), clock=current_clock()
            )
            return saved(url_for("meetings.page", slug=made.slug))
    except Refusal as refusal:
        form.attach(refusal)
    return render_template("meetings/manage/new.html", programme=programme, form=form), 422
