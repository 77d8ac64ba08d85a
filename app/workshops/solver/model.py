"""The rules as linear rows over the counts: column (block, workshop) says how often that block goes there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.workshops.solver.classes import Block, Classes, classes
from app.workshops.solver.instance import Instance, Person, Place

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Entries = tuple[Ints, Ints]
"""The columns of a row and their coefficients."""


@dataclass
class Region:
    """The plans still allowed: bounds of columns, and rows with theirs. Later levels only ever narrow it."""

    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    rows: list[Entries] = field(default_factory=list)

    def add_row(self, lower: float, upper: float, columns: Ints, values: Ints) -> None:
        """One more rule: lower <= values . columns <= upper."""
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.rows.append((columns, values))

    def add_columns(self, count: int, upper: float) -> None:
        """Further columns from 0 to `upper` that may be fractional."""
        self.lower = np.concatenate([self.lower, np.zeros(count)])
        self.upper = np.concatenate([self.upper, np.full(count, upper)])
        self.integer = np.concatenate([self.integer, np.zeros(count, dtype=bool)])


@dataclass
class Model:
    """An instance as blocks, columns and rows."""

    instance: Instance
    grouped: Classes
    block: Ints
    place: Ints
    places: list[Place]
    weight: Ints
    """People moved by one unit of the column."""
    wish_cost: Ints
    """What one unit of the column adds to L2."""
    region: Region
    pairs: int
    """All (person, slot) pairs; L1 is this less the people placed."""
    by_block: list[Ints]

    def counts(self, key: str) -> dict[tuple[Hashable, int], Entries]:
        """For every (value of that field, place): the columns that bring such people there, and how many a unit."""
        tables: dict[tuple[Hashable, int], list[tuple[int, int]]] = defaultdict(list)
        tallies = [_tally(block.unit, key) for block in self.grouped.blocks]
        blocks, places = self.block.tolist(), self.place.tolist()
        for column in np.flatnonzero(self.region.upper[: len(blocks)] > 0).tolist():
            for value, number in tallies[blocks[column]].items():
                tables[(value, places[column])].append((column, number))
        ordered = sorted(tables.items(), key=lambda item: (str(item[0][0]), item[0][1]))
        return {at: (_ints(c for c, _ in pairs), _ints(n for _, n in pairs)) for at, pairs in ordered}


def build(instance: Instance) -> Model:
    """Everything the rules allow, before any level is solved."""
    grouped = classes(instance)
    places = sorted(place for place, capacity in instance.capacity.items() if capacity > 0)
    block, place = _columns(instance, grouped.blocks, places)
    size = np.array([b.size for b in grouped.blocks], dtype=np.int64)
    unit = np.array([len(b.unit) for b in grouped.blocks], dtype=np.int64)
    count = len(block)
    region = Region(np.zeros(count), size[block].astype(float) if count else np.zeros(0), np.ones(count, dtype=bool))
    costs = _wish_costs(grouped.blocks, places, block, place)
    by_block = _split(block, len(grouped.blocks))
    weight = unit[block] if count else block
    pairs = int((size * unit).sum())
    model = Model(instance, grouped, block, place, places, weight, costs, region, pairs, by_block)
    _block_rows(model)
    _capacity_rows(model)
    _once_rows(model)
    _apart_rows(model)
    _commune_rows(model)
    return model


def _columns(instance: Instance, blocks: Sequence[Block], places: list[Place]) -> Entries:
    in_slot: dict[str, list[int]] = defaultdict(list)
    for number, (_, slot) in enumerate(places):
        in_slot[slot].append(number)
    pairs = []
    for index, block in enumerate(blocks):
        for number in in_slot[block.slot]:
            workshop = places[number][0]
            if block.locked in (None, workshop) and len(block.unit) <= instance.capacity[places[number]]:
                pairs.append((index, number))
    return _ints(b for b, _ in pairs), _ints(p for _, p in pairs)


def _wish_costs(blocks: Sequence[Block], places: list[Place], block: Ints, place: Ints) -> Ints:
    costs = np.zeros(len(block), dtype=np.int64)
    for column, (index, number) in enumerate(zip(block.tolist(), place.tolist(), strict=True)):
        workshop = places[number][0]
        costs[column] = sum(person.cost(workshop) for person in blocks[index].unit)
    return costs


def _block_rows(model: Model) -> None:
    """Nobody is in two places at once; a locked block goes where it is locked."""
    for block, columns in zip(model.grouped.blocks, model.by_block, strict=True):
        lower = float(block.size) if block.locked is not None else -np.inf
        model.region.add_row(lower, float(block.size), columns, np.ones(len(columns), dtype=np.int64))


def _capacity_rows(model: Model) -> None:
    """No workshop over its places or under its minimum."""
    by_place = _split(model.place, len(model.places))
    for place, columns in zip(model.places, by_place, strict=True):
        least = model.instance.minimum.get(place, 0)
        lower = float(least) if least else -np.inf
        model.region.add_row(lower, float(model.instance.capacity[place]), columns, model.weight[columns])
    for place, least in model.instance.minimum.items():
        if place not in model.places:
            model.region.add_row(float(least), np.inf, _ints(()), _ints(()))


def _once_rows(model: Model) -> None:
    """Nobody attends one workshop twice."""
    if model.instance.repeat:
        return
    seen: set[frozenset[int]] = set()
    column_of = {pair: i for i, pair in enumerate(zip(model.block.tolist(), model.place.tolist(), strict=True))}
    numbers = {place: number for number, place in enumerate(model.places)}
    for klass in model.grouped.klasses:
        blocks = frozenset(klass.blocks.values())
        if len(klass.blocks) < 2 or blocks in seen:
            continue
        seen.add(blocks)
        for workshop in model.instance.workshops:
            wanted = ((index, numbers.get((workshop, slot), -1)) for slot, index in klass.blocks.items())
            columns = _ints(column_of[pair] for pair in wanted if pair in column_of)
            if len(columns) > 1:
                model.region.add_row(-np.inf, float(len(klass.members)), columns, np.ones(len(columns), dtype=np.int64))


def _apart_rows(model: Model) -> None:
    """Of people kept apart at most one is in a workshop at a time."""
    home = {(person.id, b.slot): i for i, b in enumerate(model.grouped.blocks) for person in b.unit}
    for group in model.instance.apart:
        for slot in model.instance.slots:
            blocks = [home[(member, slot)] for member in group.members if (member, slot) in home]
            at: dict[int, list[int]] = defaultdict(list)
            for column in (c for index in blocks for c in model.by_block[index].tolist()):
                at[int(model.place[column])].append(column)
            for columns in (found for found in at.values() if len(found) > 1):
                model.region.add_row(-np.inf, 1.0, _ints(columns), np.ones(len(columns), dtype=np.int64))


def _commune_rows(model: Model) -> None:
    """No commune has more people in a workshop at a time than the maximum."""
    most = model.instance.commune_max
    if most is None:
        return
    sizes = model.region.upper
    for columns, numbers in model.counts("commune").values():
        if (sizes[columns] * numbers).sum() > most:
            model.region.add_row(-np.inf, float(most), columns, numbers)


def _tally(unit: tuple[Person, ...], key: str) -> dict[Hashable, int]:
    tally: dict[Hashable, int] = defaultdict(int)
    for person in unit:
        value = getattr(person, key)
        if value is not None:
            tally[value] += 1
    return tally


def _split(labels: Ints, count: int) -> list[Ints]:
    """The positions of each label 0..count-1, in order."""
    order = np.argsort(labels, kind="stable")
    borders = np.searchsorted(labels[order], np.arange(count + 1))
    return [order[a:b] for a, b in pairwise(borders)]


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
