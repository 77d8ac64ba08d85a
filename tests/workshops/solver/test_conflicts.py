"""What is refused, what is impossible, and that the rules named are enough and none too many."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.workshops.solver import solve
from tests.workshops.solver.instances import instance, person, small_instances
from tests.workshops.solver.oracle import best


def without(found: dict[str, Any], rule: str) -> dict[str, Any]:
    """The instance less one named rule, in the words of the contract; a rule left out keeps its number."""
    again = copy.deepcopy(found)
    kind, *keys = re.findall(r"[^\[\]]+", rule)
    if kind == "locked":
        # A lock said twice is one rule, named after the first.
        lock = again["locked"][int(keys[0])]
        again["locked"] = [None if other == lock else other for other in again["locked"]]
    elif kind in ("keep_together", "keep_apart"):
        again[kind][int(keys[0])] = []
    elif kind == "max_per_commune_per_workshop":
        again[kind] = None
    elif kind == "repeat":
        again[kind] = True
    else:
        workshop = next(w for w in again["workshops"] if w["id"] == keys[0])
        if kind == "min":
            del workshop["min"][keys[1]]
        else:
            workshop["capacity"][keys[1]] = len(again["participants"])
    return again


def only(found: dict[str, Any], rules: list[str]) -> dict[str, Any]:
    """The instance with these named rules and no other."""
    named = [f"locked[{i}]" for i in range(len(found.get("locked", [])))]
    named += [f"{kind}[{i}]" for kind in ("keep_together", "keep_apart") for i in range(len(found.get(kind, [])))]
    for kind in ("capacity", "min"):
        named += [f"{kind}[{w['id']}][{slot}]" for w in found["workshops"] for slot in w.get(kind, {})]
    again = copy.deepcopy(found)
    kept = [found["locked"][int(rule[7:-1])] for rule in rules if rule.startswith("locked")]
    for rule in [*named, "max_per_commune_per_workshop", "repeat"]:
        if rule not in rules and not rule.startswith("locked"):
            again = without(again, rule)
    again["locked"] = [lock if lock in kept else None for lock in found.get("locked", [])]
    return again


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(small_instances(bound=True))
def test_conflict_of_contradicting_rules_is_enough_and_irreducible(found):
    answer = solve(found, seconds=20)
    assume(answer["status"] in ("infeasible", "refused"))
    assert answer["plan"] == {}
    for conflict in answer["conflicts"]:
        rules = conflict["rules"]
        kinds = {rule.split("[")[0] for rule in rules}
        if {"keep_together", "keep_apart"} <= kinds and "locked" not in kinds and answer["status"] == "refused":
            continue
        alone = only(found, rules)
        assert best(alone) is None, rules
        for rule in rules:
            assert best(without(alone, rule)) is not None, (rule, rules)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown wish": ({"participants": [person("p", "Z")]}, "participants[0].wishes[0]"),
    "wish twice": ({"participants": [person("p", "AA")]}, "participants[0].wishes[1]"),
    "unknown slot": ({"participants": [person("p", "A", slots="9")]}, "participants[0].slots[0]"),
    "participant twice": ({"participants": [person("p"), person("p")]}, "participants[1]"),
    "participants not a list": ({"participants": {}}, "participants"),
    "participant without id": ({"participants": [{"slots": []}]}, "participants[0].id"),
    "participant without slots": ({"participants": [{"id": "p"}]}, "participants[0].slots"),
    "commune a number": ({"participants": [person("p", commune=7)]}, "participants[0].commune"),
    "slot twice": ({"slots": ["1", "1"]}, "slots[1]"),
    "slot a number": ({"slots": [1]}, "slots[0]"),
    "capacity under zero": ({"workshops": [{"id": "A", "capacity": {"1": -1}}]}, "workshops[0].capacity[1]"),
    "capacity true": ({"workshops": [{"id": "A", "capacity": {"1": True}}]}, "workshops[0].capacity[1]"),
    "capacity a fraction": ({"workshops": [{"id": "A", "capacity": {"1": 1.5}}]}, "workshops[0].capacity[1]"),
    "capacity of unknown slot": ({"workshops": [{"id": "A", "capacity": {"9": 1}}]}, "workshops[0].capacity[9]"),
    "capacity missing": ({"workshops": [{"id": "A"}]}, "workshops[0].capacity"),
    "lock of nobody": ({"locked": [{"participant": "q", "slot": "1", "workshop": "A"}]}, "locked[0]"),
    "lock in unknown workshop": ({"locked": [{"participant": "p", "slot": "1", "workshop": "Z"}]}, "locked[0]"),
    "lock in unknown slot": ({"locked": [{"participant": "p", "slot": "9", "workshop": "A"}]}, "locked[0]"),
    "lock not an object": ({"locked": ["p"]}, "locked[0]"),
    "group of nobody": ({"keep_together": [["p", "q"]]}, "keep_together[0][1]"),
    "maximum a text": ({"max_per_commune_per_workshop": "2"}, "max_per_commune_per_workshop"),
    "repeat a text": ({"repeat": "yes"}, "repeat"),
    "published a list": ({"published": []}, "published"),
}


@pytest.mark.parametrize("name", WRONG)
def test_solve_wrong_input_is_refused_with_its_path(name):
    change, path = WRONG[name]
    answer = solve({**instance([person("p", "A")], {"A": 1}), **change})
    assert answer["status"] == "refused"
    assert path in [rule for conflict in answer["conflicts"] for rule in conflict["rules"]]
    assert all(conflict["message"] for conflict in answer["conflicts"])


@pytest.mark.parametrize("nothing", [None, [], "x", 3, {}])
def test_solve_something_else_than_an_instance_is_refused(nothing):
    assert solve(nothing)["status"] == "refused"


def test_solve_several_mistakes_names_them_all():
    answer = solve(instance([person("p", "Z", slots="9")], {"A": -1}))
    assert len(answer["conflicts"]) == 3


def lock(participant: str, workshop: str, slot: str = "1") -> dict[str, str]:
    return {"participant": participant, "slot": slot, "workshop": workshop}


def _rules(found: dict[str, Any], status: str) -> list[list[str]]:
    answer = solve(found)
    assert answer["status"] == status
    return [sorted(conflict["rules"]) for conflict in answer["conflicts"]]


def test_locks_over_capacity_are_refused_with_one_lock_more_than_there_are_places():
    people = [person(f"p{i}") for i in range(4)]
    found = instance(people, {"A": 1}, locked=[lock(p["id"], "A") for p in people])
    assert _rules(found, "refused") == [["capacity[A][1]", "locked[0]", "locked[1]"]]


def test_together_and_apart_at_once_are_refused():
    people = [person("a"), person("b"), person("c")]
    found = instance(people, {"A": 3}, keep_together=[["a", "b"], ["b", "c"]], keep_apart=[["a", "c"]])
    assert _rules(found, "refused") == [["keep_apart[0]", "keep_together[0]", "keep_together[1]"]]


def test_two_locks_of_one_slot_are_refused():
    found = instance([person("p")], {"A": 1, "B": 1}, locked=[lock("p", "A"), lock("p", "B")])
    assert _rules(found, "refused") == [["locked[0]", "locked[1]"]]


def test_one_workshop_locked_in_two_slots_is_refused_unless_it_may_be_repeated():
    people = [person("p", slots="12")]
    found = instance(people, {"A": 1}, slots="12", locked=[lock("p", "A"), lock("p", "A", "2")])
    assert _rules(found, "refused") == [["locked[0]", "locked[1]", "repeat"]]
    assert solve({**found, "repeat": True})["status"] == "optimal"


def test_locks_over_the_commune_maximum_are_refused():
    people = [person(p, commune="x") for p in "ab"]
    found = instance(people, {"A": 5}, locked=[lock("a", "A"), lock("b", "A")], max_per_commune_per_workshop=1)
    assert _rules(found, "refused") == [["locked[0]", "locked[1]", "max_per_commune_per_workshop"]]


def test_minimum_over_capacity_is_refused():
    found = instance([person("p"), person("q")], {"A": 1})
    found["workshops"][0]["min"] = {"1": 2}
    assert _rules(found, "refused") == [["capacity[A][1]", "min[A][1]"]]


def test_minimum_nobody_can_fill_is_refused_by_itself():
    found = instance([person("p")], {"A": 1, "B": 5})
    found["workshops"][0]["min"] = {"1": 2}
    assert _rules(found, "refused") == [["min[A][1]"]]


def test_two_minimums_for_too_few_people_name_both_and_nothing_else():
    found = instance([person(p) for p in "abc"], {"A": 5, "B": 5, "C": 5}, keep_apart=[["a", "b"]])
    for workshop in found["workshops"][:2]:
        workshop["min"] = {"1": 2}
    assert _rules(found, "infeasible") == [["min[A][1]", "min[B][1]"]]


def test_large_conflict_among_many_idle_rules_is_found_small():
    people = [person(f"p{i:03}", "AB", commune=f"c{i % 9}") for i in range(200)]
    found = instance(people, {"A": 150, "B": 150, "C": 150}, locked=[lock(f"p{i:03}", "A") for i in range(80)])
    found["workshops"][1]["min"], found["workshops"][2]["min"] = {"1": 90}, {"1": 40}
    found["max_per_commune_per_workshop"] = 60
    rules = _rules(found, "infeasible")[0]
    assert {"min[B][1]", "min[C][1]"} < set(rules)
    assert len(rules) == 2 + 71


def test_lock_that_takes_along_more_people_than_there_are_places_is_infeasible():
    found = instance([person("a"), person("b")], {"A": 1}, locked=[lock("a", "A")], keep_together=[["a", "b"]])
    assert _rules(found, "infeasible") == [["capacity[A][1]", "keep_together[0]", "locked[0]"]]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats(allow_nan=False) | st.sampled_from(["p", "A", "1", ""]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "slots", "1"]), inner, max_size=2)
    ),
    max_leaves=4,
)
MEMBERS = (
    "slots",
    "workshops",
    "participants",
    "locked",
    "keep_together",
    "keep_apart",
    "repeat",
    "balance",
    "published",
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from([*MEMBERS, "max_per_commune_per_workshop"]), JSON, max_size=3), st.data())
def test_solve_any_json_gives_an_answer_and_never_an_error(change, data):
    found = {**instance([person("p", "A")], {"A": 1}), **change}
    for kind, members in (("participants", ("id", "wishes", "slots")), ("workshops", ("id", "capacity", "min"))):
        if kind not in change and data.draw(st.booleans()):
            found[kind] = [{**found[kind][0], data.draw(st.sampled_from(members)): data.draw(JSON)}]
    answer = solve(found, seconds=5)
    assert answer["status"] in ("optimal", "infeasible", "refused")
    assert bool(answer["conflicts"]) == (answer["status"] != "optimal")
