"""The first level, a place for as many as possible, on people who differ only in what the rules see.

Wishes, categories and the published plan do not change how many can be placed. Without them a large meeting falls into
a handful of classes, so this level, and whether any plan exists at all, is settled on a model a thousand times smaller.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.workshops.solver.engine import Budget
from app.workshops.solver.handout import Plan, hand_out
from app.workshops.solver.instance import Instance
from app.workshops.solver.levels import Level, Reached, keep_as_row, reach
from app.workshops.solver.model import Floats, Model, build
from app.workshops.solver.start import first_plan


def seat(model: Model, budget: Budget, seed: int) -> Reached:
    """L1, and the region of the model narrowed to the plans that reach it; the values are a plan that does."""
    level = unplaced(model)
    values = first_plan(model)
    if values is not None and level.value(values) == _shortfall(model):
        _fill_up(model)
        return Reached(values, level.value(values), level.value(values), proven=True)
    bare = build(without_wishes(model.instance))
    reached = reach(bare.region, unplaced(bare), first_plan(bare), budget, seed, strict=False)
    if reached.values is None:
        return (
            reached if reached.infeasible or values is None else Reached(values, level.value(values), 0, proven=False)
        )
    if values is None or reached.value < level.value(values):
        values = _counts(model, hand_out(bare, reached.values, seed))
    if reached.proven:
        _carry_over(bare, model)
        keep_as_row(model.region, level, float(level.cost @ values))
    return Reached(values, level.value(values), reached.bound, proven=reached.proven)


def unplaced(model: Model) -> Level:
    """L1: attended (person, slot) pairs less the people placed."""
    return Level("L1", -model.weight.astype(float), model.pairs)


def without_wishes(instance: Instance) -> Instance:
    """The same rules for people without wishes, categories or a published plan, which bind nobody."""
    people = tuple(replace(person, wishes=(), category=None) for person in instance.people)
    if instance.commune_max is None:
        people = tuple(replace(person, commune=None) for person in people)
    return replace(instance, people=people, balance=False, published=None)


def _missing(model: Model) -> dict[str, int]:
    """For each slot, how many more people attend it than there are places: so many stay without one in any plan."""
    missing = dict.fromkeys(model.instance.slots, 0)
    for block in model.grouped.blocks:
        missing[block.slot] += block.size * len(block.unit)
    for (_, slot), capacity in model.instance.capacity.items():
        missing[slot] -= capacity
    return missing


def _shortfall(model: Model) -> int:
    return sum(max(0, missing) for missing in _missing(model).values())


def _fill_up(model: Model) -> None:
    """Says the shortfall in rows that are there already: each slot has all its people placed, or all places taken."""
    missing = _missing(model)
    region = model.region
    for index, block in enumerate(model.grouped.blocks):
        if missing[block.slot] <= 0:
            region.row_lower[index] = float(block.size)
    for number, (_, slot) in enumerate(model.places):
        if missing[slot] >= 0:
            row = len(model.grouped.blocks) + number
            region.row_lower[row] = region.row_upper[row]


def _counts(model: Model, plan: Plan) -> Floats:
    """The columns of a plan."""
    column_of = {pair: c for c, pair in enumerate(zip(model.block.tolist(), model.place.tolist(), strict=True))}
    number_of = {place: number for number, place in enumerate(model.places)}
    values = np.zeros(len(model.region.lower))
    counted: set[tuple[int, str]] = set()
    for klass in model.grouped.klasses:
        for slot, index in klass.blocks.items():
            for person in klass.members:
                workshop = plan[person.id][slot]
                # People kept together share a block, which is moved once for all of them.
                shared = len(model.grouped.blocks[index].unit) > 1 and (index, slot) in counted
                if workshop is not None and not shared:
                    values[column_of[(index, number_of[(workshop, slot)])]] += 1
                    counted.add((index, slot))
    return values


def _carry_over(bare: Model, model: Model) -> None:
    """What is settled for a class of the small model is settled for each class it falls into."""
    small = {(p.id, b.slot): index for index, b in enumerate(bare.grouped.blocks) for p in b.unit}
    for klass in bare.grouped.klasses:
        small |= {(person.id, slot): index for person in klass.members for slot, index in klass.blocks.items()}
    column_of = {pair: c for c, pair in enumerate(zip(bare.block.tolist(), bare.place.tolist(), strict=True))}
    home = [small[(block.unit[0].id, block.slot)] for block in model.grouped.blocks]
    full, region = bare.region, model.region
    for index, block in enumerate(model.grouped.blocks):
        if full.row_lower[home[index]] == full.row_upper[home[index]]:
            region.row_lower[index] = float(block.size)
    for number in range(len(model.places)):
        row, other = len(model.grouped.blocks) + number, len(bare.grouped.blocks) + number
        region.row_lower[row], region.row_upper[row] = full.row_lower[other], full.row_upper[other]
    for column, (index, place) in enumerate(zip(model.block.tolist(), model.place.tolist(), strict=True)):
        if full.upper[column_of[(home[index], place)]] == 0:
            region.upper[column] = 0.0
