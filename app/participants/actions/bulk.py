"""One decision for many people: who would be hit, the act, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.participants.actions import changing, deciding
from app.participants.actions.places import give_back, take_place
from app.participants.models import Participant
from app.participants.queries.people import by_ids
from app.participants.states import MOVES, SEATED, Status

ACTS = ("confirm", "decline", "cancel", "category")
AIMS = {"confirm": Status.CONFIRMED, "decline": Status.DECLINED, "cancel": Status.CANCELLED}


@dataclass(frozen=True)
class Step:
    """What one person was before the act: enough to go back."""

    ident: str
    before: str


def hit(act: str, people: Sequence[Participant], category: str = "") -> tuple[list[Participant], list[Participant]]:
    """Who the act would change, and who it would leave as they are."""
    changed = [person for person in people if _concerns(act, person, category)]
    return changed, [person for person in people if person not in changed]


def run(
    *, act: str, people: Sequence[Participant], meeting: Meeting, actor: Actor, clock: Clock, category: str = ""
) -> list[Step]:
    """Do the act to everybody it concerns, as if one by one; gives the way back. Refuses with `choice`."""
    require(actor, "participants.edit", meeting)
    if act not in ACTS:
        raise Refusal("choice")
    steps = []
    for person in hit(act, people, category)[0]:
        steps.append(Step(person.id, person.category if act == "category" else person.status))
        if act == "category":
            changing.set_category(participant=person, category=category, actor=actor, clock=clock)
        else:
            doing = {"confirm": deciding.confirm, "decline": deciding.decline, "cancel": deciding.cancel}[act]
            doing(participant=person, actor=actor, clock=clock)
    return steps


def undo(*, act: str, steps: Sequence[Step], meeting: Meeting, actor: Actor, clock: Clock) -> int:
    """Go back: categories and states are as before, as far as nobody changed them since and places are left.

    Whoever had a seat that was given to somebody else meanwhile waits for the next. Gives how many people it was.
    """
    require(actor, "participants.edit", meeting)
    before = {step.ident: step.before for step in steps}
    people = by_ids(meeting, before)
    for person in people:
        if act == "category":
            changing.set_category(participant=person, category=before[person.id], actor=actor, clock=clock)
        elif act == "confirm":
            _back_from_confirmed(person, Status(before[person.id]), actor, clock)
        elif person.status == AIMS[act]:
            deciding.restore(participant=person, status=Status(before[person.id]), actor=actor, clock=clock)
    return len(people)


def _concerns(act: str, person: Participant, category: str) -> bool:
    if act == "category":
        return bool(category) and person.category != category
    aim = AIMS[act]
    return person.status != aim and aim in MOVES[Status(person.status)] and person.erased_at is None


def _back_from_confirmed(person: Participant, before: Status, actor: Actor, clock: Clock) -> None:
    if before in SEATED:
        deciding.restore(participant=person, status=before, actor=actor, clock=clock)
    elif person.status in (Status.CONFIRMED, Status.WAITLISTED):
        give_back(person)
        person.waiting_rank = None
        if before == Status.WAITLISTED:
            person.waiting_rank = take_place(person.meeting)
            person.holds_seat = person.waiting_rank is None
            before = Status.CONFIRMED if person.holds_seat else before
        deciding.restore(participant=person, status=before, actor=actor, clock=clock)
