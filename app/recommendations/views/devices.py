"""The browsers that may write in a workshop for 72 hours, and taking that right back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from app.accounts.actions import revoke_device
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.forms import Form
from app.kernel.idempotency import idempotent
from app.recommendations import queries
from app.recommendations.views import pages
from app.recommendations.views.acts import address
from app.recommendations.views.capture import PLACE

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop


@pages.get(f"{PLACE}/devices")
@access("recommendations.capture")
def devices(meeting: Meeting, workshop: Workshop) -> str:
    """The devices of the workshop, the last lent first."""
    return render_template("recommendations/devices.html", meeting=meeting, workshop=workshop, form=Form(),
                           rows=queries.devices_of(workshop), now=current_clock().real_now())  # fmt: skip


@pages.post(f"{PLACE}/devices")
@access("recommendations.capture", writes=True)
@idempotent
def revoke(meeting: Meeting, workshop: Workshop) -> Response:
    """Take one device's right back; what it holds stays on it until somebody signs in there."""
    wanted = request.form.get("device", "")
    device = next((one for one in queries.devices_of(workshop) if one.id == wanted), None)
    if device is None:
        raise Refusal("choice")
    if device.revoked_at is None:
        revoke_device(device=device, meeting=meeting, actor=current_actor(), clock=current_clock())
    return redirect(address("devices", meeting, workshop), 303)
