"""The organiser's list of people: search, filters in the address, views, columns, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound
from app.kernel.languages import current_language, t
from app.participants import exports, hooks
from app.participants.actions import viewing
from app.participants.forms.own import AskForm
from app.participants.forms.people import ViewForm
from app.participants.queries import duplicates, listing, places
from app.participants.states import Status
from app.participants.views import pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.meetings.loaders import Meeting

COLUMNS = ("latin", "category", "body", "wish", "status", "code", "phone", "email", "registered", "source")
# Beyond so many people the list does not wait for possible duplicates to be counted.
COUNTED = 1000
SHOWN = ("latin", "category", "body", "wish", "status")


@pages.get("/meetings/<slug>/manage/participants")
@access("participants.view")
def people(meeting: Meeting) -> str:
    """The list; a search as one types asks for its table alone."""
    asked = listing.wanted(request.args)
    found = listing.people(meeting, asked)
    shown = _columns()
    page = {
        "meeting": meeting, "section": "people", "asked": asked, "found": found, "columns": shown,
        "extra": _extra(meeting, [one.id for one in found.people], shown), "url": lambda other: _url(meeting, other),
        "extras": [one for one in hooks.columns() if one.name in shown], "form": AskForm(),
        "zone": meeting.zone, "categories": places.category_codes(meeting),
    }  # fmt: skip
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "people-list":
        return render_template("participants/people_list.html", **page)
    return render_template("participants/people.html", **page, **_around(meeting))


def _around(meeting: Meeting) -> dict[str, Any]:
    """What stands round the table: filters, views, choices."""
    account = current_actor().id or ""
    states = listing.state_counts(meeting)
    return {
        "states": states,
        "regions": listing.regions(meeting), "workshops": places.workshops(meeting),
        "views": listing.views(meeting, account),
        "doubles": len(duplicates.pairs(meeting)) if sum(states.values()) <= COUNTED else None,
        "every": [(name, _column_word(name)) for name in (*COLUMNS, *(one.name for one in hooks.columns()))],
        "all_states": list(Status), "query": urlencode(listing.wanted(request.args).args()),
    }  # fmt: skip


@pages.post("/meetings/<slug>/manage/participants/columns")
@access("participants.view", writes=True)
def people_columns(meeting: Meeting) -> Response:
    """Choose the columns of the list, for this browser."""
    known = [*COLUMNS, *(one.name for one in hooks.columns())]
    session["people"] = [name for name in request.form.getlist("column") if name in known]
    return redirect(_url(meeting, listing.wanted(request.form)), 303)


@pages.post("/meetings/<slug>/manage/participants/views")
@access("participants.view", writes=True)
def save_view(meeting: Meeting) -> Response:
    """Keep the present filters under a name, for oneself."""
    form = ViewForm()
    asked = listing.wanted(dict(parse_qsl(form.query.data or "")))
    if form.name.validate(form):
        viewing.save_view(meeting=meeting, actor=current_actor(), name=form.name.data, query=urlencode(asked.args()))
        flash(t.plain("participants.saved"), "success")
    else:
        flash(str(form.name.errors[0]), "error")
    return redirect(_url(meeting, asked), 303)


@pages.post("/meetings/<slug>/manage/participants/views/<view_id>/delete")
@access("participants.view", writes=True)
def delete_view(meeting: Meeting, view_id: str) -> Response:
    """Forget one of one's own views."""
    if not viewing.delete_view(meeting=meeting, actor=current_actor(), view_id=view_id):
        raise NotFound
    return redirect(url_for(".people", slug=meeting.slug), 303)


@pages.get("/meetings/<slug>/manage/participants/export.<sheet_kind>")
@access("participants.export")
def people_export(meeting: Meeting, sheet_kind: str) -> Response:
    """The list as the address filters and orders it, as XLSX or CSV; every column, safe cells."""
    if sheet_kind not in ("xlsx", "csv"):
        raise NotFound
    asked = listing.wanted(request.args)
    content = exports.people(meeting, asked, sheet_kind, current_language())
    media = exports.MEDIA[sheet_kind]
    return files.attachment(content, media, f"{meeting.slug}-participants.{sheet_kind}")


@pages.get("/meetings/<slug>/manage/participants/list.pdf")
@access("participants.export")
def people_paper(meeting: Meeting) -> Response:
    """The list on paper, in the order of the address."""
    asked = listing.wanted(request.args)
    content = exports.paper(meeting, asked, current_language(), current_clock())
    return files.attachment(content, "application/pdf", f"{meeting.slug}-participants.pdf")


def _columns() -> list[str]:
    known = [*COLUMNS, *(one.name for one in hooks.columns())]
    chosen = session.get("people")
    if isinstance(chosen, list):
        return [name for name in known if name in chosen]
    return [*SHOWN, *(one.name for one in hooks.columns())]


def _extra(meeting: Meeting, ids: list[str], shown: list[str]) -> dict[str, Mapping[str, str]]:
    return {one.name: one.values(meeting, ids) for one in hooks.columns() if one.name in shown}


def _column_word(name: str) -> str:
    extra = next((one.words for one in hooks.columns() if one.name == name), None)
    return t.plain(extra or f"participants.column.{name}")


def _url(meeting: Meeting, asked: listing.Wanted) -> str:
    return url_for("participants.people", slug=meeting.slug, **asked.args())
