"""Hands a region and a cost to HiGHS, and says in plain words what came of it."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from dataclasses import dataclass
from functools import cache

import highspy
import numpy as np

from app.workshops.solver.model import Floats, Region
from app.workshops.solver.problem import Mask, Problem

WHOLE = 1e-6
"""How far from a whole number a value may be and still count as one; HiGHS works to the same tolerance."""

PRICE_TOLERANCE = 1e-7
"""A column whose price is under this would help; HiGHS calls a basis optimal by the same tolerance."""

COLUMNS_A_ROUND = 20_000
"""How many columns are let in at once."""


class Budget:
    """The seconds a run may take; a machine's clock, because it measures work and not the meeting's days."""

    def __init__(self, seconds: float) -> None:
        self.started = time.monotonic()
        self.seconds = seconds

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds that remain, never under zero."""
        return max(0.0, self.seconds - self.spent)


@dataclass(frozen=True)
class Outcome:
    """What a run found: `values` the best point or None, `bound` what no point can be better than."""

    infeasible: bool
    finished: bool
    values: Floats | None
    bound: float
    column_duals: Floats | None = None
    row_duals: Floats | None = None

    @property
    def whole(self) -> bool:
        """Is the point there, and in whole numbers?"""
        return self.values is not None and bool(np.all(np.abs(self.values - np.round(self.values)) < WHOLE))


def relax(region: Region, cost: Floats, budget: Budget, seed: int, likely: Mask | None = None) -> Outcome:
    """The least cost when fractions are allowed, with the dual prices that prove it.

    `likely` says which columns to begin with; the others are priced and let in as long as one of them would help, so
    the answer is that of all columns. The region must have a point in the likely ones.
    """
    problem = Problem.of(region, cost)
    active = problem.open if likely is None else problem.open & (likely | (problem.lower > 0))
    while True:
        outcome = _relax_part(problem, active, budget.left, seed)
        if outcome.column_duals is None:
            return outcome
        helpful = np.flatnonzero(problem.open & ~active & (outcome.column_duals < -PRICE_TOLERANCE))
        if not len(helpful):
            return outcome
        dearest_first = np.argsort(outcome.column_duals[helpful], kind="stable")
        active[helpful[dearest_first[:COLUMNS_A_ROUND]]] = True


def _relax_part(problem: Problem, active: Mask, seconds: float, seed: int) -> Outcome:
    part, columns, rows = problem.only(active)
    values, row_duals = np.zeros(len(problem.cost)), np.zeros(len(problem.row_lower))
    if not len(columns):
        return _nothing_to_choose(part, values, problem.prices(row_duals), row_duals)
    highs = _load(part, seconds, seed, integer=False)
    highs.run()
    status = highs.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        return Outcome(status in _INFEASIBLE, status in _INFEASIBLE, None, -np.inf)
    solution = highs.getSolution()
    values[columns] = solution.col_value
    row_duals[rows] = solution.row_dual
    prices = problem.prices(row_duals)
    return Outcome(False, True, values, highs.getInfo().objective_function_value, prices, row_duals)


def solve_whole(
    region: Region,
    cost: Floats,
    seconds: float,
    seed: int,
    start: Floats | None = None,
    among: Mask | None = None,
) -> Outcome:
    """The least cost in whole numbers; every cost must be a whole number, so a gap under one is none.

    With `among`, the least among plans that use these columns only: its bound holds for them and for no others.
    """
    problem = Problem.of(region, cost)
    active = problem.open if among is None else problem.open & (among | (problem.lower > 0))
    part, columns, _ = problem.only(active)
    values = np.zeros(len(problem.cost))
    if not len(columns):
        return _nothing_to_choose(part, values, values, np.zeros(len(problem.row_lower)))
    highs = _load(part, seconds, seed, integer=True)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start[columns])
        highs.setSolution(solution)
    highs.run()
    status = highs.getModelStatus()
    if status in _INFEASIBLE:
        return Outcome(True, True, None, np.inf)
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if found:
        values[columns] = highs.getSolution().col_value
    return Outcome(False, status == highspy.HighsModelStatus.kOptimal, values if found else None, info.mip_dual_bound)


def _nothing_to_choose(part: Problem, values: Floats, prices: Floats, row_duals: Floats) -> Outcome:
    """HiGHS does not judge the rows of a model without columns; each of them is worth 0."""
    infeasible = bool(np.any(part.row_lower > 0) or np.any(part.row_upper < 0))
    return Outcome(infeasible, True, None if infeasible else values, 0.0, prices, row_duals)


_INFEASIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def _load(problem: Problem, seconds: float, seed: int, *, integer: bool) -> highspy.Highs:
    _greet()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "threads": 1, "random_seed": seed % 2**31, "time_limit": max(seconds, 0.05)}
    if integer:
        options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.99}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(problem.cost), len(problem.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = problem.cost, problem.lower, problem.upper
    lp.row_lower_, lp.row_upper_ = problem.row_lower, problem.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = problem.starts.astype(np.int32)
    lp.a_matrix_.index_ = problem.index.astype(np.int32)
    lp.a_matrix_.value_ = problem.entry
    if integer:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(flag)] for flag in problem.integer]
    highs.passModel(lp)
    return highs


@cache
def _greet() -> None:
    """Lets HiGHS print its banner on standard error: the first instance of a process writes it before any option can
    be set, and standard output belongs to the answer."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
