"""The organiser's dashboard and the journal of the meeting."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.kernel import journal
from app.kernel.access import access
from app.kernel.clock import current_clock, to_wall
from app.portal import queries, wording
from app.portal.views import pages

PAGE = 100
STEP_PAGES = {
    "agenda": "meetings.agenda_edit", "workshops": "meetings.workshops_edit", "documents": "meetings.documents_edit",
    "invitations": "participants.invitations", "assignment": "workshops.board", "arrivals": "attendance.door",
    "review": "recommendations.review", "queue": "plenary.driver", "plenary": "plenary.driver",
    "publication": "publication.editions",
}  # fmt: skip
# Which steps are on the list in each phase, so that the list says what is left before the next one.
PHASE_STEPS = {
    "draft": ("agenda", "workshops", "documents", "invitations"),
    "open": ("agenda", "workshops", "documents", "invitations", "assignment"),
    "closed": ("invitations", "assignment", "documents"),
    "running": ("arrivals", "review", "queue", "plenary"),
    "concluded": ("review", "plenary", "publication"),
    "published": ("publication",),
}


@pages.get("/meetings/<slug>/manage/")
@access("portal.manage")
def dashboard(meeting: Any) -> ResponseReturnValue:
    """Four numbers, what needs you, what is left, the last changes, the health of the installation."""
    now = current_clock().now()
    figures = queries.figures(meeting, now)
    steps = queries.progress(meeting, figures).steps
    chosen = PHASE_STEPS.get(meeting.phase, ())
    settings = current_app.config["LIQAA"]
    return render_template(
        "portal/dashboard.html", meeting=meeting, figures=figures, needs=queries.needs(meeting, now),
        steps=[(name, STEP_PAGES[name], *steps[name]) for name in chosen], now=to_wall(now, meeting.zone),
        changes=wording.lines(journal.latest(meeting, limit=8)), live="live" in request.args,
        health=queries.health(settings.data_dir, settings.backups_folder),
    )  # fmt: skip


@pages.get("/meetings/<slug>/manage/journal", endpoint="journal")
@access("portal.manage")
def meeting_journal(meeting: Any) -> ResponseReturnValue:
    """Who changed what, latest first."""
    before = request.args.get("before", type=int)
    found = journal.latest(meeting, before=before, limit=PAGE + 1)
    more = found[PAGE - 1].seq if len(found) > PAGE else None
    return render_template("portal/journal.html", meeting=meeting, lines=wording.lines(found[:PAGE]), more=more)
