"""Registration by the public: four steps without a session row, then one act that a repeat does not do twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for

from app.accounts.identity import origin
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language
from app.participants import rules
from app.participants.actions import asking, registering
from app.participants.forms.fields import moved
from app.participants.forms.finding import LostLinkForm
from app.participants.forms.registration import STEPS, RegistrationForm
from app.participants.privacy import LAW, privacy_version
from app.participants.queries import bodies, links, places
from app.participants.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting


@pages.get("/meetings/<slug>/register")
@access("participants.register")
def register(meeting: Meeting) -> str | tuple[str, int]:
    """The first step, or the sentence that says when registration opens or that it is closed."""
    try:
        rules.check_open(meeting, current_clock())
    except Refusal as refusal:
        return render_template("participants/closed.html", meeting=meeting, refusal=refusal)
    form = _form(meeting, language=current_language())
    return _step(meeting, form, "identity")


@pages.post("/meetings/<slug>/register")
@access("participants.register", shows=True)
def register_step(meeting: Meeting) -> Any:
    """Check the step that was sent and show the next one; what the others said comes along. Writes nothing."""
    rules.check_open(meeting, current_clock())
    form = _form(meeting)
    step = _known(request.form.get("step"))
    order = moved(form.wishes.data, request.form, "wishes")
    if order is not None:
        form.wishes.data = order
        return _step(meeting, form, "wishes")
    if wanted := request.form.get("to"):
        form.check_fields(("body",), bodies.resolve)
        form.body.errors = ()
        return _step(meeting, form, _known(wanted))
    fault = form.first_fault(step, bodies.resolve)
    if fault is not None:
        return _step(meeting, form, fault), 422
    onward = "check" if form.seen.data == "check" else STEPS[STEPS.index(step) + 1]
    # All steps up to this one were checked just now.
    fault = form.first_fault("wishes", bodies.resolve) if onward == "check" and step in STEPS[:2] else None
    return _step(meeting, form, fault or onward), 422 if fault else 200


@pages.post("/meetings/<slug>/register/send")
@access("participants.register", writes=True)
@idempotent
def register_send(meeting: Meeting) -> Any:
    """Register; the same form sent again is answered like the first time."""
    form = _form(meeting)
    fault = form.first_fault("check", bodies.resolve)
    if fault is not None:
        return _step(meeting, form, fault), 422
    try:
        made = registering.register(
            meeting=meeting, details=form.whole(), actor=current_actor(), clock=current_clock(),
            privacy_version=privacy_version(meeting),
        )  # fmt: skip
    except Refusal as refusal:
        form.attach(refusal)
        return _step(meeting, form, "check"), 422
    if made.repeated:
        asking.send_link_again(participant=made.participant, clock=current_clock())
        return redirect(url_for(".received", slug=meeting.slug), 303)
    return redirect(url_for(".own", participant_token=links.participant_token(made.participant)), 303)


@pages.get("/meetings/<slug>/register/received")
@access("participants.register")
def received(meeting: Meeting) -> str:
    """What somebody is told whose registration was there before: nothing about who is registered."""
    return render_template("participants/received.html", meeting=meeting)


@pages.route("/meetings/<slug>/lost-link", methods=["GET", "POST"])
@access("participants.register", writes=True)
def lost_link(meeting: Meeting) -> Any:
    """Send the links of an address to that address; the page says the same whether anybody is registered or not."""
    form = LostLinkForm()
    if request.method == "GET":
        return render_template("participants/lost_link.html", meeting=meeting, form=form)
    if not form.check():
        return render_template("participants/lost_link.html", meeting=meeting, form=form), 422
    try:
        asking.send_links_to(meeting=meeting, email=form.email.data, origin=origin(), clock=current_clock())
    except Refusal as refusal:
        form.attach(refusal)
        return render_template("participants/lost_link.html", meeting=meeting, form=form), 422
    return redirect(url_for(".received", slug=meeting.slug), 303)


def _form(meeting: Meeting, **data: Any) -> RegistrationForm:
    return RegistrationForm(categories=places.category_codes(meeting), data=data or None)


def _known(step: str | None) -> str:
    return step if step in STEPS else "identity"


def _step(meeting: Meeting, form: RegistrationForm, step: str) -> str:
    # Only the steps that show the workshops ask how many want each.
    offers = places.workshop_offers(meeting) if step in ("wishes", "check") else ()
    form.order_wishes([offer.workshop.id for offer in offers] or places.workshop_ids(meeting))
    if STEPS.index(step) > STEPS.index(_known(form.seen.data)):
        form.seen.data = step
    return render_template(
        "participants/register.html", meeting=meeting, form=form, step=step, steps=STEPS, at=STEPS.index(step) + 1,
        offers={offer.workshop.id: offer for offer in offers}, places=places.places(meeting),
        law=LAW.get(current_language(), LAW["fr"]), change_url=url_for(".register", slug=meeting.slug),
    )  # fmt: skip
