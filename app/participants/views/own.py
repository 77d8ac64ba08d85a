"""One's own page by the link in the mail: see, change, send somebody, withdraw, take data away, erase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t
from app.paper.qr import qr_svg
from app.participants import rules
from app.participants.actions import changing, deciding, delegating, erasing
from app.participants.calendars import own_calendar
from app.participants.exports import personal
from app.participants.forms.fields import moved
from app.participants.forms.own import AskForm, ChangeForm, DelegateForm, ReasonForm
from app.participants.mails import code_shown
from app.participants.next_steps import next_steps
from app.participants.privacy import LAW
from app.participants.queries import bodies, links, people, places
from app.participants.states import Status
from app.participants.views import pages

if TYPE_CHECKING:
    from app.participants.loaders import Participant


@pages.get("/r/<participant_token>")
@access("participants.own")
def own(participant: Participant) -> str:
    """The confirmation, at an address that stays: code, QR, calendar, what comes next, what may still be done."""
    meeting = participant.meeting
    code = code_shown(participant.code)
    delegate = people.delegate_of(participant) if participant.status == Status.REPRESENTED else None
    return render_template(
        "participants/own.html", meeting=meeting, participant=participant, token=links.participant_token(participant),
        code=code, qr=qr_svg(links.badge_token(participant), t.plain("a11y.qr", code=code)), delegate=delegate,
        rank=places.waiting_place(participant), steps=next_steps(participant, meeting),
        may_change=rules.may_change(participant, meeting), may_delegate=rules.may_delegate(participant, meeting),
        may_withdraw=rules.may_withdraw(participant, meeting),
        may_return=delegate is not None and meeting.phase in rules.BEFORE,
    )  # fmt: skip


@pages.get("/r/<participant_token>/calendar.ics")
@access("participants.own")
def own_calendar_file(participant: Participant) -> Response:
    """The meeting for one's own calendar; after a cancellation the file takes it out again."""
    content = own_calendar(participant, current_clock())
    return files.attachment(content, "text/calendar; charset=utf-8", f"{participant.meeting.slug}.ics")


@pages.route("/r/<participant_token>/change", methods=["GET", "POST"])
@access("participants.own", writes=True)
@idempotent
def own_change(participant: Participant) -> Any:
    """Change what the registration says, until the meeting begins."""
    meeting = participant.meeting
    if not rules.may_change(participant, meeting):
        return _too_late(participant, t("participants.change_own"))
    form = ChangeForm(categories=places.category_codes(meeting), data=_said(participant))
    offers = {offer.workshop.id: offer for offer in places.workshop_offers(meeting)}
    form.order_wishes(list(offers))
    status = 200
    if form.is_submitted():
        status = 422
        if _reordered(form):
            status = 200
        elif form.check(bodies.resolve):
            try:
                changing.change(
                    participant=participant, details=form.whole(), actor=current_actor(), clock=current_clock()
                )
                return _back(participant)
            except Refusal as refusal:
                form.attach(refusal)
    page = render_template(
        "participants/own_change.html", meeting=meeting, participant=participant, form=form, offers=offers,
        back=_own_url(participant),
    )  # fmt: skip
    return page, status


def _too_late(participant: Participant, heading: str) -> str:
    """In place of the form once its time is over: why, and the way on. What is sent all the same is refused."""
    refusal = Refusal("too_late_by_link")
    if request.method == "POST":
        raise refusal
    return render_template(
        "participants/own_late.html", meeting=participant.meeting, heading=heading, refusal=refusal,
        back=_own_url(participant),
    )  # fmt: skip


@pages.route("/r/<participant_token>/delegate", methods=["GET", "POST"])
@access("participants.own", writes=True)
@idempotent
def own_delegate(participant: Participant) -> Any:
    """Send somebody in one's place; both are told by mail."""
    meeting = participant.meeting
    if not rules.may_delegate(participant, meeting):
        return _too_late(participant, t("form.delegate.label"))
    form = DelegateForm(categories=places.category_codes(meeting), data={"language": participant.language,
                                                                         "category": participant.category})  # fmt: skip
    if form.is_submitted() and form.check():
        details = form.of_body(participant.body, participant.body_text, wishes=_wishes(participant))
        try:
            delegating.delegate(titular=participant, details=details, actor=current_actor(), clock=current_clock())
            return _back(participant)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template(
        "participants/own_delegate.html", meeting=meeting, participant=participant, form=form,
        back=_own_url(participant),
    )  # fmt: skip
    return page, 422 if form.bad else 200


