"""One person for the organiser: the panel beside the list, the page, changes, decisions, duplicates, merge."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace as with_changes
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t
from app.participants import hooks
from app.participants.actions import changing, deciding, delegating, erasing, merging, registering
from app.participants.actions.filling import details_of, snapshot
from app.participants.forms.own import AskForm, DelegateForm
from app.participants.forms.people import DecideForm, MergeForm, OrganiserForm
from app.participants.mails import code_shown
from app.participants.queries import bodies, duplicates, people, places
from app.participants.states import MOVES, Status
from app.participants.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.participants.loaders import Participant

MERGED = ("name_ar", "name_latin", "name_zgh", "address_form", "honorific", "rank", "post", "category", "precedence",
          "body", "email", "phone", "language", "needs", "wishes")  # fmt: skip
DECISIONS = {"confirm": Status.CONFIRMED, "decline": Status.DECLINED, "cancel": Status.CANCELLED}


@pages.get("/meetings/<slug>/manage/participants/<participant_id>")
@access("participants.view")
def person(meeting: Meeting, participant: Participant) -> str:
    """Everything about one person, with what happened; beside the list when the list asks for it."""
    panel = request.headers.get("HX-Target") == "side"
    name = "participants/person_panel.html" if panel else "participants/person.html"
    return render_template(name, meeting=meeting, section="people", **_of(meeting, participant))


def _of(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    doubles = duplicates.pairs_of(meeting, participant)
    others = {one.id: one for one in people.by_ids(meeting, {i for pair in doubles for i in (pair.first, pair.second)})}
    moves = [act for act, aim in DECISIONS.items() if aim in MOVES[Status(participant.status)]]
    return {
        "participant": participant, "code": code_shown(participant.code), "history": people.history(participant),
        "rank": places.waiting_place(participant), "facts": hooks.facts(meeting, participant),
        "delegate": people.delegate_of(participant) if participant.status == Status.REPRESENTED else None,
        "doubles": [(others[pair.second if pair.first == participant.id else pair.first], pair.reasons)
                    for pair in doubles],
        "moves": moves, "may_delegate": participant.holds_seat and participant.titular_id is None, "form": AskForm(),
    }  # fmt: skip


@pages.route("/meetings/<slug>/manage/participants/new", methods=["GET", "POST"])
@access("participants.edit", writes=True)
@idempotent
def person_new(meeting: Meeting) -> Any:
    """Write somebody into the list by hand."""
    form = _form(meeting, {"language": current_language(), "any_workshop": True})
    if form.is_submitted() and form.check(bodies.resolve):
        try:
            made = registering.add(meeting=meeting, details=form.whole(), actor=current_actor(), clock=current_clock())
            if made.repeated:
                raise Refusal("same_person", field="name")
            return _to(meeting, made.participant)
        except Refusal as refusal:
            form.attach(refusal)
    return _edit_page(meeting, form, None)


@pages.route("/meetings/<slug>/manage/participants/<participant_id>/edit", methods=["GET", "POST"])
@access("participants.edit", writes=True)
@idempotent
def person_edit(meeting: Meeting, participant: Participant) -> Any:
    """Change what is written about somebody."""
    form = _form(meeting, _said(participant))
    if form.is_submitted() and form.check(bodies.resolve):
        kept = {"other_phones": participant.other_phones, "image_consent": participant.image_consent}
        try:
            changing.change(participant=participant, details=form.whole(**kept), actor=current_actor(),
                            clock=current_clock())  # fmt: skip
            return _to(meeting, participant)
        except Refusal as refusal:
            form.attach(refusal)
    return _edit_page(meeting, form, participant)


@pages.route("/meetings/<slug>/manage/participants/<participant_id>/<any(confirm, decline, cancel):decision>",
             methods=["GET", "POST"])  # fmt: skip
@access("participants.edit", writes=True)
@idempotent
def person_decide(meeting: Meeting, participant: Participant, decision: str) -> Any:
    """Confirm, decline or cancel one person."""
    form: Any = AskForm() if decision == "confirm" else DecideForm()
    if form.is_submitted():
        if decision == "confirm":
            deciding.confirm(participant=participant, actor=current_actor(), clock=current_clock())
        else:
            doing = deciding.decline if decision == "decline" else deciding.cancel
            doing(participant=participant, actor=current_actor(), clock=current_clock(), reason=form.reason.data or "")
        return _to(meeting, participant)
    return _ask(meeting, participant, form, f"participants.ask.{decision}", t(f"participants.do.{decision}"),
                kind="main" if decision == "confirm" else "stop")  # fmt: skip


@pages.route("/meetings/<slug>/manage/participants/<participant_id>/delegate", methods=["GET", "POST"])
@access("participants.edit", writes=True)
@idempotent
def person_delegate(meeting: Meeting, participant: Participant) -> Any:
    """Write down who comes in somebody's place."""
    form = DelegateForm(categories=places.category_codes(meeting), data={"language": participant.language,
                                                                         "category": participant.category})  # fmt: skip
    if form.is_submitted() and form.check():
        details = form.of_body(participant.body, participant.body_text)
        try:
            made = delegating.delegate(titular=participant, details=details, actor=current_actor(),
                                       clock=current_clock())  # fmt: skip
            return _to(meeting, made)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template("participants/person_delegate.html", meeting=meeting, section="people", form=form,
                           participant=participant)  # fmt: skip
    return page, 422 if form.bad else 200


