"""A first plan by hand's logic: locks, then minimums, then wishes best first, then whoever is still without a place."""

from __future__ import annotations

import numpy as np

from app.workshops.solver.model import Floats, Model


def first_plan(model: Model) -> Floats | None:
    """Counts that keep every rule, or None when this simple way finds none (which proves nothing)."""
    return _Filling(model).run()


class _Filling:
    """Adds units column by column, never beyond what the upper side of any row allows."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.region = model.region
        self.values = np.zeros(len(model.block), dtype=np.int64)
        self.activity = [0.0] * len(self.region.rows)
        self.touching: list[list[tuple[int, int]]] = [[] for _ in range(len(model.block))]
        for row, (columns, values) in enumerate(self.region.rows):
            for column, value in zip(columns.tolist(), values.tolist(), strict=True):
                self.touching[column].append((row, value))

    def run(self) -> Floats | None:
        model = self.model
        locked = [c for c, b in enumerate(model.block.tolist()) if model.grouped.blocks[b].locked is not None]
        self.fill(locked)
        unit_cost = model.wish_cost / np.maximum(model.weight, 1)
        wished = np.array([bool(block.unit[0].wishes) for block in model.grouped.blocks], dtype=bool)
        late = ~wished[model.block] if len(model.block) else np.zeros(0, dtype=bool)
        by_wish = np.lexsort((np.arange(len(unit_cost)), unit_cost, late)).tolist()
        self.reach_minimums(unit_cost)
        self.fill(by_wish)
        if any(a < low for a, low in zip(self.activity, self.region.row_lower, strict=True)):
            return None
        return self.values.astype(float)

    def reach_minimums(self, unit_cost: Floats) -> None:
        for row, (columns, _) in enumerate(self.region.rows):
            least = self.region.row_lower[row]
            if least > self.activity[row]:
                for column in columns[np.argsort(unit_cost[columns], kind="stable")].tolist():
                    self.add(column, least - self.activity[row])

    def fill(self, columns: list[int]) -> None:
        for column in columns:
            self.add(column, np.inf)

    def add(self, column: int, wanted: float) -> None:
        """As many units as the rows allow, up to what brings `wanted` people."""
        room = self.region.upper[column] - self.values[column]
        room = min(room, np.ceil(wanted / self.model.weight[column])) if wanted < np.inf else room
        for row, value in self.touching[column]:
            room = min(room, (self.region.row_upper[row] - self.activity[row]) // value)
        if room > 0:
            self.values[column] += int(room)
            for row, value in self.touching[column]:
                self.activity[row] += value * int(room)
