"""Each hard rule, the edges of the input, and the order of the levels."""

from __future__ import annotations

import pytest

from app.workshops.solver import broken_rules, diff, read_instance, solve
from tests.workshops.solver.instances import drawn, instance, person, shuffled


def _levels(answer):
    return answer["status"], answer["L1"], answer["L2"], answer["L3"]


def test_solve_empty_instance_is_optimal_and_empty():
    answer = solve({"slots": [], "workshops": [], "participants": []})
    assert _levels(answer) == ("optimal", 0, 0, 0)
    assert answer["plan"] == {}
    assert answer["conflicts"] == []
    assert answer["bounds"] == {"L1": 0, "L2": 0, "L3": 0}


def test_solve_participant_without_slots_gets_an_empty_line():
    answer = solve(instance([person("p", "A", slots="")], {"A": 1}))
    assert answer["plan"] == {"p": {}}
    assert answer["L1"] == 0


def test_solve_no_workshop_leaves_everybody_without():
    answer = solve(instance([person("p"), person("q")], {}))
    assert _levels(answer) == ("optimal", 2, 0, 0)
    assert answer["plan"] == {"p": {"1": None}, "q": {"1": None}}


def test_solve_workshop_of_no_places_stays_empty():
    answer = solve(instance([person("p", "A")], {"A": 0, "B": 1}))
    assert _levels(answer) == ("optimal", 0, 25, 0)
    assert answer["plan"] == {"p": {"1": "B"}}


def test_solve_workshop_not_held_in_a_slot_is_not_given_there():
    found = instance([person("p", "A", slots="2")], {"A": 1}, slots="12")
    del found["workshops"][0]["capacity"]["2"]
    assert solve(found)["plan"] == {"p": {"2": None}}


@pytest.mark.parametrize(("wishes", "cost"), [("ABCDEFG", 0), ("BA", 1), ("BCA", 4), ("BCDA", 9), ("BCDEA", 16)])
def test_l2_is_the_rank_squared(wishes, cost):
    found = instance([person("p", wishes)], {"A": 1, "B": 0, "C": 0, "D": 0, "E": 0, "F": 0, "G": 0})
    assert solve(found)["L2"] == cost


@pytest.mark.parametrize(("wishes", "cost"), [("BCDEFA", 25), ("BCDEFGA", 25), ("B", 25), ("", 0)])
def test_l2_never_exceeds_25_and_is_nothing_without_wishes(wishes, cost):
    found = instance([person("p", wishes)], {"A": 1, "B": 0, "C": 0, "D": 0, "E": 0, "F": 0, "G": 0})
    assert solve(found)["L2"] == cost


def test_a_place_for_everybody_comes_before_any_wish():
    people = [person("a", "A"), person("b", "AB"), person("c", "AB")]
    found = instance(people, {"A": 1, "B": 1, "C": 1})
    assert _levels(solve(found)) == ("optimal", 0, 26, 0)


def test_wishes_come_before_the_spread_of_communes():
    people = [person(f"p{i}", "A", commune="x") for i in range(3)]
    assert _levels(solve(instance(people, {"A": 3, "B": 3}))) == ("optimal", 0, 0, 9)


def test_people_of_one_commune_without_wishes_are_spread():
    people = [person(f"p{i}", commune="x") for i in range(4)] + [person("q")]
    assert _levels(solve(instance(people, {"A": 3, "B": 3}))) == ("optimal", 0, 0, 8)


def test_nobody_attends_one_workshop_twice_unless_it_may_be_repeated():
    people = [person(p, "A", slots="12") for p in "ab"]
    found = instance(people, {"A": 2, "B": 2}, slots="12")
    answer = solve(found)
    assert answer["L2"] == 50
    assert all(set(places.values()) == {"A", "B"} for places in answer["plan"].values())
    assert solve({**found, "repeat": True})["L2"] == 0


def test_counts_of_a_class_are_handed_out_without_a_workshop_twice():
    people = [person(f"p{i}", "ABC", commune="x", slots="123") for i in range(9)]
    found = instance(people, {"A": 3, "B": 3, "C": 3}, slots="123")
    answer = solve(found)
    assert answer["L1"] == 0
    assert all(set(places.values()) == {"A", "B", "C"} for places in answer["plan"].values())


def test_minimum_is_filled_against_wishes():
    found = instance([person(f"p{i}", "A") for i in range(4)], {"A": 4, "B": 4})
    found["workshops"][1]["min"] = {"1": 2}
    assert solve(found)["L2"] == 50


