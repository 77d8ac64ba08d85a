"""Solves the levels one after the other; each is proven before the next is begun, and none gives back an earlier one.

After a level the region is narrowed to the plans that reach its optimum. Where the relaxation reaches it too, its dual
prices say which those are: a column with a price stays at its bound and a row with a price stays tight (complementary
slackness), which costs no row at all. Elsewhere the level becomes a row of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.workshops.solver.engine import WHOLE, Budget, Outcome, relax, solve_whole
from app.workshops.solver.model import Floats, Region
from app.workshops.solver.problem import Mask

NO_GAP = 1e-3
"""A relaxation this near to a whole-number optimum equals it; the values of a vertex differ by far more, or not."""


@dataclass
class Level:
    """One thing to make least: cost . columns, in whole numbers; what people call its value is
    `scale` times that, plus `offset`."""

    name: str
    cost: Floats
    offset: int = 0
    scale: int = 1
    likely: Mask | None = None
    """The columns a good plan is likely to use; only how fast the level is solved depends on them."""

    def value(self, values: Floats) -> int:
        """What these columns are worth on this level."""
        return round(float(self.cost @ values)) * self.scale + self.offset

    def bound(self, outcome_bound: float) -> int:
        """The bound of the search as a value of the level; a fraction above it is a whole one."""
        return int(np.ceil(outcome_bound - 1e-5)) * self.scale + self.offset


@dataclass
class Reached:
    """How far a level came. `values` is None only when nothing is known at all."""

    values: Floats | None
    value: int
    bound: int
    proven: bool
    infeasible: bool = False


def reach(region: Region, level: Level, start: Floats | None, budget: Budget, seed: int, *, strict: bool) -> Reached:
    """The optimum of the level within the region, which is narrowed to it when it is proven.

    `strict` also keeps the level as a row of its own, for the rare case that rounding spoiled the prices.
    """
    likely = level.likely if level.likely is None or start is None else level.likely | (start > 0)
    relaxed = relax(region, level.cost, budget, seed, None if start is None else likely)
    if relaxed.infeasible:
        return Reached(None, 0, 0, proven=True, infeasible=True)
    if relaxed.finished and relaxed.whole and relaxed.values is not None:
        return _proven(region, level, np.round(relaxed.values), relaxed, strict=strict)
    if likely is not None and start is not None and relaxed.finished and budget.left > 0:
        first = solve_whole(region, level.cost, budget.left, seed, start, among=likely)
        start, _, _ = _better(level, start, first, relaxed.bound)
    if start is not None and _no_better(level, start, relaxed.bound):
        return _proven(region, level, start, relaxed, strict=strict)
    best, bound, done = start, relaxed.bound, False
    if relaxed.finished and budget.left > 0:
        outcome = solve_whole(region, level.cost, budget.left, seed, start, among=_worth_trying(level, start, relaxed))
        if outcome.infeasible:
            return Reached(None, 0, 0, proven=True, infeasible=True)
        best, bound, done = _better(level, start, outcome, relaxed.bound)
    if best is None:
        return Reached(None, 0, 0, proven=False)
    if done:
        return _proven(region, level, best, relaxed, strict=strict)
    return Reached(best, level.value(best), level.bound(bound) if np.isfinite(bound) else 0, proven=False)


def _proven(region: Region, level: Level, best: Floats, relaxed: Outcome, *, strict: bool) -> Reached:
    narrow(region, level, best, relaxed, strict=strict)
    return Reached(best, level.value(best), level.value(best), proven=True)


def _no_better(level: Level, values: Floats, bound: float) -> bool:
    """Values are whole numbers, so a bound less than one below proves an optimum."""
    return float(level.cost @ values) < bound + 1 - 1e-5


def _worth_trying(level: Level, best: Floats | None, relaxed: Outcome) -> Mask | None:
    """The columns that can be in a plan as good as `best`: using one costs at least its price above the bound."""
    if best is None or relaxed.column_duals is None:
        return None
    worth: Mask = (relaxed.column_duals <= float(level.cost @ best) - relaxed.bound + WHOLE) | (best > 0)
    return worth


def _better(level: Level, start: Floats | None, outcome: Outcome, relaxed: float) -> tuple[Floats | None, float, bool]:
    best = start
    if outcome.values is not None:
        found = np.round(outcome.values)
        if start is None or level.cost @ found < level.cost @ start:
            best = found
    bound = max(relaxed, outcome.bound) if np.isfinite(outcome.bound) else relaxed
    done = outcome.finished or (best is not None and _no_better(level, best, bound))
    return best, bound, done


def narrow(region: Region, level: Level, best: Floats, relaxed: Outcome, *, strict: bool) -> None:
    """Leaves in the region the plans that are as good as `best` on this level, which is its optimum."""
    total = float(level.cost @ best)
    gap = total - relaxed.bound
    priced = relaxed.column_duals is not None and relaxed.row_duals is not None
    if priced and gap < NO_GAP:
        _tighten(region, relaxed)
        if not strict:
            return
    elif priced and relaxed.column_duals is not None:
        # A column whose price is beyond the gap cannot leave its lower bound in any optimal plan.
        region.upper[relaxed.column_duals > gap + WHOLE] = region.lower[relaxed.column_duals > gap + WHOLE]
    keep_as_row(region, level, total)


def keep_as_row(region: Region, level: Level, total: float) -> None:
    """Adds the row that holds the level's columns at this sum or below."""
    columns = np.flatnonzero(level.cost)
    region.add_row(-np.inf, total, columns, level.cost[columns].astype(np.int64))


def _tighten(region: Region, relaxed: Outcome) -> None:
    prices, rents = relaxed.column_duals, relaxed.row_duals
    if prices is None or rents is None:
        return
    region.upper = np.where(prices > WHOLE, region.lower, region.upper)
    region.lower = np.where(prices < -WHOLE, region.upper, region.lower)
    for row in np.flatnonzero(rents > WHOLE).tolist():
        region.row_upper[row] = region.row_lower[row]
    for row in np.flatnonzero(rents < -WHOLE).tolist():
        region.row_lower[row] = region.row_upper[row]
