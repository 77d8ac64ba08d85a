"""One's own answer to a seat that became free, by the link in the mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock, to_wall
from app.kernel.idempotency import new_key
from app.meetings.queries import workshops as all_workshops
from app.participants.queries import links
from app.workshops.actions import offers
from app.workshops.views import pages

if TYPE_CHECKING:
    from app.participants.loaders import Participant
    from app.workshops.loaders import SeatOffer


@pages.get("/r/<participant_token>/seat/<offer_id>")
@access("workshops.own")
def seat(participant: Participant, offer: SeatOffer) -> str:
    """The question: move to the workshop where a seat is free, or stay."""
    meeting = participant.meeting
    workshop = next(row for row in all_workshops(meeting) if row.id == offer.workshop_id)
    return render_template(
        "workshops/seat.html", meeting=meeting, participant=participant, offer=offer, workshop=workshop, key=new_key(),
        token=links.participant_token(participant), until=to_wall(offer.until, meeting.zone),
        over=bool(offer.answer) or current_clock().now() >= offer.until,
    )  # fmt: skip


@pages.post("/r/<participant_token>/seat/<offer_id>")
@access("workshops.own", writes=True)
def answer_seat(participant: Participant, offer: SeatOffer) -> AnyResponse:
    """The answer; yes moves at once, no passes the seat on."""
    offers.answer(
        offer=offer, participant=participant, yes=request.form.get("answer") == "yes", actor=current_actor(),
        clock=current_clock(),
    )  # fmt: skip
    return redirect(
        url_for("workshops.seat", participant_token=links.participant_token(participant), offer_id=offer.id), 303
    )
