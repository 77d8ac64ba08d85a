"""Phones lent to the door: lent by a code to be scanned once, asked to leave, or shut out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.attendance.actions import devices as actions
from app.attendance.forms import LendForm
from app.attendance.queries import devices as queries
from app.attendance.views import pages
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.languages import current_language, t
from app.paper.qr import qr_svg
from app.participants.queries.links import address

if TYPE_CHECKING:
    from app.attendance.queries.devices import Lent
    from app.meetings.loaders import Meeting


@pages.get("/meetings/<slug>/manage/door/phones")
@access("attendance.lend")
def devices(meeting: Meeting) -> str:
    """The phones at the door: who speaks, who is silent, what each still holds."""
    return _page(meeting, LendForm(formdata=None))


def _page(meeting: Meeting, form: LendForm) -> str:
    return render_template(
        "attendance/phones.html", meeting=meeting, section="door", form=form,
        phones=queries.phones(meeting, current_clock()), now=current_clock().real_now(),
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/door/phones")
@access("attendance.lend", writes=True)
def lend_device(meeting: Meeting) -> str | tuple[str, int]:
    """Show the code that makes a phone the scanner of a gate; it is shown this once and spent by the first phone."""
    form = LendForm()
    if not form.validate():
        return _page(meeting, form), 422
    token, device = actions.lend(meeting=meeting, gate=form.gate.data, actor=current_actor(), clock=current_clock())
    link = address(current_language(), f"meetings/{meeting.slug}/door/scanner#{token}")
    return render_template(
        "attendance/lend.html", meeting=meeting, section="door", device=device, link=link,
        qr=qr_svg(link, t.plain("attendance.lend_code", gate=device.label)),
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/door/phones/<phone_id>/leave")
@access("attendance.lend", writes=True)
def dismiss_device(meeting: Meeting, phone: Lent) -> AnyResponse:
    """Ask a phone to hand in its scans and leave."""
    actions.ask_to_leave(meeting=meeting, device=phone.device, actor=current_actor(), clock=current_clock())
    return redirect(url_for("attendance.devices", slug=meeting.slug), 303)


@pages.post("/meetings/<slug>/manage/door/phones/<phone_id>/revoke")
@access("attendance.lend", writes=True)
def revoke_device(meeting: Meeting, phone: Lent) -> AnyResponse:
    """Shut a lost phone out at once."""
    actions.revoke(meeting=meeting, device=phone.device, actor=current_actor(), clock=current_clock())
    return redirect(url_for("attendance.devices", slug=meeting.slug), 303)
