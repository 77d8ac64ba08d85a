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

WHOLE = 1e-6
"""How far from a whole number a value may be and still count as one; HiGHS works to the same tolerance."""


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


def relax(region: Region, cost: Floats, seconds: float, seed: int) -> Outcome:
    """The least cost when fractions are allowed, with the dual prices that prove it."""
    if not len(region.lower):
        return _nothing_to_choose(region)
    highs = _load(region, cost, seconds, seed, integer=False)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        solution = highs.getSolution()
        value = highs.getInfo().objective_function_value
        duals = np.array(solution.col_dual), np.array(solution.row_dual)
        return Outcome(False, True, np.array(solution.col_value), value, *duals)
    return Outcome(status in _INFEASIBLE, status in _INFEASIBLE, None, -np.inf)


def solve_whole(region: Region, cost: Floats, seconds: float, seed: int, start: Floats | None = None) -> Outcome:
    """The least cost in whole numbers; every cost must be a whole number, so a gap under one is none."""
    if not len(region.lower):
        return _nothing_to_choose(region)
    highs = _load(region, cost, seconds, seed, integer=True)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        highs.setSolution(solution)
    highs.run()
    status = highs.getModelStatus()
    if status in _INFEASIBLE:
        return Outcome(True, True, None, np.inf)
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(highs.getSolution().col_value) if found else None
    finished = status == highspy.HighsModelStatus.kOptimal
    return Outcome(False, finished, values, info.mip_dual_bound)


def _nothing_to_choose(region: Region) -> Outcome:
    """HiGHS does not judge the rows of a model without columns; each of them is worth 0."""
    infeasible = any(low > 0 for low in region.row_lower) or any(high < 0 for high in region.row_upper)
    nothing = np.zeros(0)
    return Outcome(infeasible, True, None if infeasible else nothing, 0.0, nothing, np.zeros(len(region.rows)))


_INFEASIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def _load(region: Region, cost: Floats, seconds: float, seed: int, *, integer: bool) -> highspy.Highs:
    _greet()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "threads": 1, "random_seed": seed % 2**31, "time_limit": max(seconds, 0.05)}
    if integer:
        options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.99}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(region.lower), len(region.rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, region.lower, region.upper
    lp.row_lower_ = np.array(region.row_lower, dtype=float)
    lp.row_upper_ = np.array(region.row_upper, dtype=float)
    lengths = [len(columns) for columns, _ in region.rows]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    empty = np.zeros(0, dtype=np.int64)
    lp.a_matrix_.index_ = np.concatenate([empty, *(columns for columns, _ in region.rows)]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([empty, *(values for _, values in region.rows)]).astype(float)
    if integer:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(flag)] for flag in region.integer]
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
