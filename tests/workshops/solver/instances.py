"""Instances for the tests: small ones drawn by hypothesis, larger ones by a seeded draw."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st


def person(name: str, wishes: str = "", *, commune: str | None = None, slots: str = "1", **more: Any) -> dict[str, Any]:
    """A participant; wishes and slots are one letter each."""
    return {"id": name, "commune": commune, "category": None, "wishes": [*wishes], "slots": [*slots], **more}


def instance(
    people: list[dict[str, Any]], capacity: dict[str, int], *, slots: str = "1", **more: Any
) -> dict[str, Any]:
    """An instance whose workshops have the same places in every slot."""
    workshops = [{"id": w, "capacity": dict.fromkeys(slots, n)} for w, n in capacity.items()]
    return {"slots": [*slots], "workshops": workshops, "participants": people, **more}


@st.composite
def small_instances(draw: st.DrawFn, *, bound: bool = False) -> dict[str, Any]:
    """At most six (person, slot) pairs and three workshops, with any mixture of rules; `bound`: many rules."""
    slots = draw(st.sampled_from([["1"], ["1", "2"]]))
    names = ["A", "B", "C"][: draw(st.integers(1, 3))]
    workshops = []
    for name in names:
        held = draw(st.lists(st.sampled_from(slots), unique=True, min_size=0 if len(slots) > 1 else 1))
        workshop: dict[str, Any] = {"id": name, "capacity": {s: draw(st.integers(0, 3)) for s in held}}
        if draw(st.integers(0, 9)) < (4 if bound else 2):
            workshop["min"] = {s: draw(st.integers(0, 2)) for s in held}
        workshops.append(workshop)
    count = draw(st.integers(0, 6 if len(slots) == 1 else 4))
    people, left = [], 6
    for number in range(count):
        mine = draw(st.lists(st.sampled_from(slots), unique=True))[:left]
        left -= len(mine)
        wishes = draw(st.lists(st.sampled_from(names), unique=True))
        commune, category = draw(st.sampled_from([None, "x", "x", "y"])), draw(st.sampled_from([None, "k", "m"]))
        people.append(person(f"p{number}", "".join(wishes), commune=commune, slots="".join(mine), category=category))
    found: dict[str, Any] = {"slots": slots, "workshops": workshops, "participants": people}
    found["repeat"] = draw(st.booleans())
    found["max_per_commune_per_workshop"] = draw(st.sampled_from([None, None, 0, 1, 2]))
    ids = [p["id"] for p in people]
    if len(ids) > 1:
        group = st.lists(st.sampled_from(ids), unique=True, min_size=2, max_size=3)
        groups = st.lists(group, max_size=2 if bound else 1)
        found["keep_together"], found["keep_apart"] = draw(groups), draw(groups)
    found["locked"] = _locks(draw, found, 3 if bound else 1)
    return found


def _locks(draw: st.DrawFn, found: dict[str, Any], most: int) -> list[dict[str, str]]:
    places = [
        {"participant": p["id"], "slot": slot, "workshop": w["id"]}
        for p in found["participants"]
        for slot in p["slots"]
        for w in found["workshops"]
        if slot in w["capacity"]
    ]
    return draw(st.lists(st.sampled_from(places), max_size=most)) if places else []


def drawn(people: int, workshops: int, slots: int = 1, *, seed: int = 1, room: float = 1.02) -> dict[str, Any]:
    """A meeting of that size: three wishes each, some workshops far more wished than others, hardly a free place."""
    lot = random.Random(seed)
    names = [f"w{number:02d}" for number in range(workshops)]
    held = [f"s{number}" for number in range(slots)]
    places = int(people * room / workshops) + 1
    return {
        "slots": held,
        "workshops": [{"id": name, "capacity": dict.fromkeys(held, places)} for name in names],
        "participants": [
            {
                "id": f"p{number:05d}",
                "commune": None if lot.random() < 0.1 else f"c{lot.randrange(max(5, people // 8))}",
                "category": lot.choice(["elected", "president", "commune_staff"]),
                "wishes": _wishes(lot, names) if lot.random() < 0.9 else [],
                "slots": held,
            }
            for number in range(people)
        ],
    }


def _wishes(lot: random.Random, names: list[str]) -> list[str]:
    popularity = [(number + 1) ** -0.6 for number in range(len(names))]
    return list(dict.fromkeys(lot.choices(names, popularity, k=5)))[:3]


def shuffled(found: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same instance with every list but the wishes in another order."""
    lot = random.Random(seed)

    def mixed(items: list[Any]) -> list[Any]:
        return lot.sample(items, len(items))

    again = dict(found)
    for key in ("slots", "workshops", "participants", "locked", "keep_together", "keep_apart"):
        if key in again:
            again[key] = mixed(again[key])
    again["participants"] = [{**p, "slots": mixed(p["slots"])} for p in again["participants"]]
    for key in ("keep_together", "keep_apart"):
        if key in again:
            again[key] = [mixed(group) for group in again[key]]
    return again
