"""The board: columns, moves by hand, fixed places, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.languages import t
from app.meetings.queries import find_workshop
from app.meetings.queries import workshops as all_workshops
from app.participants.queries import people
from app.workshops.actions import groups, moves
from app.workshops.actions.publishing import untold
from app.workshops.forms import RuleForm
from app.workshops.queries import board as boards
from app.workshops.queries import instance, reasons, runs
from app.workshops.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.participants.loaders import Participant


@pages.get("/meetings/<slug>/manage/workshops")
@access("workshops.view")
def board(meeting: Meeting) -> str:
    """The board of a slot; a fragment of it for a script that has just moved a card."""
    return _board(meeting)


def _board(
    meeting: Meeting, *, done: Mapping[str, str] | None = None, form: RuleForm | None = None, refused: str = ""
) -> str:
    args = request.values
    found = boards.read_board(
        meeting, slot=args.get("slot", ""), words=args.get("q", "").strip()[:80], whole=args.get("whole", "")
    )
    if found is None:
        return render_template("workshops/no_sittings.html", meeting=meeting, section="workshops")
    fragment = request.headers.get("HX-Request") == "true"
    return render_template(
        "workshops/_board.html" if fragment else "workshops/board.html", meeting=meeting, section="workshops",
        board=found, run=runs.pending(meeting), moves=_pending_moves(meeting), refused=refused,
        done=_done(meeting, request.args if done is None else done, found.slot.id),
        conflicts=reasons.conflicts(meeting, found.slot.id) if found.placed else [], untold=_untold(meeting),
        form=form or RuleForm(formdata=None), rules=_rules(meeting),
        slot_tabs=_slot_tabs(meeting, found),
        by_key={"q": found.words, "slot": found.slot.id, "whole": args.get("whole", "")},
    )  # fmt: skip


def _slot_tabs(meeting: Meeting, found: boards.Board) -> list[tuple[str, str, bool]]:
    return [
        (
            t.plain("workshops.slot_n", number=number),
            url_for("workshops.board", slug=meeting.slug, slot=slot.id),
            slot.id == found.slot.id,
        )
        for number, slot in enumerate(found.slots, 1)
    ]


def _untold(meeting: Meeting) -> int:
    return len({seat.participant_id for seat in untold(meeting)})


def _pending_moves(meeting: Meeting) -> int | None:
    run = runs.pending(meeting)
    if run is None or not run.answer.get("plan"):
        return None
    return len({change.participant.id for change in runs.changes(meeting, run)})


def _rules(meeting: Meeting) -> list[dict[str, Any]]:
    names = {one.id: one.name for one in instance.people(meeting)}
    return [
        {"id": rule.id, "kind": rule.kind, "note": rule.note,
         "people": [names[one] for one in rule.participants if one in names]}
        for rule in instance.rules(meeting)
    ]  # fmt: skip


@pages.post("/meetings/<slug>/manage/workshops/move")
@access("workshops.assign", writes=True)
def move(meeting: Meeting) -> AnyResponse | str | tuple[str, int]:
    """Put one person into one workshop; the answer says so, and how to take it back."""
    form = request.form
    person = _person(meeting, form.get("participant", ""))
    code = form.get("workshop", "")
    workshop = find_workshop(meeting, code) if code else None
    if code and workshop is None:
        raise NotFound
    slot = form.get("slot", "")[:20]
    try:
        moved = moves.move(
            meeting=meeting, participant=person, slot=slot, workshop=workshop, actor=current_actor(),
            clock=current_clock(), lock=form.get("lock", "1") == "1",
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _board(meeting, refused=t.plain(refusal.key, **refusal.params)), 422
    done = {"moved": person.id, "was": _code(meeting, moved.before), "lock": "1" if moved.was_locked else "0"}
    if request.headers.get("HX-Request") == "true":
        return _board(meeting, done=done if moved.changed else {})
    more = {name: form[name] for name in ("q", "whole") if form.get(name)}
    values: dict[str, Any] = {"slug": meeting.slug, "slot": slot, **more, **done}
    return redirect(url_for("workshops.board", **values), 303)


def _done(meeting: Meeting, told: Mapping[str, str], slot: str) -> dict[str, str] | None:
    """The last move in words, and what takes it back."""
    person = people.find(meeting, told.get("moved", "")[:36])
    if person is None:
        return None
    at = moves.seat_of(person, slot)
    number = next((row.position for row in all_workshops(meeting) if at and row.id == at.workshop_id), None)
    name = t.plain("meetings.workshop_n", number=number) if number else t.plain("workshops.none")
    return {
        "said": t.plain("a11y.moved_to", name=person.name, workshop=name), "participant": person.id,
        "workshop": told.get("was", "")[:20], "lock": "1" if told.get("lock") == "1" else "0", "slot": slot,
    }  # fmt: skip


def _person(meeting: Meeting, ident: str) -> Participant:
    found = people.find(meeting, ident[:36])
    if found is None:
        raise Refusal("choice", field="participant")
    return found


def _code(meeting: Meeting, ident: str | None) -> str:
    return next((row.code for row in all_workshops(meeting) if row.id == ident), "")


@pages.post("/meetings/<slug>/manage/workshops/lock")
@access("workshops.assign", writes=True)
def lock(meeting: Meeting) -> str | AnyResponse:
    """Fix a place, or let calculations move it again."""
    form = request.form
    moves.set_lock(
        meeting=meeting, participant=_person(meeting, form.get("participant", "")), slot=form.get("slot", "")[:20],
        locked=form.get("locked") == "1", actor=current_actor(), clock=current_clock(),
    )  # fmt: skip
    return _board(meeting)


@pages.get("/meetings/<slug>/manage/workshops/why/<participant_id>")
@access("workshops.view")
def why(meeting: Meeting, participant: Participant) -> str:
    """Why somebody is there, and what would change it; a fragment for a script, else a page."""
    template = "workshops/_why.html" if request.headers.get("HX-Request") == "true" else "workshops/why.html"
    if participant.status != "confirmed":
        raise NotFound
    return render_template(
        template, meeting=meeting, section="workshops", participant=participant, slot=request.args.get("slot", ""),
        reasons=reasons.explained(meeting, participant), workshops=all_workshops(meeting),
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/workshops/rules")
@access("workshops.assign", writes=True)
def add_rule(meeting: Meeting) -> AnyResponse | tuple[str, int]:
    """Keep people together, or apart."""
    form = RuleForm()
    if form.validate():
        try:
            groups.add(
                meeting=meeting, kind=form.kind.data, codes=form.codes.data.replace("،", " ").replace(",", " ").split(),
                note=form.note.data or "", actor=current_actor(), clock=current_clock(),
            )  # fmt: skip
            return redirect(url_for("workshops.board", slug=meeting.slug, _anchor="rules"), 303)
        except Refusal as refusal:
            form.attach(refusal)
    return _board(meeting, form=form), 422


@pages.post("/meetings/<slug>/manage/workshops/rules/<rule_id>/remove")
@access("workshops.assign", writes=True)
def remove_rule(meeting: Meeting, rule_id: str) -> AnyResponse:
    """Drop a rule."""
    groups.remove(meeting=meeting, rule_id=rule_id[:36], actor=current_actor(), clock=current_clock())
    return redirect(url_for("workshops.board", slug=meeting.slug, _anchor="rules"), 303)
