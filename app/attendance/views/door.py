"""The page of the door: a typed code, a name, the last scans and the counters; it needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.attendance import results, wording
from app.attendance.actions.checkins import by_hand, check_in
from app.attendance.actions.undoing import undo
from app.attendance.forms import CheckInForm
from app.attendance.queries import door as queries
from app.attendance.queries import lists
from app.attendance.views import pages
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound
from app.kernel.idempotency import idempotent
from app.kernel.languages import t

if TYPE_CHECKING:
    from app.attendance.loaders import Scan
    from app.attendance.queries.lists import DoorList
    from app.meetings.loaders import Meeting


@dataclass(frozen=True)
class Desk:
    """Where somebody stands: the lists of the meeting, the one chosen, and the gate."""

    meeting: Meeting
    lists: list[DoorList]
    chosen: DoorList
    gate: str

    def url(self, **more: Any) -> str:
        """The page of the door with this list and gate."""
        return url_for("attendance.door", slug=self.meeting.slug, list=self.chosen.key, gate=self.gate, **more)

    def url_of(self, one: DoorList) -> str:
        """The same desk on another list."""
        return url_for("attendance.door", slug=self.meeting.slug, list=one.key, gate=self.gate)


def desk_of(meeting: Meeting) -> Desk:
    """The desk as the address says; without a word in it, the half-day people come to now."""
    found = lists.door_lists(meeting)
    wanted = request.values.get("list", "")
    chosen = next((one for one in found if one.key == wanted), None)
    chosen = chosen or lists.list_now(found, meeting, current_clock())
    if chosen is None:
        raise NotFound
    return Desk(meeting, found, chosen, request.values.get("gate", "").strip()[:60] or t.plain("nav.desk"))


@pages.get("/meetings/<slug>/manage/door")
@access("attendance.check_in")
def door(meeting: Meeting) -> str:
    """Who comes in now; the last result stands on top, large."""
    if not lists.door_lists(meeting):
        return render_template("attendance/no_agenda.html", meeting=meeting, section="door")
    return _page(desk_of(meeting), CheckInForm(formdata=None))


def _page(desk: Desk, form: CheckInForm) -> str:
    words = request.args.get("q", "").strip()[:80]
    scan = queries.find_scan(desk.meeting, request.args.get("scan", "")[:36])
    return render_template(
        "attendance/door.html", meeting=desk.meeting, section="door", desk=desk, form=form, words=words,
        found=queries.search(desk.meeting, desk.chosen.key, words), wording=wording,
        shown=results.shown(scan, desk.meeting.zone) if scan is not None else None,
        code_of=queries.code_of(scan) if scan is not None else "",
        chooser=[(wording.list_title(one), desk.url_of(one), one.key == desk.chosen.key) for one in desk.lists],
        **figures(desk),
    )  # fmt: skip


def figures(desk: Desk) -> dict[str, Any]:
    """The counters: the list, each gate, each workshop whose sitting falls into the same half-day."""
    same = [one for one in desk.lists if one.sitting and (one.day, one.half) == (desk.chosen.day, desk.chosen.half)]
    return {
        "counted": queries.counters(desk.meeting, desk.chosen.key),
        "gates": queries.by_gate(desk.meeting, desk.chosen.key),
        "sittings": same,
        "in_sittings": queries.workshop_counts(desk.meeting, same),
        "last": queries.last_scans(desk.meeting, desk.chosen.key),
    }


@pages.get("/meetings/<slug>/manage/door/figures")
@access("attendance.check_in")
def door_figures(meeting: Meeting) -> str:
    """The counters and the last scans alone, for a page that follows them."""
    desk = desk_of(meeting)
    return render_template("attendance/_figures.html", meeting=meeting, desk=desk, wording=wording, **figures(desk))


@pages.post("/meetings/<slug>/manage/door")
@access("attendance.check_in", writes=True)
@idempotent
def door_check_in(meeting: Meeting) -> AnyResponse | tuple[str, int]:
    """A typed code is a scan like any other; its result is the next page."""
    desk, form = desk_of(meeting), CheckInForm()
    if not form.validate():
        return _page(desk, form), 422
    actor, clock = current_actor(), current_clock()
    scan = by_hand(
        list_key=desk.chosen.key, code=form.code.data, gate=desk.gate, forced=form.forced.data == "1",
        device_id=f"{actor.kind}:{actor.id}", clock=clock,
    )  # fmt: skip
    check_in(meeting=meeting, scans=[scan], actor=actor, clock=clock)
    return redirect(desk.url(scan=scan.scan_id), 303)


@pages.post("/meetings/<slug>/manage/door/undo/<scan_id>")
@access("attendance.check_in", writes=True)
def door_undo(meeting: Meeting, scan: Scan) -> AnyResponse:
    """Take a scan back."""
    undo(meeting=meeting, scan=scan, actor=current_actor(), clock=current_clock())
    return redirect(desk_of(meeting).url(scan=scan.scan_id), 303)
