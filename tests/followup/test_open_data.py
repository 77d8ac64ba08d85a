"""Open data: commitments and published tasks, without names of persons, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

from app.followup import actions
from app.followup.actions import Answer, Plan
from app.kernel.transaction import transaction
from tests.client import Browser
from tests.followup.conftest import Scene

PATH = "/api/v1/meetings/agadir-2022"


def plan(scene: Scene, title: str) -> None:
    with transaction():
        row, officer = scene.commitment(3), scene.actor("officer")
        actions.respond(row, answer=Answer("accepted", "اسم شخصي", date(2022, 6, 30)), actor=officer, clock=scene.clock)
        for name, public in ((title, True), ("مهمة داخلية", False)):
            task = actions.plan(row, task=Plan(name, "صاحب المهمة", date(2022, 5, 1)), actor=officer, clock=scene.clock)
            if public:
                actions.publish_task(task, actor=scene.actor("unit"), clock=scene.clock)


def test_commitments_are_listed_with_their_states_and_without_names(scene: Scene, browser: Browser) -> None:
    plan(scene, "نشر القرار")
    answer = browser.get(f"{PATH}/commitments")
    rows = answer.json["commitments"]
    assert len(rows) == 6
    third = next(row for row in rows if row["recommendation"] == "2022/3")
    assert third["state"] == "planned"
    assert third["original_due"] == "2022-06-30"
    assert third["late"] is False
    assert third["answered_at"] == "2022-04-04T10:00:00Z"
    assert "اسم شخصي" not in answer.get_data(as_text=True)


def test_only_published_tasks_are_listed_without_their_owner(scene: Scene, browser: Browser) -> None:
    plan(scene, "نشر القرار")
    answer = browser.get(f"{PATH}/tasks")
    assert [row["title_ar"] for row in answer.json["tasks"]] == ["نشر القرار"]
    assert "صاحب المهمة" not in answer.get_data(as_text=True)


def test_tables_open_in_arabic_and_hold_no_formula(scene: Scene, browser: Browser) -> None:
    plan(scene, "=HYPERLINK(1)")
    for name, count in (("commitments", 7), ("tasks", 2)):
        sheet = browser.get(f"{PATH}/{name}.csv")
        assert sheet.data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))
        assert len(rows) == count
    assert "'=HYPERLINK(1)" in rows[1]


def test_other_meeting_lists_nothing_of_this_one(scene: Scene, browser: Browser) -> None:
    assert browser.get("/api/v1/meetings/fes-2023/commitments").json["commitments"] == []