@pages.route("/meetings/<slug>/manage/participants/<participant_id>/erase", methods=["GET", "POST"])
@access("participants.edit", writes=True)
@idempotent
def person_erase(meeting: Meeting, participant: Participant) -> Any:
    """Erase somebody's data for good."""
    form = AskForm()
    if form.is_submitted():
        erasing.erase(participant=participant, actor=current_actor(), clock=current_clock())
        return redirect(url_for(".people", slug=meeting.slug), 303)
    return _ask(meeting, participant, form, "confirm.erase", t("participants.do.erase"), kind="stop")


@pages.get("/meetings/<slug>/manage/participants/duplicates")
@access("participants.view")
def doubles(meeting: Meeting) -> str:
    """Pairs that may be one person, with what speaks for it."""
    pairs = duplicates.pairs(meeting)
    known = {one.id: one for one in people.by_ids(meeting, {i for pair in pairs for i in (pair.first, pair.second)})}
    return render_template(
        "participants/doubles.html", meeting=meeting, section="people", form=AskForm(),
        pairs=[(known[pair.first], known[pair.second], pair.reasons) for pair in pairs],
    )  # fmt: skip


@pages.route("/meetings/<slug>/manage/participants/<participant_id>/merge/<other_id>", methods=["GET", "POST"])
@access("participants.edit", writes=True)
@idempotent
def person_merge(meeting: Meeting, participant: Participant, other_id: str) -> Any:
    """Compare two people field by field, then make them one."""
    gone = people.find(meeting, other_id)
    if gone is None or gone.id == participant.id:
        raise NotFound
    mine, theirs = snapshot(participant), snapshot(gone)
    differing = [name for name in MERGED if (mine[name] or "") != (theirs[name] or "")]
    form = MergeForm(fields=differing)
    if form.is_submitted():
        details = _merged(participant, gone, form.chosen(request.form))
        merging.merge(kept=participant, gone=gone, details=details, actor=current_actor(), clock=current_clock())
        flash(t.plain("participants.merged"), "success")
        return _to(meeting, participant)
    rows = [(name, mine[name], theirs[name], "kept" if mine[name] else "gone") for name in differing]
    titles = {workshop.id: workshop for workshop in places.workshops(meeting)}
    return render_template("participants/merge.html", meeting=meeting, section="people", form=form, kept=participant,
                           gone=gone, rows=rows, workshops=titles)  # fmt: skip


@pages.post("/meetings/<slug>/manage/participants/<participant_id>/apart/<other_id>")
@access("participants.edit", writes=True)
@idempotent
def person_apart(meeting: Meeting, participant: Participant, other_id: str) -> Response:
    """Say that two people are two."""
    other = people.find(meeting, other_id)
    if other is None:
        raise NotFound
    merging.keep_apart(one=participant, two=other, actor=current_actor(), clock=current_clock())
    return redirect(url_for(".doubles", slug=meeting.slug), 303)


def _merged(kept: Participant, gone: Participant, sides: dict[str, str]) -> Any:
    ours, theirs = details_of(kept), details_of(gone)
    known = {one.name for one in fields_of(ours)}
    taken = {name: getattr(theirs, name) for name, side in sides.items() if side == "gone" and name in known}
    name = {part: getattr(theirs.name if sides.get(f"name_{part}") == "gone" else ours.name, part)
            for part in ("ar", "latin", "zgh")}  # fmt: skip
    if sides.get("body") == "gone":
        taken["body_text"] = theirs.body_text
    phones = [phone for phone in (ours.phone, theirs.phone, *ours.other_phones, *theirs.other_phones) if phone]
    main = taken.get("phone", ours.phone)
    others = tuple(phone for phone in dict.fromkeys(phones) if phone != main)
    return with_changes(ours, name=with_changes(ours.name, **name), other_phones=others, **taken)


def _form(meeting: Meeting, said: dict[str, Any]) -> OrganiserForm:
    form = OrganiserForm(categories=places.category_codes(meeting), data=said)
    form.order_wishes([workshop.id for workshop in places.workshops(meeting)])
    return form


def _said(participant: Participant) -> dict[str, Any]:
    wishes = [wish.workshop_id for wish in participant.wishes]
    body = participant.body
    return {
        "name": participant.name, "name_latin": participant.name_latin if participant.name != participant.name_latin
        else "", "address_form": participant.address_form or "", "honorific": participant.honorific,
        "rank": participant.rank, "post": participant.post, "language": participant.language,
        "category": participant.category, "precedence": "" if participant.precedence is None
        else str(participant.precedence), "body": body.name_ar if body else participant.body_text,
        "body_id": body.id if body else "-", "email": participant.email, "phone": participant.phone,
        "wishes": wishes, "any_workshop": not wishes, "needs": participant.needs,
    }  # fmt: skip


def _edit_page(meeting: Meeting, form: OrganiserForm, participant: Participant | None) -> tuple[str, int]:
    page = render_template(
        "participants/person_edit.html", meeting=meeting, section="people", form=form, participant=participant,
        offers={offer.workshop.id: offer for offer in places.workshop_offers(meeting)},
    )  # fmt: skip
    return page, 422 if form.bad else 200


def _ask(meeting: Meeting, participant: Participant, form: Any, words: str, act: str, *, kind: str) -> str:
    return render_template(
        "participants/ask.html", meeting=meeting, section="people", form=form, kind=kind, fields=[],
        question=t.page(words, name=participant.name), consequence=None, act=act,
        back=url_for(".person", slug=meeting.slug, participant_id=participant.id),
    )  # fmt: skip


def _to(meeting: Meeting, participant: Participant) -> Response:
    return redirect(url_for(".person", slug=meeting.slug, participant_id=participant.id), 303)
