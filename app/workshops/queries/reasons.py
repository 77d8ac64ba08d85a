"""Why somebody is where they are, and what breaks the rules, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.kernel.languages import list_join, t
from app.meetings.models import Meeting
from app.meetings.queries import workshops as all_workshops
from app.participants.models import Participant
from app.workshops import solver
from app.workshops.queries import instance as instances
from app.workshops.solver.explaining import explain_checked

GOOD = {"wish", "locked", "no_wishes", "together"}
WAYS = {"exchange", "more_places", "relax_rule", "free"}


@dataclass(frozen=True)
class Reason:
    """One sentence of the explanation: what was got (`good`), what stood in the way, or a way to change it."""

    code: str
    text: str

    @property
    def kind(self) -> str:
        return "way" if self.code in WAYS else "good" if self.code in GOOD else "stop"


class Names:
    """Ids as people say them: a workshop by its number, a person by name."""

    def __init__(self, meeting: Meeting, people: list[Participant]) -> None:
        self.workshops = {row.id: row.position for row in all_workshops(meeting)}
        self.people = {one.id: one.name for one in people}

    def workshop(self, ident: str | None) -> str:
        """The short name of a workshop."""
        number = self.workshops.get(ident or "")
        return t.plain("meetings.workshop_n", number=number) if number is not None else ""

    def person(self, ident: str) -> str:
        return self.people.get(ident, "")


def explained(meeting: Meeting, participant: Participant) -> list[Reason]:
    """The reasons for somebody's places, slot by slot; the same data give the same reasons (ten queries)."""
    everybody = instances.people(meeting)
    asked = instances.build(meeting)
    plan = instances.plan_of(instances.seats(meeting))
    names = Names(meeting, everybody)
    reasons = explain_checked(solver.read_instance(asked), plan, participant.id)
    return [Reason(one["code"], sentence(one, names)) for one in reasons]


def sentence(reason: dict[str, Any], names: Names) -> str:
    """One reason in words."""
    values: dict[str, Any] = {key: value for key, value in reason.items() if key not in ("code", "slot", "cost")}
    if "workshop" in values:
        values["workshop"] = names.workshop(values["workshop"])
    if "person" in values:
        values["person"] = names.person(values["person"])
    if "from" in values:
        values["person"] = names.person(values.pop("from"))
    if "with" in values:
        values["people"] = list_join([names.person(one) for one in values.pop("with")])
    if "by" in values:
        values["by"] = t.plain(f"assign.by.{values['by']}")
    return t.plain(f"assign.reason.{reason['code']}", **values)


def rule_words(paths: list[str]) -> str:
    """The families of the rules named in a conflict, joined."""
    families = dict.fromkeys(path.split("[", 1)[0] for path in paths)
    known = [t.plain(f"assign.rule.{one}") for one in families if t.exists(f"assign.rule.{one}")]
    return list_join(known) if known else list_join(paths)


@dataclass(frozen=True)
class Offer:
    """A conflict in words, and the one act that ends it: a move, a calculation, or a page to go to."""

    text: str
    act: str
    participant: str = ""
    workshop: str = ""


def conflicts(meeting: Meeting, slot: str) -> list[Offer]:
    """What breaks a rule on the board as it is, each with an offer (nine queries)."""
    asked = instances.build(meeting)
    checked = solver.read_instance(asked)
    plan: instances.Plan = {one["id"]: {} for one in asked["participants"]}
    plan |= {ident: at for ident, at in instances.plan_of(instances.seats(meeting)).items() if ident in plan}
    names = Names(meeting, instances.people(meeting))
    found = [_offer(path, names) for path in solver.broken_rules(checked, plan)]
    return [one for one in found if one is not None]


def _offer(path: str, names: Names) -> Offer | None:
    family, _, rest = path.partition("[")
    ident = rest.split("]", 1)[0]
    if family in ("capacity", "min"):
        return Offer(t.plain(f"workshops.conflict.{family}", workshop=names.workshop(ident)), "solve")
    if family == "plan":
        return Offer(t.plain("workshops.conflict.not_held", name=names.person(ident)), "solve", participant=ident)
    key = f"workshops.conflict.{family}"
    return Offer(t.plain(key), "solve") if t.exists(key) else None
