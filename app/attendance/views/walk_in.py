"""Somebody stands at the desk without a registration: four fields, and they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.attendance import wording
from app.attendance.actions.checkins import by_hand, check_in
from app.attendance.forms import WalkInForm
from app.attendance.views import pages
from app.attendance.views.door import Desk, desk_of
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.participants.actions.registering import walk_in as register_walk_in
from app.participants.queries import bodies
from app.participants.queries.places import category_codes

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting


@pages.get("/meetings/<slug>/manage/door/walk-in")
@access("participants.walk_in")
def walk_in(meeting: Meeting) -> str:
    """The four fields; a name searched for in vain is there already."""
    form = WalkInForm(formdata=None, categories=category_codes(meeting))
    form.name.data = request.args.get("name", "")[:160]
    return _page(desk_of(meeting), form)


def _page(desk: Desk, form: WalkInForm) -> str:
    return render_template(
        "attendance/walk_in.html", meeting=desk.meeting, section="door", desk=desk, form=form, wording=wording
    )


@pages.post("/meetings/<slug>/manage/door/walk-in")
@access("participants.walk_in", writes=True)
@idempotent
def add_walk_in(meeting: Meeting) -> AnyResponse | tuple[str, int]:
    """Register and check in as one act; whoever is registered already is only checked in."""
    desk, form = desk_of(meeting), WalkInForm(categories=category_codes(meeting))
    actor, clock = current_actor(), current_clock()
    if not form.validate():
        return _page(desk, form), 422
    try:
        made = register_walk_in(meeting=meeting, details=form.details(bodies.resolve), actor=actor, clock=clock)
    except Refusal as refusal:
        form.attach(refusal)
        return _page(desk, form), 422
    scan = by_hand(
        list_key=desk.chosen.key, code=made.participant.code, gate=desk.gate, forced=False,
        device_id=f"{actor.kind}:{actor.id}", clock=clock,
    )  # fmt: skip
    check_in(meeting=meeting, scans=[scan], actor=actor, clock=clock)
    return redirect(desk.url(scan=scan.scan_id), 303)
