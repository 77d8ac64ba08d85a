"""The programme of a meeting, as its organisers write it, and its target communes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.meetings import actions, queries
from app.meetings.forms import MembersForm, ProgrammeForm
from app.meetings.views import pages
from app.meetings.views.organise.asking import saved

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.territory.loaders import Body

LARGEST_LIST = 2 * 1024 * 1024


@pages.get("/meetings/<slug>/manage/programme")
@access("meetings.programme")
def programme_edit(meeting: Meeting) -> str:
    """What the programme says of itself, and whom it targets."""
    return _page(meeting, ProgrammeForm.of(queries.programme_of(meeting)), MembersForm())


def _page(meeting: Meeting, form: ProgrammeForm, members_form: MembersForm, imported: Any = None) -> str:
    programme = queries.programme_of(meeting)
    members = queries.members(programme, current_clock().today(meeting.zone))
    return render_template(
        "meetings/manage/programme.html", meeting=meeting, section="programme", programme=programme, form=form,
        members_form=members_form, members=members, imported=imported,
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/programme")
@access("meetings.programme", writes=True)
@idempotent
def save_programme(meeting: Meeting) -> Response | tuple[str, int]:
    """Save the programme with its axes and tracks."""
    form, programme = ProgrammeForm(), queries.programme_of(meeting)
    by: dict[str, Any] = {"meeting": meeting, "actor": current_actor(), "clock": current_clock()}
    try:
        if form.validate():
            actions.edit_programme(programme, fields=form.values(), **by)
            actions.set_axes(programme, form.axis_titles(), **by)
            actions.set_tracks(programme, form.track_titles(), **by)
            return saved(url_for("meetings.programme_edit", slug=meeting.slug))
    except Refusal as refusal:
        form.attach(refusal)
    return _page(meeting, form, MembersForm()), 422


@pages.post("/meetings/<slug>/manage/programme/communes")
@access("meetings.programme", writes=True)
@idempotent
def import_members(meeting: Meeting) -> tuple[str, int]:
    """Add the communes of a list; what names no single commune is shown again with its line."""
    members_form, programme = MembersForm(), queries.programme_of(meeting)
    imported = None
    try:
        imported = actions.import_members(
            programme, _list(members_form), meeting=meeting, cohort=members_form.cohort.data or "",
            source=members_form.source.data or "", actor=current_actor(), clock=current_clock(),
        )  # fmt: skip
        if imported.unknown:
            members_form.list.data = "\n".join(line for _number, line in imported.unknown)
    except Refusal as refusal:
        members_form.attach(refusal)
    return _page(meeting, ProgrammeForm.of(programme), members_form, imported), 422 if members_form.bad else 200


def _list(form: MembersForm) -> str:
    upload = form.file.data
    if not (upload and upload.filename):
        if not form.list.data:
            raise Refusal("list_empty", field="list")
        return str(form.list.data)
    try:
        return str(upload.stream.read(LARGEST_LIST).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refusal("file_type", field="file", types="CSV UTF-8") from error


@pages.post("/meetings/<slug>/manage/programme/communes/<body_code>/remove")
@access("meetings.programme", writes=True)
def remove_member(meeting: Meeting, body: Body) -> Response:
    """Let a commune leave the programme today; its membership until now is kept."""
    actions.remove_member(
        queries.programme_of(meeting), body, day=current_clock().today(meeting.zone), meeting=meeting,
        actor=current_actor(), clock=current_clock(),
    )  # fmt: skip
    return saved(url_for("meetings.programme_edit", slug=meeting.slug, _anchor="communes"))
