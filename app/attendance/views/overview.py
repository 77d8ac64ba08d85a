"""Attendance by half-day and workshop: read, written by hand, and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.attendance import exports, wording
from app.attendance.actions.marking import mark
from app.attendance.queries import lists
from app.attendance.queries import overview as queries
from app.attendance.states import Presence
from app.attendance.views import pages
from app.attendance.views.door import desk_of
from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.languages import current_language, t
from app.paper.sheets import XLSX

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.participants.loaders import Participant

PAGE = 100


@pages.get("/meetings/<slug>/manage/attendance")
@access("attendance.view")
def overview(meeting: Meeting) -> str:
    """Who was there on one list; the filter stands in the address."""
    if not lists.door_lists(meeting):
        return render_template("attendance/no_agenda.html", meeting=meeting, section="door")
    desk = desk_of(meeting)
    whole = queries.sheet(meeting, desk.chosen, current_clock())
    words, state = request.args.get("q", "").strip()[:80], request.args.get("state", "")[:12]
    lines = queries.narrowed(whole.lines, words=words, state=state)
    at = max(1, request.args.get("page", 1, type=int))

    def url(**more: object) -> str:
        values = {"list": desk.chosen.key, "q": words, "state": state} | more
        kept = {name: str(value) for name, value in values.items() if value not in ("", None)}
        return url_for("attendance.overview", slug=meeting.slug, **kept)  # type: ignore[arg-type]

    return render_template(
        "attendance/overview.html", meeting=meeting, section="door", desk=desk, sheet=whole, wording=wording, url=url,
        lines=lines[(at - 1) * PAGE : at * PAGE], words=words, state=state, at=at, last=-(-len(lines) // PAGE) or 1,
        found=len(lines), counts=whole.counts(), states=[str(one) for one in Presence],
        page_url=lambda number: url(page=number),
        tabs=[(wording.list_title(one), url(list=one.key, page=None), one.key == desk.chosen.key)
              for one in desk.lists],
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/attendance/<participant_id>")
@access("attendance.mark", writes=True)
def mark_attendance(meeting: Meeting, participant: Participant) -> AnyResponse:
    """Write down one person's presence on one list."""
    desk = desk_of(meeting)
    wanted = request.form.get("presence", "")
    state = Presence(wanted) if wanted in set(Presence) else None
    mark(
        meeting=meeting, participant=participant, key=desk.chosen.key, state=state, actor=current_actor(),
        clock=current_clock(),
    )  # fmt: skip
    kept = {name: request.form.get(name, "") for name in ("q", "state", "page") if request.form.get(name)}
    back = url_for("attendance.overview", slug=meeting.slug, list=desk.chosen.key, **kept)  # type: ignore[arg-type]
    return redirect(f"{back}#p-{participant.id}", 303)


@pages.get("/meetings/<slug>/manage/attendance.xlsx")
@access("attendance.export")
def export_attendance(meeting: Meeting) -> Response:
    """Everybody on every half-day and workshop sitting, as a spreadsheet."""
    found = queries.matrix(meeting, lists.door_lists(meeting), current_clock())
    content = exports.spreadsheet(found, t.plain("attendance.title"), lang=current_language())
    return files.attachment(content, XLSX, f"{meeting.slug}-attendance.xlsx")
