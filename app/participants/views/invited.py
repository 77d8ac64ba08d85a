"""The page of whoever holds an invitation: a focal point with its seats, or one person who answers; and the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.identity import origin
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t
from app.participants import rules
from app.participants.actions import asking, inviting, naming
from app.participants.forms.finding import CodeForm
from app.participants.forms.own import AskForm, DelegateForm
from app.participants.privacy import LAW
from app.participants.queries import invitations, links
from app.participants.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.participants.loaders import Invitation, Participant


@pages.route("/meetings/<slug>/invitation", methods=["GET", "POST"])
@access("participants.register", writes=True)
def use_code(meeting: Meeting) -> Any:
    """From the code printed in a letter to the page of the invitation."""
    form = CodeForm()
    if form.is_submitted() and form.check():
        try:
            found = asking.open_by_code(meeting=meeting, code=form.code.data, origin=origin(), clock=current_clock())
            return redirect(url_for(".seats", invitation_token=links.invitation_token(found)), 303)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template("participants/use_code.html", meeting=meeting, form=form)
    return page, 422 if form.bad else 200


@pages.get("/i/<invitation_token>")
@access("participants.seats")
def seats(invitation: Invitation) -> str:
    """The seats of a body with their names, or the question to one person."""
    if invitation.kind == "person":
        return _person_page(invitation, _form(invitation, category=next(iter(invitation.seats), "")))
    people = invitations.named(invitation)
    groups = [
        {"category": code, "people": [one for one in people if one.category == code],
         "free": max(0, count - sum(1 for one in people if one.category == code))}
        for code, count in invitation.seats.items()
    ]  # fmt: skip
    return render_template(
        "participants/seats.html", meeting=invitation.meeting, invitation=invitation, groups=groups,
        token=links.invitation_token(invitation), refusal=_refusal(invitation), used=len(people),
        total=sum(invitation.seats.values()), law=LAW.get(current_language(), LAW["fr"]),
    )  # fmt: skip


@pages.post("/i/<invitation_token>/opened")
@access("participants.seats", writes=True)
def seats_opened(invitation: Invitation) -> Response:
    """Remember that the page was looked at; the page's script says so once."""
    inviting.note_opened(invitation=invitation, clock=current_clock())
    return Response(status=204)


@pages.route("/i/<invitation_token>/name", methods=["GET", "POST"])
@access("participants.seats", writes=True)
@idempotent
def seat_name(invitation: Invitation) -> Any:
    """Name somebody for a free seat."""
    form = _form(invitation, category=request.args.get("category", ""))
    if form.is_submitted() and form.check():
        try:
            naming.name_seat(
                invitation=invitation, details=form.of_body(invitation.body, ""), actor=current_actor(),
                clock=current_clock(),
            )  # fmt: skip
            return _back(invitation)
        except Refusal as refusal:
            form.attach(refusal)
    return _seat_page(invitation, form, None)


@pages.route("/i/<invitation_token>/seats/<seat_id>/replace", methods=["GET", "POST"])
@access("participants.seats", writes=True)
@idempotent
def seat_replace(invitation: Invitation, seat: Participant) -> Any:
    """Put another person on a named seat."""
    form = _form(invitation, category=seat.category)
    if form.is_submitted() and form.check():
        try:
            naming.replace_seat(
                invitation=invitation, leaving=seat, details=form.of_body(invitation.body, ""), actor=current_actor(),
                clock=current_clock(),
            )  # fmt: skip
            return _back(invitation)
        except Refusal as refusal:
            form.attach(refusal)
    return _seat_page(invitation, form, seat)


@pages.route("/i/<invitation_token>/seats/<seat_id>/withdraw", methods=["GET", "POST"])
@access("participants.seats", writes=True)
@idempotent
def seat_withdraw(invitation: Invitation, seat: Participant) -> Any:
    """Take back the name of a seat."""
    form = AskForm()
    if form.is_submitted():
        naming.take_back(invitation=invitation, leaving=seat, actor=current_actor(), clock=current_clock())
        return _back(invitation)
    return render_template(
        "participants/own_ask.html", meeting=invitation.meeting, form=form, kind="stop",
        question=t.page("participants.ask_seat", name=seat.name), consequence=t.page("participants.ask_seat_then"),
        act=t("participants.withdraw_seat"), back=_url(invitation),
    )  # fmt: skip


@pages.post("/i/<invitation_token>/answer")
@access("participants.seats", writes=True)
@idempotent
def answer(invitation: Invitation) -> Any:
    """The answer of somebody invited by name: yes with what the badge needs, or no."""
    if request.form.get("answer") == "no":
        naming.refuse(invitation=invitation, actor=current_actor(), clock=current_clock())
        return _back(invitation)
    form = _form(invitation)
    if form.check():
        try:
            person = naming.accept(
                invitation=invitation, details=form.of_body(invitation.body, ""), actor=current_actor(),
                clock=current_clock(),
            )  # fmt: skip
            return redirect(url_for(".own", participant_token=links.participant_token(person)), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return _person_page(invitation, form), 422


def _form(invitation: Invitation, **data: Any) -> DelegateForm:
    person = invitations.invited_person(invitation) if invitation.kind == "person" else None
    if person is not None:
        data |= {"name": person.name, "name_latin": person.name_latin if person.name_ar else "", "post": person.post,
                 "address_form": person.address_form or "", "email": person.email, "phone": person.phone}  # fmt: skip
    data.setdefault("language", invitation.language)
    return DelegateForm(categories=list(invitation.seats), data=data)


def _seat_page(invitation: Invitation, form: DelegateForm, seat: Participant | None) -> tuple[str, int]:
    page = render_template(
        "participants/seat_form.html", meeting=invitation.meeting, invitation=invitation, form=form, seat=seat,
        back=_url(invitation), refusal=_refusal(invitation), law=LAW.get(current_language(), LAW["fr"]),
    )  # fmt: skip
    return page, 422 if form.bad else 200


def _person_page(invitation: Invitation, form: DelegateForm) -> str:
    person = invitations.invited_person(invitation)
    return render_template(
        "participants/answer.html", meeting=invitation.meeting, invitation=invitation, form=form, person=person,
        token=links.invitation_token(invitation), refusal=_refusal(invitation),
        own_url=url_for(".own", participant_token=links.participant_token(person)) if person else "",
        law=LAW.get(current_language(), LAW["fr"]),
    )  # fmt: skip


def _refusal(invitation: Invitation) -> Refusal | None:
    """Why nothing can be changed any more, None while it can."""
    try:
        rules.check_answer_date(invitation, invitation.meeting, current_clock())
    except Refusal as refusal:
        return refusal
    return None


def _url(invitation: Invitation) -> str:
    return url_for(".seats", invitation_token=links.invitation_token(invitation))


def _back(invitation: Invitation) -> Response:
    return redirect(_url(invitation), 303)
