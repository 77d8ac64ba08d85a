"""The pages of one body: for those who answer for it, for everybody, and the note for its council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, render_template

from app.followup import derived, notes, queries, spoken
from app.followup.views import pages
from app.followup.views.acts import offered
from app.kernel.access import access
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound
from app.kernel.files import attachment

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.territory.loaders import Body


@pages.get("/meetings/<slug>/my-commune/<body_code>")
@access("followup.read")
def my_commune(meeting: Meeting, body: Body) -> str:
    """What concerns the body, the most urgent first, and the one thing to do about each."""
    today = current_clock().today(meeting.zone)
    page = queries.bodies.mine(meeting, body, today)
    return render_template(
        "followup/my_commune.html", meeting=meeting, body=body, mine=page, today=today, offered=offered,
        derived=derived, groups=queries.bodies.GROUPS, title=spoken.body_title(body),
        elsewhere=[one for one in queries.bodies.meetings_of(body.code or "") if one.id != meeting.id],
    )  # fmt: skip


@pages.get("/meetings/<slug>/my-commune/<body_code>/note.pdf")
@access("followup.read")
def note(meeting: Meeting, body: Body) -> Response:
    """One page that can be put before the council."""
    clock = current_clock()
    page = queries.bodies.mine(meeting, body, clock.today(meeting.zone))
    return attachment(notes.note_pdf(meeting, page, clock.now()), "application/pdf", notes.note_name(meeting, body))


@pages.get("/meetings/<slug>/communes/<body_code>")
@access("followup.public", cached_by="meeting")
def commune(meeting: Meeting, body: Body) -> str:
    """What became of the recommendations in one body, for everybody."""
    today = current_clock().today(meeting.zone)
    page = queries.bodies.mine(meeting, body, today)
    if not page.rows:
        raise NotFound
    return render_template("followup/commune.html", meeting=meeting, body=body, mine=page, today=today, derived=derived)
