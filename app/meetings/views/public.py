"""What everybody may see of a meeting: its page, agenda, sittings, documents and article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound
from app.kernel.languages import t
from app.meetings import calendars, hooks, queries, rules, states
from app.meetings.views import pages
from app.meetings.views.filters import AgendaFilter
from app.paper.qr import qr_svg

if TYPE_CHECKING:
    from app.meetings.loaders import Document, Meeting, Sitting

# Lines of the agenda at which nothing is said.
QUIET = ("registration", "break")


@pages.get("/meetings/<slug>/")
@access("meetings.view", cached_by="meeting")
def page(meeting: Meeting) -> str:
    """The meeting: before it an invitation, during it the sitting that takes place, after it its results."""
    return render_template("meetings/page.html", **_agenda_of(meeting), **_frame(meeting))


@pages.get("/meetings/<slug>/agenda")
@access("meetings.view", cached_by="meeting")
def agenda(meeting: Meeting) -> str:
    """The agenda alone, with its filters in the address."""
    return render_template("meetings/agenda.html", meeting=meeting, **_agenda_of(meeting))


def _agenda_of(meeting: Meeting) -> dict[str, Any]:
    lines = queries.sittings(meeting)
    chosen = AgendaFilter.read(request.args)
    now = current_clock().now()
    return {
        "days": queries.days(lines, meeting.starts_on, day=chosen.day, workshop=chosen.workshop, room=chosen.room),
        "filters": chosen.links(request.endpoint or "", lines),
        "chosen": chosen,
        "places": hooks.places(meeting),
        "going_on": {line.id for line in lines if rules.takes_place(line, meeting, now)},
        "first_seen": {line.workshop_id: line.id for line in reversed(lines) if line.workshop_id},
        "begins_at": next((line.starts for line in lines if line.kind not in QUIET), None),
    }


def _frame(meeting: Meeting) -> dict[str, Any]:
    """What stands round the agenda on the meeting's own page."""
    actor, today = current_actor(), current_clock().today(meeting.zone)
    return {
        "meeting": meeting,
        "documents": [_listed(one, meeting) for one in queries.documents(meeting) if _announced(one, meeting)],
        "streams": queries.streams(meeting),
        "members": queries.count_members(meeting.programme, today),
        "registration": rules.registration_state(meeting, current_clock().now()),
        "results": meeting.phase in states.RESULTS,
        "over": meeting.phase in states.OVER,
        "organises": rules.works_in(actor, meeting),
        "qr": qr_svg(_address(meeting), t.plain("meetings.qr")),
    }


def _address(meeting: Meeting) -> str:
    """The meeting's page as a printed sheet names it."""
    return str(current_app.config["LIQAA"].base_url) + url_for("meetings.page", slug=meeting.slug)


def _announced(document: Document, meeting: Meeting) -> bool:
    """The public reads the titles of public documents before they are published, and of no others."""
    return document.visibility == "public" or rules.may_read(current_actor(), document, meeting, current_clock().now())


def _listed(document: Document, meeting: Meeting) -> tuple[Document, bool]:
    """A document and whether its title is a link yet."""
    now = current_clock().now()
    shown = rules.is_published(document, now) and rules.may_read(current_actor(), document, meeting, now)
    return document, shown


@pages.get("/meetings/<slug>/agenda/<sitting_id>")
@access("meetings.view", cached_by="meeting")
def sitting(meeting: Meeting, sitting: Sitting) -> str:
    """One sitting at its own address."""
    lines = queries.sittings(meeting)
    shown = [one for one in queries.documents(meeting) if one.sitting_id == sitting.id and _announced(one, meeting)]
    return render_template(
        "meetings/sitting.html", meeting=meeting, sitting=sitting, places=hooks.places(meeting),
        others=queries.neighbours(lines, sitting) if sitting.workshop_id else [],
        documents=[_listed(one, meeting) for one in shown],
        officers=queries.find_workshop(meeting, sitting.workshop.code).officers if sitting.workshop else [],  # type: ignore[union-attr]
        now=rules.takes_place(sitting, meeting, current_clock().now()),
    )  # fmt: skip


@pages.get("/meetings/<slug>/agenda.ics")
@access("meetings.view")
def agenda_ics(meeting: Meeting) -> Response:
    """The whole agenda as one calendar file."""
    return _calendar(meeting, queries.sittings(meeting))


@pages.get("/meetings/<slug>/agenda/<sitting_id>/calendar.ics")
@access("meetings.view")
def sitting_ics(meeting: Meeting, sitting: Sitting) -> Response:
    """One sitting as a calendar file."""
    return _calendar(meeting, [sitting])


def _calendar(meeting: Meeting, lines: list[Sitting]) -> Response:
    content = calendars.agenda(meeting, lines, stamp=current_clock().now())
    return files.attachment(content, "text/calendar; charset=utf-8", f"{meeting.slug}.ics")


@pages.get("/meetings/<slug>/documents")
@access("meetings.view", cached_by="meeting")
def documents(meeting: Meeting) -> str:
    """The documents in the organiser's order, and the broadcasts."""
    rows = [_listed(one, meeting) for one in queries.documents(meeting) if _announced(one, meeting)]
    return render_template("meetings/documents.html", meeting=meeting, documents=rows, streams=queries.streams(meeting))


@pages.get("/meetings/<slug>/documents/<document_id>")
@access("meetings.view")
def document(meeting: Meeting, document: Document) -> AnyResponse | str:
    """One document: its text, or the way to its file or link; the telegram as sealed."""
    if document.kind == "article":
        return redirect(url_for("meetings.article", slug=meeting.slug))
    name = "telegram" if document.kind == "telegram" else "document"
    return render_template(f"meetings/{name}.html", meeting=meeting, document=document)


@pages.get("/meetings/<slug>/documents/<document_id>/file")
@access("meetings.view")
def document_file(meeting: Meeting, document: Document) -> Response:
    """The file of a document, as an attachment, to those who may read it now."""
    if document.file is None:
        raise NotFound
    return files.send(document.file, title=document.title_ar)


@pages.get("/meetings/<slug>/article")
@access("meetings.view", cached_by="meeting")
def article(meeting: Meeting) -> str:
    """The article of the meeting as it was published."""
    published = (
        meeting.published_on is not None
        and meeting.published_on <= current_clock().today(meeting.zone)
        and meeting.phase in states.RESULTS
    )
    if not published and not rules.works_in(current_actor(), meeting):
        raise NotFound
    rows = [_listed(one, meeting) for one in queries.documents(meeting) if _announced(one, meeting)]
    return render_template(
        "meetings/article.html", meeting=meeting, quotes=queries.quotes(meeting), documents=rows,
        streams=queries.streams(meeting), categories=queries.categories(meeting), published=published,
    )  # fmt: skip