@pages.route("/r/<participant_token>/return", methods=["GET", "POST"])
@access("participants.own", writes=True)
@idempotent
def own_return(participant: Participant) -> Any:
    """Come oneself after all; the delegate is told."""
    form = AskForm()
    if form.is_submitted():
        delegating.come_after_all(titular=participant, actor=current_actor(), clock=current_clock())
        return _back(participant)
    delegate = people.delegate_of(participant)
    if delegate is None:
        return _back(participant)
    return _ask(participant, form, t.page("participants.ask_return"),
                t.page("participants.ask_return_then", name=delegate.name), t("participants.return_own"))  # fmt: skip


@pages.route("/r/<participant_token>/withdraw", methods=["GET", "POST"])
@access("participants.own", writes=True)
@idempotent
def own_withdraw(participant: Participant) -> Any:
    """Cancel one's own registration; the place goes to the first who waits."""
    form = ReasonForm()
    if form.is_submitted() and form.reason.validate(form):
        deciding.withdraw(participant=participant, actor=current_actor(), clock=current_clock(),
                          reason=form.reason.data or "")  # fmt: skip
        return _back(participant)
    return _ask(participant, form, t.page("participants.ask_withdraw"), t.page("participants.ask_withdraw_then"),
                t("action.cancel_registration"), kind="stop")  # fmt: skip


@pages.get("/r/<participant_token>/data")
@access("participants.own")
def own_data(participant: Participant) -> str:
    """What is kept, why, how long, and the two rights that a button exercises."""
    return render_template(
        "participants/own_data.html", meeting=participant.meeting, participant=participant,
        token=links.participant_token(participant), back=_own_url(participant),
        law=LAW.get(current_language(), LAW["fr"]),
    )  # fmt: skip


@pages.get("/r/<participant_token>/data.json")
@access("participants.own")
def own_data_file(participant: Participant) -> Response:
    """Everything that is kept about the person, as a file."""
    return files.attachment(personal(participant), "application/json", f"{participant.meeting.slug}-data.json")


@pages.route("/r/<participant_token>/erase", methods=["GET", "POST"])
@access("participants.own", writes=True)
@idempotent
def own_erase(participant: Participant) -> Any:
    """Erase one's data for good (law 09-08); the link is void afterwards."""
    form = AskForm()
    if form.is_submitted():
        erasing.erase(participant=participant, actor=current_actor(), clock=current_clock())
        return render_template("participants/erased.html", meeting=participant.meeting)
    return _ask(participant, form, t.page("participants.ask_erase"), t.page("participants.ask_erase_then"),
                t("participants.erase"), kind="stop")  # fmt: skip


def _ask(participant: Participant, form: Any, question: str, then: str, act: str, *, kind: str = "main") -> str:
    return render_template(
        "participants/own_ask.html", meeting=participant.meeting, participant=participant, form=form,
        question=question, consequence=then, act=act, kind=kind, back=_own_url(participant),
    )  # fmt: skip


def _own_url(participant: Participant) -> str:
    return url_for(".own", participant_token=links.participant_token(participant))


def _back(participant: Participant) -> AnyResponse:
    return redirect(_own_url(participant), 303)


def _wishes(participant: Participant) -> tuple[str, ...]:
    return tuple(wish.workshop_id for wish in participant.wishes)


def _said(participant: Participant) -> dict[str, Any]:
    """What the registration says, as the form shows it."""
    wishes = list(_wishes(participant))
    body = participant.body
    return {
        "name": participant.name, "name_latin": participant.name_latin if participant.name_ar else "",
        "address_form": participant.address_form or "", "rank": participant.rank, "language": participant.language,
        "category": participant.category, "body": body.name_ar if body else participant.body_text,
        "body_id": body.id if body else "-", "post": participant.post, "email": participant.email,
        "phone": participant.phone, "wishes": wishes, "any_workshop": not wishes, "needs": participant.needs,
        "image_consent": participant.image_consent,
    }  # fmt: skip


def _reordered(form: ChangeForm) -> bool:
    order = moved(form.wishes.data, request.form, "wishes")
    if order is not None:
        form.wishes.data = order
    return order is not None
