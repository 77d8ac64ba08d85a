"""A region and a cost as one sparse matrix, and the part of it that a solver needs to see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.workshops.solver.model import Floats, Ints, Region

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Problem:
    """lower <= columns <= upper and row_lower <= matrix . columns <= row_upper, at the least cost; rows are stored one
    after the other, `starts` says where each begins."""

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Mask
    row_lower: Floats
    row_upper: Floats
    starts: Ints
    index: Ints
    entry: Floats

    @classmethod
    def of(cls, region: Region, cost: Floats) -> Problem:
        """The whole region."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(
            cost,
            region.lower,
            region.upper,
            region.integer,
            np.array(region.row_lower, dtype=float),
            np.array(region.row_upper, dtype=float),
            np.concatenate([[0], np.cumsum([len(columns) for columns, _ in region.rows])]).astype(np.int64),
            np.concatenate([empty, *(columns for columns, _ in region.rows)]),
            np.concatenate([empty, *(values for _, values in region.rows)]).astype(float),
        )

    @property
    def open(self) -> Mask:
        """The columns that are not fixed at nothing."""
        opened: Mask = (self.upper != 0) | (self.lower != 0)
        return opened

    def row_of_entry(self) -> Ints:
        """The row of each entry of the matrix."""
        return np.repeat(np.arange(len(self.row_lower)), np.diff(self.starts))

    def prices(self, row_duals: Floats) -> Floats:
        """What each column costs beyond what the rows pay for it: its reduced cost."""
        paid = np.bincount(self.index, self.entry * row_duals[self.row_of_entry()], minlength=len(self.cost))
        prices: Floats = self.cost - paid
        return prices

    def only(self, columns: Mask) -> tuple[Problem, Ints, Ints]:
        """The problem with every other column at nothing, and the numbers of its columns and rows in this one.

        A row that is left empty is left out, unless an empty row would break it.
        """
        kept = columns[self.index]
        rows = self.row_of_entry()[kept]
        lengths = np.bincount(rows, minlength=len(self.row_lower))
        needed = (lengths > 0) | (self.row_lower > 0) | (self.row_upper < 0)
        renumbered = np.cumsum(columns) - 1
        part = Problem(
            self.cost[columns],
            self.lower[columns],
            self.upper[columns],
            self.integer[columns],
            self.row_lower[needed],
            self.row_upper[needed],
            np.concatenate([[0], np.cumsum(lengths[needed])]).astype(np.int64),
            renumbered[self.index[kept]],
            self.entry[kept],
        )
        return part, np.flatnonzero(columns), np.flatnonzero(needed)