def test_commune_maximum_leaves_people_without_rather_than_break():
    found = instance([person(f"p{i}", commune="x") for i in range(3)], {"A": 3}, max_per_commune_per_workshop=2)
    assert _levels(solve(found)) == ("optimal", 1, 0, 4)


def test_people_kept_together_share_the_slots_they_share():
    people = [person("a", "A", slots="12"), person("b", "B", slots="2")]
    answer = solve(instance(people, {"A": 2, "B": 2}, slots="12", keep_together=[["a", "b"]]))
    assert answer["plan"]["a"]["2"] == answer["plan"]["b"]["2"]
    assert answer["L1"] == 0


def test_people_kept_together_stay_without_a_place_rather_than_part():
    found = instance([person("a"), person("b")], {"A": 1, "B": 1}, keep_together=[["a", "b"]])
    assert solve(found)["L1"] == 2


def test_people_kept_apart_may_both_be_without_a_place():
    found = instance([person("a"), person("b"), person("c")], {"A": 3}, keep_apart=[["a", "b", "c"]])
    assert solve(found)["L1"] == 2


def test_locked_person_stays_and_takes_along_who_is_kept_together():
    people = [person("a", "B"), person("b", "B")]
    locked = [{"participant": "a", "slot": "1", "workshop": "A"}]
    answer = solve(instance(people, {"A": 2, "B": 2}, locked=locked, keep_together=[["a", "b"]]))
    assert answer["plan"] == {"a": {"1": "A"}, "b": {"1": "A"}}


def test_people_alike_are_served_in_order_of_id_and_by_lot_with_a_seed():
    found = instance([person(f"p{i}", "A") for i in range(8)], {"A": 2, "B": 8})
    served = [[p for p, places in solve(found, seed=seed)["plan"].items() if places["1"] == "A"] for seed in range(4)]
    assert served[0] == ["p0", "p1"]
    assert len({tuple(names) for names in served}) > 1
    assert served[2] == [p for p, places in solve(found, seed=2)["plan"].items() if places["1"] == "A"]


def test_published_plan_is_kept_among_plans_that_are_equally_good():
    people = [person(f"p{i}", "A") for i in range(6)]
    found = instance(people, {"A": 3, "B": 3})
    told = {f"p{i}": {"1": "A" if i > 2 else "B"} for i in range(6)}
    answer = solve({**found, "published": told})
    assert answer["L5"] == 0
    assert answer["plan"] == told


def test_balance_spreads_categories_only_when_asked():
    people = [person(f"p{i}", category="elected" if i < 2 else "guest") for i in range(4)]
    found = instance(people, {"A": 2, "B": 2}, balance=True)
    assert solve(found)["L4"] == 4
    assert "L4" not in solve({**found, "balance": False})


def test_solve_larger_meeting_is_proven_and_the_same_in_any_order():
    found = drawn(300, 3, 2)
    one, other = solve(found), solve(shuffled(found, 5))
    assert one["status"] == other["status"] == "optimal"
    assert one["plan"] == other["plan"]
    assert broken_rules(read_instance(found), one["plan"]) == []


def test_time_limit_that_is_used_up_still_gives_a_valid_plan_and_honest_bounds():
    found = drawn(600, 6, 2)
    hurried, proven = solve(found, seconds=0), solve(found)
    assert hurried["status"] == "feasible"
    assert broken_rules(read_instance(found), hurried["plan"]) == []
    assert proven["status"] == "optimal"
    assert hurried["bounds"]["L1"] <= proven["L1"] <= hurried["L1"]
    assert (hurried["L1"], hurried["L2"]) >= (proven["L1"], proven["L2"])
    assert hurried["bounds"]["L2"] <= proven["L2"]


def test_solve_does_not_write_on_standard_output(capfd):
    solve(drawn(30, 3))
    assert capfd.readouterr().out == ""


def test_diff_names_who_moves_and_from_where_to_where():
    before = {"a": {"1": "A"}, "b": {"1": "B"}, "c": {"1": "A"}}
    after = {"a": {"1": "B"}, "b": {"1": "B"}, "d": {"1": "A"}}
    assert diff(before, after) == [
        {"participant": "a", "slot": "1", "from": "A", "to": "B"},
        {"participant": "c", "slot": "1", "from": "A", "to": None},
        {"participant": "d", "slot": "1", "from": None, "to": "A"},
    ]
