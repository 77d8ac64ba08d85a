"""The agenda editor: sittings, rooms and workshops."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import render_template, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.meetings import actions, queries
from app.meetings.forms import RoomForm, SittingForm, WorkshopForm
from app.meetings.views import pages
from app.meetings.views.organise.asking import ask, refused_at, saved

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Room, Sitting, Workshop


@pages.get("/meetings/<slug>/manage/agenda")
@access("meetings.edit")
def agenda_edit(meeting: Meeting) -> str:
    """The whole agenda with its rooms and workshops, each line a way to change it."""
    return render_template(
        "meetings/manage/agenda.html", meeting=meeting, section="agenda",
        days=queries.days(queries.sittings(meeting), meeting.starts_on), rooms=queries.rooms(meeting),
        workshops=queries.workshops(meeting),
    )  # fmt: skip


def _home(meeting: Meeting) -> str:
    return url_for("meetings.agenda_edit", slug=meeting.slug)


@pages.get("/meetings/<slug>/manage/agenda/new")
@access("meetings.edit")
def new_sitting(meeting: Meeting) -> str:
    """An empty line of the agenda."""
    return _sitting(meeting, None, _sitting_form(meeting, None))


@pages.get("/meetings/<slug>/manage/agenda/<sitting_id>")
@access("meetings.edit")
def edit_sitting(meeting: Meeting, sitting: Sitting) -> str:
    """One line of the agenda."""
    return _sitting(meeting, sitting, _sitting_form(meeting, sitting))


def _sitting_form(meeting: Meeting, sitting: Sitting | None, *, typed: bool = False) -> SittingForm:
    shown = sitting is not None and not typed
    form = SittingForm(
        data={name: value for name, value in vars(sitting).items() if name != "speakers"} if shown else None
    )
    span = (meeting.ends_on - meeting.starts_on).days + 1
    days = [meeting.starts_on + timedelta(days=number) for number in range(span)]
    form.offer(days, queries.rooms(meeting), queries.workshops(meeting))
    if shown:
        form.show(sitting)
    return form


def _sitting(meeting: Meeting, sitting: Sitting | None, form: SittingForm) -> str:
    return render_template(
        "meetings/manage/sitting.html", meeting=meeting, section="agenda", sitting=sitting, form=form
    )


@pages.post("/meetings/<slug>/manage/agenda/new")
@access("meetings.edit", writes=True)
@idempotent
def add_sitting(meeting: Meeting) -> Response | tuple[str, int]:
    """Add a sitting."""
    return _save_sitting(meeting, None)


@pages.post("/meetings/<slug>/manage/agenda/<sitting_id>")
@access("meetings.edit", writes=True)
@idempotent
def save_sitting(meeting: Meeting, sitting: Sitting) -> Response | tuple[str, int]:
    """Save a sitting."""
    return _save_sitting(meeting, sitting)


def _save_sitting(meeting: Meeting, sitting: Sitting | None) -> Response | tuple[str, int]:
    form = _sitting_form(meeting, sitting, typed=True)
    actor, clock = current_actor(), current_clock()
    try:
        if form.validate():
            people = form.people(sitting)
            row = actions.save_sitting(meeting, sitting, fields=form.values(), actor=actor, clock=clock)
            if people or row.speakers:
                actions.set_speakers(meeting, row, people, actor=actor, clock=clock)
            return saved(_home(meeting))
    except Refusal as refusal:
        form.attach(refusal)
    return _sitting(meeting, sitting, form), 422


@pages.get("/meetings/<slug>/manage/agenda/<sitting_id>/remove")
@access("meetings.edit")
def ask_remove_sitting(meeting: Meeting, sitting: Sitting) -> str:
    """The question before a sitting goes."""
    question = t("meetings.ask.sitting", title=sitting.title_ar)
    return ask(question, t("meetings.ask.sitting.then"), t("action.delete"), _home(meeting), meeting=meeting)


@pages.post("/meetings/<slug>/manage/agenda/<sitting_id>/remove")
@access("meetings.edit", writes=True)
def remove_sitting(meeting: Meeting, sitting: Sitting) -> Response:
    """Take a sitting out of the agenda."""
    actions.remove_sitting(meeting, sitting, actor=current_actor(), clock=current_clock())
    return saved(_home(meeting))


@pages.get("/meetings/<slug>/manage/rooms/new")
@access("meetings.edit")
def new_room(meeting: Meeting) -> str:
    """An empty room."""
    return _room(meeting, None, RoomForm())


@pages.get("/meetings/<slug>/manage/rooms/<room_id>")
@access("meetings.edit")
def edit_room(meeting: Meeting, room: Room) -> str:
    """One room."""
    return _room(meeting, room, RoomForm(obj=room))


def _room(meeting: Meeting, room: Room | None, form: RoomForm) -> str:
    return render_template("meetings/manage/room.html", meeting=meeting, section="agenda", room=room, form=form)


@pages.post("/meetings/<slug>/manage/rooms/new")
@access("meetings.edit", writes=True)
@idempotent
def add_room(meeting: Meeting) -> Response | tuple[str, int]:
    """Add a room."""
    return _save_room(meeting, None)


@pages.post("/meetings/<slug>/manage/rooms/<room_id>")
@access("meetings.edit", writes=True)
@idempotent
def save_room(meeting: Meeting, room: Room) -> Response | tuple[str, int]:
    """Save a room."""
    return _save_room(meeting, room)


def _save_room(meeting: Meeting, room: Room | None) -> Response | tuple[str, int]:
    form = RoomForm()
    try:
        if form.validate():
            actions.save_room(meeting, room, fields=form.values(), actor=current_actor(), clock=current_clock())
            return saved(_home(meeting))
    except Refusal as refusal:
        form.attach(refusal)
    return _room(meeting, room, form), 422


@pages.post("/meetings/<slug>/manage/rooms/<room_id>/remove")
@access("meetings.edit", writes=True)
def remove_room(meeting: Meeting, room: Room) -> Response:
    """Remove a room that nothing uses."""
    try:
        actions.remove_room(meeting, room, actor=current_actor(), clock=current_clock())
    except Refusal as refusal:
        return refused_at(refusal, _home(meeting))
    return saved(_home(meeting))


@pages.get("/meetings/<slug>/manage/agenda/workshops/new")
@access("meetings.edit")
def new_workshop(meeting: Meeting) -> str:
    """An empty workshop."""
    return _workshop(meeting, None, _workshop_form(meeting, None))


@pages.get("/meetings/<slug>/manage/agenda/workshops/<workshop_code>")
@access("meetings.edit")
def edit_workshop(meeting: Meeting, workshop: Workshop) -> str:
    """One workshop."""
    return _workshop(meeting, workshop, _workshop_form(meeting, workshop))


def _workshop_form(meeting: Meeting, workshop: Workshop | None, *, typed: bool = False) -> WorkshopForm:
    form = WorkshopForm(obj=workshop if not typed else None)
    form.offer(queries.programme_of(meeting).tracks, queries.rooms(meeting))
    if workshop is not None and not typed:
        form.show(workshop)
    return form


def _workshop(meeting: Meeting, workshop: Workshop | None, form: WorkshopForm) -> str:
    return render_template(
        "meetings/manage/workshop.html", meeting=meeting, section="agenda", workshop=workshop, form=form
    )


@pages.post("/meetings/<slug>/manage/agenda/workshops/new")
@access("meetings.edit", writes=True)
@idempotent
def add_workshop(meeting: Meeting) -> Response | tuple[str, int]:
    """Add a workshop."""
    return _save_workshop(meeting, None)


@pages.post("/meetings/<slug>/manage/agenda/workshops/<workshop_code>")
@access("meetings.edit", writes=True)
@idempotent
def save_workshop(meeting: Meeting, workshop: Workshop) -> Response | tuple[str, int]:
    """Save a workshop."""
    return _save_workshop(meeting, workshop)


def _save_workshop(meeting: Meeting, workshop: Workshop | None) -> Response | tuple[str, int]:
    form = _workshop_form(meeting, workshop, typed=True)
    actor, clock = current_actor(), current_clock()
    try:
        if form.validate():
            row = actions.save_workshop(meeting, workshop, fields=form.values(), actor=actor, clock=clock)
            actions.set_officers(meeting, row, form.officers(row), actor=actor, clock=clock)
            return saved(_home(meeting))
    except Refusal as refusal:
        form.attach(refusal)
    return _workshop(meeting, workshop, form), 422


@pages.get("/meetings/<slug>/manage/agenda/workshops/<workshop_code>/remove")
@access("meetings.edit")
def ask_remove_workshop(meeting: Meeting, workshop: Workshop) -> str:
    """The question before a workshop goes."""
    question = t("meetings.ask.workshop", title=workshop.title_ar)
    return ask(question, t("meetings.ask.workshop.then"), t("action.delete"), _home(meeting), meeting=meeting)


@pages.post("/meetings/<slug>/manage/agenda/workshops/<workshop_code>/remove")
@access("meetings.edit", writes=True)
def remove_workshop(meeting: Meeting, workshop: Workshop) -> Response:
    """Remove a workshop with its sittings, while the meeting is in preparation."""
    try:
        actions.remove_workshop(meeting, workshop, actor=current_actor(), clock=current_clock())
    except Refusal as refusal:
        return refused_at(refusal, _home(meeting))
    return saved(_home(meeting))
