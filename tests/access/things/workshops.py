"""Runs, rules and offered seats of both meetings."""

from __future__ import annotations

from datetime import timedelta

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.workshops.models import AssignmentRule, AssignmentRun, SeatOffer
from tests.conftest import NOON
from tests.world import World

ANSWER = {"status": "optimal", "L1": 0, "L2": 0, "L3": 0, "plan": {}, "conflicts": []}


def build(world: World) -> None:
    """One of each in both meetings, committed; people are there already (their room comes first by name)."""
    holders = {name: _holder(world, name) for name in ("agadir", "fes")}
    with transaction():
        for name in ("agadir", "fes"):
            meeting = world.things[name]
            run = AssignmentRun(meeting_id=meeting, state="done", instance={}, at=NOON, answer=ANSWER)
            rule = AssignmentRule(meeting_id=meeting, kind="apart", participants=[])
            offer = SeatOffer(meeting_id=meeting, participant_id=holders[name], rank=1, slot="P1", at=NOON,
                              workshop_id=world.things[f"{name}.W1"], until=NOON + timedelta(days=1))  # fmt: skip
            for key, row in (("run", run), ("rule", rule), ("offer", offer)):
                db.session.add(row)
                db.session.flush()
                world.things[f"{name}.{key}"] = row.id


def _holder(world: World, name: str) -> str:
    """Whose link the addresses carry."""
    from tests.participants.people import address_values

    return address_values(world, name)["participant_token"].split(".")[0]


def values(world: World, name: str) -> dict[str, str]:
    """A run, a rule and an offer of one meeting."""
    things = {"run_id": f"{name}.run", "rule_id": f"{name}.rule", "offer_id": f"{name}.offer"}
    return {key: world.things[thing] for key, thing in things.items()}
