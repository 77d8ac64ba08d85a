"""The solver against brute force, on hundreds of small instances with every mixture of rules."""

from __future__ import annotations

from itertools import islice
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app.workshops.solver import Refused, broken_rules, engine, levels, read_instance, score, solve, solving
from tests.workshops.solver.instances import instance, person, shuffled, small_instances
from tests.workshops.solver.oracle import best, keeps_rules, plans, value

thorough = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def _same_as_brute_force(instance: dict[str, Any]) -> None:
    answer = solve(instance, seconds=20)
    event(answer["status"])
    if answer["status"] == "refused":
        # Only what truly contradicts itself is refused; together and apart at once is, even if nobody got a place.
        rules = " ".join(rule for conflict in answer["conflicts"] for rule in conflict["rules"])
        assert best(instance) is None or ("keep_together" in rules and "keep_apart" in rules)
        return
    least = best(instance)
    assert answer["status"] == ("infeasible" if least is None else "optimal")
    if least is not None:
        levels = [key for key in ("L1", "L2", "L3", "L4", "L5") if key in answer]
        assert tuple(answer[key] for key in levels) == least
        assert answer["bounds"] == {key: answer[key] for key in levels}
        assert keeps_rules(instance, answer["plan"])
        assert value(instance, answer["plan"]) == least
        assert {p: set(places) for p, places in answer["plan"].items()} == {
            p["id"]: set(p["slots"]) for p in instance["participants"]
        }
        checked = read_instance(instance)
        assert broken_rules(checked, answer["plan"]) == []
        assert tuple(score(checked, answer["plan"]).values()) == least


@thorough
@given(small_instances())
def test_solve_small_instance_reaches_the_brute_force_optimum(found):
    _same_as_brute_force(found)


@thorough
@given(small_instances(bound=True))
def test_solve_instance_full_of_rules_reaches_the_brute_force_optimum(found):
    _same_as_brute_force(found)


@thorough
@given(small_instances(), st.data())
def test_solve_with_balance_and_published_plan_reaches_the_brute_force_optimum(found, data):
    names = [None, *(w["id"] for w in found["workshops"])]
    found["balance"] = data.draw(st.booleans())
    found["published"] = {
        p["id"]: {slot: data.draw(st.sampled_from(names)) for slot in p["slots"]}
        for p in found["participants"]
        if data.draw(st.booleans())
    }
    _same_as_brute_force(found)


@thorough
@given(small_instances(bound=True), st.integers(0, 99), st.integers(0, 3))
def test_solve_shuffled_lists_gives_the_same_plan(found, order, seed):
    one = solve(found, seconds=20, seed=seed)
    other = solve(shuffled(found, order), seconds=20, seed=seed)
    assert (one["status"], one["plan"]) == (other["status"], other["plan"])


@thorough
@given(small_instances())
def test_broken_rules_agree_with_brute_force_on_any_plan(found):
    try:
        checked = read_instance(found)
    except Refused:
        return
    for plan in islice(plans(found), 0, 4000, 37):
        assert (broken_rules(checked, plan) == []) == keeps_rules(found, plan)


@thorough
@given(small_instances())
def test_solve_letting_columns_in_one_by_one_reaches_the_brute_force_optimum(found):
    with patch.object(solving, "MANY_COLUMNS", 0), patch.object(engine, "COLUMNS_A_ROUND", 1):
        _same_as_brute_force(found)


def test_solve_place_that_nobody_wished_is_let_in_when_it_helps():
    found = instance([person("a", "A"), person("b", "BA")], {"A": 1, "B": 0, "C": 1})
    found["workshops"][2]["min"] = {"1": 1}
    with patch.object(solving, "MANY_COLUMNS", 0):
        answer = solve(found)
    assert (answer["status"], answer["L2"]) == ("optimal", 25)


@thorough
@given(small_instances())
def test_solve_when_prices_fix_nothing_falls_back_on_rows_and_stays_exact(found):
    with patch.object(levels, "_tighten", lambda region, relaxed: None):
        _same_as_brute_force(found)
