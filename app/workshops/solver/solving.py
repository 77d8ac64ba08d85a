"""From an instance to the answer of the contract (docs/assignment.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.workshops.solver.conflicts import conflict
from app.workshops.solver.contradictions import contradictions
from app.workshops.solver.engine import Budget
from app.workshops.solver.handout import Plan, hand_out
from app.workshops.solver.instance import COST_NOT_WISHED, Instance
from app.workshops.solver.levels import Level, Reached, reach
from app.workshops.solver.measure import broken_rules, score
from app.workshops.solver.model import Floats, Model, Region, build
from app.workshops.solver.reading import Conflict, Refused, read_instance
from app.workshops.solver.seating import seat, without_wishes
from app.workshops.solver.squares import square_level, with_steps

LEAST_SECONDS_TO_EXPLAIN = 10.0
"""What the search for the contradicting rules may take even when the limit is used up."""

MANY_COLUMNS = 50_000
"""From here on wishes are solved on the places that were wished, and the others are let in as they are needed."""


def solve(instance: dict[str, Any], *, seconds: float = 60, seed: int = 0) -> dict[str, Any]:
    """The best plan for this instance, proven where the time allows it.

    L1 people without a place, then L2 wishes, then L3 people of one commune in one workshop; never a worse earlier
    level for a better later one. The answer's `status`: `optimal`, `feasible` (the time ended; `bounds` say how much
    better a plan could be at most), `infeasible` or `refused` (both with `conflicts`). An optimal plan depends on the
    instance and the seed alone, not on the order of its lists. Touches nothing but its arguments.
    """
    budget = Budget(seconds)
    try:
        checked = read_instance(instance)
        found = contradictions(checked)
    except Refused as refused:
        return _without_plan("refused", refused.conflicts, budget)
    if found:
        return _without_plan("refused", found, budget)
    return _solve_checked(checked, budget, seed)


@dataclass
class _Run:
    """The best counts so far, what they are worth on each level tried, and what no plan can be better than."""

    values: Floats | None
    bounds: dict[str, int]
    reached: dict[str, int] = field(default_factory=dict)
    proven: bool = True
    infeasible: bool = False
    spoiled: bool = False
    """Rounding in the prices of one level left no plan for the next: to be run again with rows in their place."""


def _solve_checked(instance: Instance, budget: Budget, seed: int) -> dict[str, Any]:
    for strict in (False, True):
        model = build(instance)
        run = _levels(model, budget, seed, strict=strict)
        if run.infeasible:
            explaining = Budget(max(budget.left, LEAST_SECONDS_TO_EXPLAIN))
            return _without_plan("infeasible", [conflict(without_wishes(instance), explaining)], budget)
        if run.values is None:
            return _without_plan("refused", [_no_plan_in_time(budget)], budget)
        plan = hand_out(model, run.values, seed)
        levels = score(instance, plan)
        kept = all(levels[name] == value for name, value in run.reached.items())
        if kept and not run.spoiled:
            break
    if broken_rules(instance, plan):
        raise AssertionError(f"The plan breaks {broken_rules(instance, plan)}.")
    proven = kept and run.proven
    return _answer("optimal" if proven else "feasible", levels, run.bounds, budget, plan)


def _levels(model: Model, budget: Budget, seed: int, *, strict: bool) -> _Run:
    """Level by level on a region that shrinks; the first level that is not proven ends the run."""
    names = _names(model.instance)
    region = model.region
    run = _Run(None, dict.fromkeys(names, 0))
    for name in names:
        if name == "L1":
            reached = seat(model, budget, seed)
            run.infeasible = reached.infeasible
        else:
            level, values = _prepare(model, region, name, run.values)
            reached = reach(region, level, values, budget, seed, strict=strict)
        _take(run, name, reached)
        if not run.proven:
            break
    return run


def _take(run: _Run, name: str, reached: Reached) -> None:
    run.proven = reached.proven and not reached.infeasible
    run.spoiled = reached.infeasible
    if reached.values is not None:
        run.values = reached.values
        run.bounds[name] = max(0, reached.bound)
        run.reached[name] = reached.value


def _names(instance: Instance) -> list[str]:
    further = ["L4"] if instance.balance else []
    return ["L1", "L2", "L3", *further] + (["L5"] if instance.published is not None else [])


def _prepare(model: Model, region: Region, name: str, values: Floats | None) -> tuple[Level, Floats | None]:
    """The level over all columns of the region, and the best plan so far with the new columns filled in."""
    if name in ("L3", "L4"):
        level, steps = square_level(model, region, name, "commune" if name == "L3" else "category")
        return level, None if values is None else with_steps(values, steps, len(region.lower))
    cost, offset = (model.wish_cost.astype(float), 0) if name == "L2" else _moves(model)
    level = Level(name, np.concatenate([cost, np.zeros(len(region.lower) - len(cost))]), offset)
    if name == "L2" and len(cost) > MANY_COLUMNS:
        level.likely = model.wish_cost < COST_NOT_WISHED * model.weight
    return level, values


def _moves(model: Model) -> tuple[Floats, int]:
    """Places that differ from the published plan; who was told nothing yet is not counted."""
    told = model.instance.published or {}
    cost = np.zeros(len(model.block))
    for column, (index, number) in enumerate(zip(model.block.tolist(), model.place.tolist(), strict=True)):
        workshop, slot = model.places[number]
        published = [told[(p.id, slot)] for p in model.grouped.blocks[index].unit if (p.id, slot) in told]
        cost[column] = sum(before is None for before in published) - sum(before == workshop for before in published)
    return cost, sum(before is not None for before in told.values())


def _no_plan_in_time(budget: Budget) -> Conflict:
    message = f"No plan was found in {budget.seconds:g} seconds, and none was shown to be impossible. Give more time."
    return {"rules": ["seconds"], "message": message}


def _without_plan(status: str, conflicts: list[Conflict], budget: Budget) -> dict[str, Any]:
    nothing = {"L1": None, "L2": None, "L3": None}
    return {"status": status, **nothing, "bounds": {}, "seconds": _rounded(budget), "plan": {}, "conflicts": conflicts}


def _answer(status: str, levels: dict[str, int], bounds: dict[str, int], budget: Budget, plan: Plan) -> dict[str, Any]:
    return {
        "status": status,
        **levels,
        "bounds": bounds,
        "seconds": _rounded(budget),
        "plan": plan,
        "conflicts": [],
    }


def _rounded(budget: Budget) -> float:
    return round(budget.spent, 3)
