"""Loading bodies, searching them, and counting working days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.kernel import journal
from app.kernel.access import NOBODY, SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask, transaction
from app.territory import actions, queries
from app.territory.models import Body, BodyAlias, DayOff
from app.territory.seed import read_seed
from tests.client import Browser
from tests.queries import count_queries
from tests.world import World


def _load(clock: FixedClock) -> actions.Loaded:
    with transaction():
        return actions.load_bodies(read_seed(), actor=SYSTEM, clock=clock)


def test_seed_loaded_into_the_world_holds_every_unit_of_morocco(world: World, clock: FixedClock) -> None:
    _load(clock)
    with transaction(writes=False):
        counts = queries.count_by_kind()
        agadir = queries.find_body_by_code("09.001.01.01")
        assert agadir is not None
        assert [one.kind for one in queries.lineage(agadir)] == ["region", "prefecture", "commune"]
        assert len(queries.below(queries.lineage(agadir)[0])) == 175
        assert agadir.id == world.things["09.001.01.01"]
    assert counts["region"] == 12
    assert counts["prefecture"] + counts["province"] == 75
    assert counts["commune"] == 1503


def test_seed_loaded_twice_changes_and_records_nothing(world: World, clock: FixedClock) -> None:
    first, again = _load(clock), _load(clock)
    assert first.new > 1500
    assert (again.new, again.changed, again.aliases) == (0, 0, 0)
    with transaction(writes=False):
        assert journal.heads(journal.INSTALLATION)[0] == 1
        assert db.session.scalar(select(func.count()).select_from(BodyAlias)) == first.aliases


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("اكادير", "09.001.01.01"), ("Agadir", "09.001.01.01"), ("جماعة أكادير", "09.001.01.01"),
        ("ait melloul", "09.273.01.05"), ("أيت ملول", "09.273.01.05"), ("الناظور", None), ("DGCT", "dgct"),
        ("البنك الدولي", "world-bank"), ("09.001.01.01", "09.001.01.01"),
    ],
)  # fmt: skip
def test_search_in_any_spelling_finds_the_body_first(world: World, clock: FixedClock, typed: str, code: str) -> None:
    _load(clock)
    with transaction(writes=False), count_queries() as queries_made:
        found = queries.search(typed, kinds=() if code and not code[0].isdigit() else ("commune",))
    assert queries_made.count == 1
    assert found
    assert code is None or found[0].code == code


def test_search_for_a_homonym_shows_the_province_of_each(browser: Browser, clock: FixedClock) -> None:
    _load(clock)
    answer = browser.get("/fr/bodies/search?q=oulad aissa&kind=commune")
    details = [one["detail"] for one in answer.get_json()]
    assert len(details) == len(set(details)) == 3


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "zzzz"])
def test_search_for_nothing_finds_nothing(world: World, clock: FixedClock, typed: str) -> None:
    with transaction(writes=False):
        assert queries.search(typed) == []


def test_list_of_another_country_is_loaded_under_its_own_codes(world: World, clock: FixedClock) -> None:
    text = "code,kind,name_ar,name_fr,parent,population,aliases\nTN-11,region,تونس,Tunis,,,\nTN-1101,commune,باردو,Le Bardo,TN-11,70000,Bardo\n"
    with transaction():
        done = actions.load_list(text, source="tunisia.csv", actor=SYSTEM, clock=clock)
    assert (done.new, done.aliases) == (2, 1)
    with transaction(writes=False):
        assert [one.code for one in queries.search("bardo")] == ["TN-1101"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name\nx\n", "list_columns"), ("code,kind,name_ar,name_fr\n", "list_empty"),
        ("code,kind,name_ar,name_fr\na,city,x,y\n", "list_kind_unknown"),
        ("code,kind,name_ar,name_fr,parent\na,commune,x,y,nowhere\n", "list_parent_unknown"),
    ],
)  # fmt: skip
def test_list_that_cannot_be_read_is_refused_whole(world: World, clock: FixedClock, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused, transaction():
        actions.load_list(text, source="x", actor=SYSTEM, clock=clock)
    assert refused.value.code == code


def test_loading_by_the_public_is_refused(world: World, clock: FixedClock) -> None:
    with pytest.raises(Refusal, match="not_allowed"), transaction():
        actions.load_bodies(read_seed(), actor=NOBODY, clock=clock)


def test_command_load_with_json_prints_its_counts(app: LiqaaFlask, world: World, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["territory", "load", "--json"])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["new"] > 1500
    bad = tmp_path / "bad.csv"
    bad.write_text("name\nx\n", encoding="utf-8")
    refused = runner.invoke(args=["territory", "load", "--csv", str(bad)])
    assert refused.exit_code == 1
    assert "column" in refused.stderr


@pytest.mark.parametrize(
    ("start", "count", "day", "provisional"),
    [
        (date(2022, 3, 26), 20, date(2022, 4, 22), False), (date(2022, 4, 1), 30, date(2022, 5, 17), True),
        (date(2026, 10, 28), 10, date(2026, 11, 12), False), (date(2022, 3, 25), 1, date(2022, 3, 28), False),
        (date(2022, 3, 26), 0, date(2022, 3, 28), False), (date(2023, 4, 20), 1, date(2023, 4, 25), True),
    ],
)  # fmt: skip
def test_working_day_after_a_date_skips_days_off(
    world: World, clock: FixedClock, start: date, count: int, day: date, provisional: bool
) -> None:
    with transaction():
        actions.fill_days_off(2019, 2030, actor=SYSTEM, clock=clock)
    with transaction(writes=False):
        found = queries.working_day_after(start, count)
    assert (found.day, found.provisional) == (day, provisional)


def test_feast_confirmed_on_its_days_makes_the_deadline_certain(world: World, clock: FixedClock) -> None:
    with transaction():
        actions.fill_days_off(2022, 2022, actor=SYSTEM, clock=clock)
        for row in queries.days_off(date(2022, 4, 1), date(2022, 6, 1)):
            actions.confirm_day_off(row, actor=SYSTEM, clock=clock)
    with transaction(writes=False):
        assert queries.working_day_after(date(2022, 4, 1), 30).provisional is False


def test_days_off_filled_twice_keep_what_was_edited(world: World, clock: FixedClock) -> None:
    with transaction():
        assert actions.fill_days_off(2022, 2022, actor=SYSTEM, clock=clock) > 10
        actions.set_day_off(date(2022, 5, 2), name_ar="عيد الفطر", name_fr="Aïd al-Fitr", kind="islamic",
                            status="confirmed", source="arrêté", actor=SYSTEM, clock=clock)  # fmt: skip
    with transaction():
        assert actions.fill_days_off(2022, 2022, actor=SYSTEM, clock=clock) == 0
        row = db.session.get(DayOff, date(2022, 5, 2))
        assert row is not None
        assert row.status == "confirmed"


def test_body_under_two_parents_in_turn_has_the_lineage_of_the_last(world: World, clock: FixedClock) -> None:
    head = "code,kind,name_ar,name_fr,parent\nr1,region,أ,A,\nr2,region,ب,B,\np,province,ت,C,{}\nc,commune,ث,D,p\n"
    for parent in ("r1", "r2"):
        with transaction():
            actions.load_list(head.format(parent), source="x", actor=SYSTEM, clock=clock)
    with transaction(writes=False):
        commune = db.session.scalar(select(Body).where(Body.code == "c"))
        assert commune is not None
        assert [one.code for one in queries.lineage(commune)] == ["r2", "p", "c"]
