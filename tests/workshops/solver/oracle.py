"""The contract by brute force: every plan of a small instance is tried. Shares no line with the solver."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

Plan = dict[str, dict[str, str | None]]


def best(instance: dict[str, Any]) -> tuple[int, ...] | None:
    """The least (L1, L2, L3) of all plans that keep the rules, with (L4, L5) where asked; None when there is none."""
    return min((value(instance, plan) for plan in plans(instance) if keeps_rules(instance, plan)), default=None)


def plans(instance: dict[str, Any]):
    """Every way of giving each attended slot a workshop held in it, or none."""
    pairs = [(p["id"], slot) for p in instance["participants"] for slot in p["slots"]]
    options = [[None, *(w["id"] for w in instance["workshops"] if slot in w["capacity"])] for _, slot in pairs]
    for choice in product(*options):
        plan: Plan = {p["id"]: {} for p in instance["participants"]}
        for (participant, slot), workshop in zip(pairs, choice, strict=True):
            plan[participant][slot] = workshop
        yield plan


def value(instance: dict[str, Any], plan: Plan) -> tuple[int, ...]:
    """What a plan is worth, level by level."""
    l1 = l2 = 0
    communes: Counter[Any] = Counter()
    categories: Counter[Any] = Counter()
    for person in instance["participants"]:
        for slot, workshop in plan[person["id"]].items():
            if workshop is None:
                l1 += 1
                continue
            wishes = person["wishes"]
            if wishes:
                l2 += min(wishes.index(workshop) ** 2, 25) if workshop in wishes else 25
            if person["commune"] is not None:
                communes[person["commune"], workshop, slot] += 1
            if person.get("category") is not None:
                categories[person["category"], workshop, slot] += 1
    found = [l1, l2, sum(n * n for n in communes.values())]
    if instance.get("balance"):
        found.append(sum(n * n for n in categories.values()))
    if instance.get("published") is not None:
        found.append(sum(plan[p][s] != w for p, places in instance["published"].items() for s, w in places.items()))
    return tuple(found)


def keeps_rules(instance: dict[str, Any], plan: Plan) -> bool:
    """Does the plan keep every hard rule?"""
    people = {p["id"]: p for p in instance["participants"]}
    if not instance.get("repeat"):
        for places in plan.values():
            attended = [w for w in places.values() if w is not None]
            if len(attended) != len(set(attended)):
                return False
    for workshop in instance["workshops"]:
        for slot, capacity in workshop["capacity"].items():
            present = [p for p in people if plan[p].get(slot) == workshop["id"]]
            if not workshop.get("min", {}).get(slot, 0) <= len(present) <= capacity:
                return False
            most = instance.get("max_per_commune_per_workshop")
            communes = Counter(people[p]["commune"] for p in present if people[p]["commune"] is not None)
            if most is not None and any(n > most for n in communes.values()):
                return False
    if any(plan[k["participant"]][k["slot"]] != k["workshop"] for k in instance.get("locked", []) if k):
        return False
    for slot in instance["slots"]:
        for group in instance.get("keep_together", []):
            if len({plan[p][slot] for p in group if slot in plan[p]}) > 1:
                return False
        for group in instance.get("keep_apart", []):
            places = [plan[p][slot] for p in group if plan[p].get(slot) is not None]
            if len(places) != len(set(places)):
                return False
    return True
