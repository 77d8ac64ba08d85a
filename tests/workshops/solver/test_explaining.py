"""Reasons: what was got, what stood in the way of each better wish, and what would change it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.workshops.solver import explain, solve
from tests.workshops.solver.instances import drawn, instance, person

WORDS = Path(__file__).parents[3] / "app/translations/words/workshops.csv"


def reasons(found, name, plan=None):
    return explain(found, plan if plan is not None else solve(found)["plan"], name)


def test_explain_first_wish_got_says_its_rank_and_nothing_else():
    found = instance([person("p", "AB")], {"A": 1, "B": 1})
    assert reasons(found, "p") == [{"code": "wish", "slot": "1", "workshop": "A", "rank": 1}]


def test_explain_full_workshop_names_who_took_the_last_seat_and_the_exchange():
    found = instance([person("a", "AB"), person("b", "AB")], {"A": 1, "B": 1})
    assert reasons(found, "b") == [
        {"code": "wish", "slot": "1", "workshop": "B", "rank": 2},
        {
            "code": "full",
            "slot": "1",
            "workshop": "A",
            "rank": 1,
            "capacity": 1,
            "person": "a",
            "by": "wish",
        },
        {"code": "exchange", "slot": "1", "workshop": "A", "rank": 1, "person": "a", "cost": 0},
    ]


def test_explain_workshop_full_of_locked_people_offers_no_exchange():
    locked = [{"participant": "a", "slot": "1", "workshop": "A"}]
    found = instance([person("a"), person("b", "A")], {"A": 1, "B": 1}, locked=locked)
    codes = [(reason["code"], reason.get("by")) for reason in reasons(found, "b")]
    assert codes == [("not_wished", None), ("full", "locked"), ("more_places", None)]
    assert [reason["code"] for reason in reasons(found, "a")] == ["locked"]


def test_explain_commune_maximum_names_the_commune():
    people = [person(p, "A", commune="x") for p in "ab"]
    found = instance(people, {"A": 2, "B": 2}, max_per_commune_per_workshop=1)
    told = reasons(found, "b")
    assert [reason["code"] for reason in told] == ["not_wished", "commune_maximum", "exchange"]
    assert (told[1]["commune"], told[1]["most"]) == ("x", 1)


def test_explain_person_kept_together_names_the_others_and_the_seats_they_lack():
    people = [person("a", "A"), person("b", "B"), person("c", "A")]
    locked = [{"participant": "c", "slot": "1", "workshop": "A"}]
    found = instance(people, {"A": 2, "B": 2}, keep_together=[["a", "b"]], locked=locked)
    told = reasons(found, "a")
    assert [reason["code"] for reason in told] == ["not_wished", "together", "too_few_for_together", "relax_rule"]
    assert told[1]["people"] == ["b"]
    assert (told[2]["free"], told[2]["people"]) == (1, 2)


def test_explain_move_that_would_cost_companions_more_says_so():
    people = [person("a", "AB"), person("b", "BA"), person("c", "BA")]
    found = instance(people, {"A": 3, "B": 3}, keep_together=[["a", "b", "c"]])
    assert [reason["code"] for reason in reasons(found, "a")] == ["wish", "together", "worse_for_companions"]


def test_explain_person_kept_apart_names_the_other():
    locked = [{"participant": "a", "slot": "1", "workshop": "A"}]
    found = instance([person("a"), person("b", "A")], {"A": 2, "B": 2}, keep_apart=[["a", "b"]], locked=locked)
    told = reasons(found, "b")
    assert [reason["code"] for reason in told] == ["not_wished", "apart", "relax_rule"]
    assert told[1]["person"] == "a"


def test_explain_wish_attended_in_another_slot_says_which():
    found = instance([person("a", "A", slots="12")], {"A": 1, "B": 1}, slots="12")
    told = [reason for reason in reasons(found, "a") if reason["code"] == "elsewhere"]
    assert len(told) == 1
    assert {told[0]["slot"], told[0]["other_slot"]} == {"1", "2"}


def test_explain_wish_not_held_or_without_places_says_so():
    found = instance([person("a", "ZY")], {"A": 1, "Y": 0, "Z": 1})
    found["workshops"][2]["capacity"] = {}
    assert [reason["code"] for reason in reasons(found, "a")] == ["not_wished", "not_held", "no_places", "more_places"]


def test_explain_minimum_that_needs_the_person_says_so():
    found = instance([person("a", "A")], {"A": 1, "B": 1})
    found["workshops"][1]["min"] = {"1": 1}
    assert [reason["code"] for reason in reasons(found, "a")] == ["not_wished", "needed_elsewhere"]


def test_explain_plan_changed_by_hand_sees_the_free_seat():
    found = instance([person("a", "AB")], {"A": 1, "B": 1})
    assert [r["code"] for r in reasons(found, "a", {"a": {"1": "B"}})] == ["wish", "free"]


def test_explain_person_without_a_place_hears_why_for_every_workshop():
    found = instance([person("a"), person("b")], {"A": 1})
    assert [reason["code"] for reason in reasons(found, "b")] == ["no_place", "full", "exchange"]


def test_explain_unknown_person_is_a_key_error():
    with pytest.raises(KeyError):
        explain(instance([], {}), {}, "nobody")


def test_explain_codes_of_a_whole_meeting_all_have_words():
    found = drawn(120, 4, 2)
    ids = [p["id"] for p in found["participants"]]
    found["keep_together"], found["keep_apart"] = [ids[:2], ids[2:5]], [ids[5:8]]
    found["max_per_commune_per_workshop"] = 3
    plan = solve(found)["plan"]
    told = [reason for one in ids for reason in explain(found, plan, one)]
    with WORDS.open(encoding="utf-8") as file:
        known = {row["key"] for row in csv.DictReader(file)}
    assert {f"assign.reason.{reason['code']}" for reason in told} <= known
    assert {f"assign.by.{reason['by']}" for reason in told if "by" in reason} <= known
    assert "free" not in {reason["code"] for reason in told}
