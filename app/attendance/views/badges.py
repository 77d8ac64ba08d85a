"""Badges and the other papers that are made from people: what is chosen stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.attendance import papers, wording
from app.attendance.actions.marking import note_printed
from app.attendance.queries import badges as queries
from app.attendance.queries import lists, overview
from app.attendance.queries.badges import BadgeFilter, Holder
from app.attendance.views import pages
from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent, new_key
from app.kernel.languages import current_language, speaking, t
from app.meetings.queries import workshops as all_workshops
from app.participants.queries.links import address
from app.participants.queries.places import category_codes

if TYPE_CHECKING:
    from app.attendance.queries.lists import DoorList
    from app.meetings.loaders import Meeting
    from app.participants.loaders import Participant

PDF = "application/pdf"


def read_filter() -> BadgeFilter:
    """The filter in the address."""
    args = request.values
    return BadgeFilter(
        category=args.get("category", "")[:30], workshop=args.get("workshop", "")[:20], new=args.get("new") == "1"
    )


def as_values(chosen: BadgeFilter) -> dict[str, Any]:
    """The filter for an address; what is not chosen is left out."""
    values = {"category": chosen.category, "workshop": chosen.workshop, "new": "1" if chosen.new else ""}
    return {name: value for name, value in values.items() if value}


@pages.get("/meetings/<slug>/manage/badges")
@access("attendance.print")
def badges(meeting: Meeting) -> str:
    """Which badges, and the sheets to be printed from them."""
    chosen = read_filter()
    everybody = queries.holders(meeting)
    return render_template(
        "attendance/badges.html", meeting=meeting, section="badges", chosen=chosen, values=as_values(chosen),
        found=queries.holders(meeting, chosen), everybody=len(everybody), key=new_key(), wording=wording,
        unprinted=sum(not holder.printed for holder in everybody), categories=category_codes(meeting),
        workshops=all_workshops(meeting), half_days=lists.half_days(lists.door_lists(meeting)),
        sittings=[one for one in lists.door_lists(meeting) if one.sitting],
        seen=len(overview.present_somewhere(meeting)),
    )  # fmt: skip


def _holders(meeting: Meeting) -> list[Holder]:
    found = queries.holders(meeting, read_filter())
    if not found:
        raise Refusal("nothing_to_print", status=409)
    return found


@pages.get("/meetings/<slug>/manage/badges.pdf")
@access("attendance.print")
def badges_pdf(meeting: Meeting) -> Response:
    """The badges of the filter, four or eight a sheet."""
    content = papers.badges(meeting, _holders(meeting), per_sheet=8 if request.args.get("sheet") == "8" else 4)
    return files.attachment(content, PDF, f"{meeting.slug}-badges.pdf")


@pages.get("/meetings/<slug>/manage/tents.pdf")
@access("attendance.print")
def tents_pdf(meeting: Meeting) -> Response:
    """Name tents for the tables."""
    return files.attachment(papers.tents(meeting, _holders(meeting)), PDF, f"{meeting.slug}-tents.pdf")


@pages.post("/meetings/<slug>/manage/badges/printed")
@access("attendance.print", writes=True)
@idempotent
def badges_printed(meeting: Meeting) -> AnyResponse:
    """The sheets came out of the printer: these badges are no longer new."""
    count = note_printed(
        meeting=meeting, holders=queries.holders(meeting, read_filter()), actor=current_actor(), clock=current_clock()
    )
    flash(t.plain("attendance.noted_printed", count=count))
    return redirect(url_for("attendance.badges", slug=meeting.slug, **as_values(read_filter())), 303)


@pages.get("/meetings/<slug>/manage/signature.pdf")
@access("attendance.print")
def signature_pdf(meeting: Meeting) -> Response:
    """The sheet to be signed: `list` is one half-day or sitting; without one, every half-day of `day`."""
    found = lists.door_lists(meeting)
    chosen = _asked(found)
    people = overview.on_list(meeting, chosen[0] if len(chosen) == 1 else None)
    content = papers.signatures(
        meeting, [one for one in people if one.titular_id is None], overview.delegates_of(people), chosen,
        current_clock(), address=address(current_language(), f"meetings/{meeting.slug}/"),
    )  # fmt: skip
    return files.attachment(content, PDF, f"{meeting.slug}-{chosen[0].day}-signatures.pdf")


def _asked(found: list[DoorList]) -> list[DoorList]:
    key, day = request.args.get("list", ""), request.args.get("day", "")
    if key:
        chosen = [one for one in found if one.key == key]
    else:
        chosen = [one for one in lists.half_days(found) if not day or one.day.isoformat() == day]
    if not chosen:
        raise NotFound
    return chosen


@pages.get("/meetings/<slug>/manage/certificates.pdf")
@access("attendance.print")
def certificates_pdf(meeting: Meeting) -> Response:
    """A certificate for everybody who was there at least once, one a page."""
    people = overview.present_somewhere(meeting)
    if not people:
        raise Refusal("nothing_to_print", status=409)
    content = papers.certificates(meeting, people, current_clock(), check=_meeting_page(meeting))
    return files.attachment(content, PDF, f"{meeting.slug}-certificates.pdf")


def _meeting_page(meeting: Meeting) -> str:
    return address(current_language(), f"meetings/{meeting.slug}/")


@pages.get("/r/<participant_token>/badge.pdf")
@access("attendance.own_badge")
def own_badge(participant: Participant) -> Response:
    """One's own badge, by the link in the mail; somebody without a place has none."""
    found = [one for one in queries.holders(participant.meeting) if one.participant.id == participant.id]
    if not found:
        raise NotFound
    with speaking(participant.language):
        content = papers.badges(participant.meeting, found, per_sheet=4)
    return files.attachment(content, PDF, f"{participant.meeting.slug}-badge.pdf")


@pages.get("/r/<participant_token>/certificate.pdf")
@access("attendance.own_badge")
def own_certificate(participant: Participant) -> Response:
    """One's own certificate, once one was there."""
    meeting = participant.meeting
    if participant.id not in {one.id for one in overview.present_somewhere(meeting)}:
        raise NotFound
    with speaking(participant.language):
        content = papers.certificates(meeting, [participant], current_clock(), check=_meeting_page(meeting))
    return files.attachment(content, PDF, f"{meeting.slug}-certificate.pdf")
