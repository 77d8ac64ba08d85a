"""Levels that spread people: the sum of n squared over (commune or category, workshop, slot).

n squared is n + 2 (1 + 2 + ... + (n - 1)), so beyond its first person each next one costs 2, 4, 6, ... more. A column
from 0 to 1 for each of these steps is enough: steps that grow dearer are used in order by themselves, so they need not
be whole-number columns, and the value is exact at every whole n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.workshops.solver.levels import Level
from app.workshops.solver.model import Entries, Floats, Ints, Model, Region


@dataclass(frozen=True)
class Steps:
    """The step columns of one (group, place), in order of cost, and the columns that bring its people."""

    brought: Entries
    columns: Ints


def square_level(model: Model, region: Region, name: str, key: str) -> tuple[Level, list[Steps]]:
    """Adds the step columns to the region, and says what the level costs."""
    model.region = region
    tables = model.counts(key)
    constant = _brought_by_full_blocks(model, region, key)
    factor = 2 if constant is None else 1
    costs = [np.zeros(len(region.lower))]
    steps: list[Steps] = []
    first = len(region.lower)
    for (_, place), (columns, numbers) in tables.items():
        if constant is None:
            costs[0][columns] += numbers
        most = min(int((region.upper[columns] * numbers).sum()), _most_people(model, place, key))
        if most > 1:
            added = np.arange(first, first + most - 1)
            first += most - 1
            ones = np.ones(most - 1, dtype=np.int64)
            region.add_row(-np.inf, 1.0, np.concatenate([columns, added]), np.concatenate([numbers, -ones]))
            steps.append(Steps((columns, numbers), added))
            costs.append(np.arange(1, most, dtype=float) * factor)
    region.add_columns(first - len(region.lower), 1.0)
    cost = np.concatenate(costs)
    return Level(name, cost, offset=constant or 0, scale=1 if constant is None else 2), steps


def with_steps(values: Floats, steps: list[Steps], width: int) -> Floats:
    """The same plan with its step columns filled in."""
    filled = np.concatenate([values, np.zeros(width - len(values))])
    for step in steps:
        columns, numbers = step.brought
        beyond = round(float(values[columns] @ numbers)) - 1
        filled[step.columns[: max(0, beyond)]] = 1.0
    return filled


def _most_people(model: Model, place: int, key: str) -> int:
    capacity = model.instance.capacity[model.places[place]]
    most = model.instance.commune_max if key == "commune" else None
    return capacity if most is None else min(capacity, most)


def _brought_by_full_blocks(model: Model, region: Region, key: str) -> int | None:
    """How many such people are placed in every plan of the region, or None when that is not fixed.

    Where it is fixed the sum of squares moves in steps of two, which closes many a search at once.
    """
    total = 0
    for index, block in enumerate(model.grouped.blocks):
        counted = sum(getattr(person, key) is not None for person in block.unit)
        if counted and region.row_lower[index] != region.row_upper[index]:
            return None
        total += counted * round(region.row_upper[index])
    return total
