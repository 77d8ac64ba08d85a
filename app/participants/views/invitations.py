"""The organiser's invitations: prepare for bodies and people, send, remind, print, follow what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t
from app.participants import letters
from app.participants.actions import inviting
from app.participants.forms.inviting import InvitePersonForm, OfferForm
from app.participants.forms.own import AskForm
from app.participants.queries import bodies, invitations, links, places
from app.participants.views import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.meetings.loaders import Meeting
    from app.participants.loaders import Invitation
    from app.participants.queries.invitations import Listed


@pages.get("/meetings/<slug>/manage/invitations", endpoint="invitations")
@access("participants.invite")
def invitation_list(meeting: Meeting) -> str:
    """Every invitation with what became of it; the state wanted stands in the address."""
    rows = invitations.listed(meeting)
    wanted = request.args.get("state", "")
    counts = {state: sum(1 for row in rows if row.state == state) for state in invitations.STATES}
    shown = [row for row in rows if not wanted or row.state == wanted]
    return render_template(
        "participants/invitations.html", meeting=meeting, section="invitations", rows=shown, total=len(rows),
        counts=counts, wanted=wanted, seats=sum(row.seats for row in rows), used=sum(row.used for row in rows),
        missing=len(invitations.uninvited_communes(meeting, current_clock().today(meeting.zone))), form=AskForm(),
    )  # fmt: skip


@pages.route("/meetings/<slug>/manage/invitations/new", methods=["GET", "POST"])
@access("participants.invite", writes=True)
@idempotent
def invite(meeting: Meeting) -> Any:
    """Offer seats to every target commune without an invitation, or to one body."""
    form = OfferForm(categories=places.category_codes(meeting), data={"seats": {"president": 1, "elected": 1},
                                                                      "whom": request.args.get("whom", "communes"),
                                                                      "language": current_language()})  # fmt: skip
    missing = invitations.uninvited_communes(meeting, current_clock().today(meeting.zone))
    if form.is_submitted() and form.check(bodies.resolve):
        try:
            count = _invite(meeting, form)
            flash(t.plain("participants.prepared", count=count), "success")
            return _to_list(meeting)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template(
        "participants/invite.html", meeting=meeting, section="invitations", form=form, missing=len(missing)
    )
    return page, 422 if form.bad else 200


@pages.route("/meetings/<slug>/manage/invitations/person", methods=["GET", "POST"])
@access("participants.invite", writes=True)
@idempotent
def invite_person(meeting: Meeting) -> Any:
    """Invite one person by name."""
    form = InvitePersonForm(categories=places.category_codes(meeting), data={"language": current_language()})
    if form.is_submitted() and form.check(bodies.resolve):
        try:
            inviting.invite_person(
                meeting=meeting, details=form.details(), offer=form.offer(), actor=current_actor(),
                clock=current_clock(),
            )  # fmt: skip
            flash(t.plain("participants.prepared", count=1), "success")
            return _to_list(meeting)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template("participants/invite_person.html", meeting=meeting, section="invitations", form=form)
    return page, 422 if form.bad else 200


@pages.route("/meetings/<slug>/manage/invitations/<invitation_id>", methods=["GET", "POST"])
@access("participants.invite", writes=True)
@idempotent
def invitation(meeting: Meeting, invitation: Invitation) -> Any:
    """One invitation: its seats and names, its link, and what may be changed."""
    form = OfferForm(categories=places.category_codes(meeting), data={
        "seats": invitation.seats, "answer_before": invitation.answer_before, "person": invitation.person,
        "email": invitation.email, "phone": invitation.phone, "language": invitation.language})  # fmt: skip
    if form.is_submitted() and form.check(None):
        try:
            inviting.change_invitation(
                invitation=invitation, offer=form.offer(), actor=current_actor(), clock=current_clock()
            )
            flash(t.plain("participants.saved"), "success")
            return redirect(url_for(".invitation", slug=meeting.slug, invitation_id=invitation.id), 303)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template(
        "participants/invitation.html", meeting=meeting, section="invitations", invitation=invitation, form=form,
        people=invitations.named(invitation), link=links.seats_page(invitation),
    )  # fmt: skip
    return page, 422 if form.bad else 200


@pages.route("/meetings/<slug>/manage/invitations/<invitation_id>/withdraw", methods=["GET", "POST"])
@access("participants.invite", writes=True)
@idempotent
def invitation_withdraw(meeting: Meeting, invitation: Invitation) -> Any:
    """Take an invitation back; its link and code are void."""
    form = AskForm()
    if form.is_submitted():
        inviting.withdraw_invitation(invitation=invitation, actor=current_actor(), clock=current_clock())
        return _to_list(meeting)
    return render_template(
        "participants/ask.html", meeting=meeting, section="invitations", form=form, kind="stop",
        question=t.page("participants.ask_withdraw_invitation"),
        consequence=t.page("participants.ask_withdraw_invitation_then"), act=t("participants.withdraw_invitation"),
        back=url_for(".invitation", slug=meeting.slug, invitation_id=invitation.id), fields=[],
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/invitations/send")
@access("participants.invite", writes=True)
@idempotent
def invitations_send(meeting: Meeting) -> Any:
    """Send or remind the invitations chosen: first the question with the number of mails, then the act."""
    act = "remind" if request.form.get("act") == "remind" else "send"
    chosen = _chosen(meeting, request.form.getlist("id"))
    due = [row for row in chosen if _due(row, act)]
    if request.form.get("sure") != "yes":
        return render_template(
            "participants/ask.html", meeting=meeting, section="invitations", form=AskForm(), kind="main",
            question=t.page("confirm.send_mail", count=sum(1 for row in due if row.invitation.email)),
            consequence=t.page("participants.without_mail", count=sum(1 for row in due if not row.invitation.email)),
            act=t(f"participants.act.{act}"), back=url_for(".invitations", slug=meeting.slug),
            fields=[("act", act), ("sure", "yes"), *(("id", row.invitation.id) for row in due)],
        )  # fmt: skip
    doing = inviting.remind if act == "remind" else inviting.send
    count = doing(
        invitations=[row.invitation for row in due], meeting=meeting, actor=current_actor(), clock=current_clock()
    )
    flash(t.plain("confirm.send_mail", count=count), "success")
    return _to_list(meeting)


@pages.get("/meetings/<slug>/manage/invitations/letters.pdf")
@access("participants.invite")
def invitation_letters(meeting: Meeting) -> Response:
    """The letters of the invitations chosen, each with its code and QR code, in one file for the printer."""
    rows = [row for row in _chosen(meeting, request.args.getlist("id")) if row.invitation.withdrawn_at is None]
    content = letters.letters(meeting, [row.invitation for row in rows], current_clock())
    return files.attachment(content, "application/pdf", f"{meeting.slug}-letters.pdf")


def _invite(meeting: Meeting, form: OfferForm) -> int:
    actor, clock = current_actor(), current_clock()
    if form.whom.data == "body":
        inviting.invite_body(meeting=meeting, body=form.found_body, offer=form.offer(), actor=actor, clock=clock)
        return 1
    return len(inviting.invite_communes(meeting=meeting, offer=form.offer(), actor=actor, clock=clock))


def _chosen(meeting: Meeting, ids: Sequence[str]) -> list[Listed]:
    rows = invitations.listed(meeting)
    return [row for row in rows if row.invitation.id in ids] if ids else rows


def _due(row: Listed, act: str) -> bool:
    if act == "remind":
        return row.state in {"sent", "opened", "partly"} and bool(row.invitation.email)
    return row.state == "prepared"


def _to_list(meeting: Meeting) -> Response:
    return redirect(url_for(".invitations", slug=meeting.slug), 303)
