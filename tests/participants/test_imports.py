"""The import: dry run, whole or not at all, the same file twice, undone within a day, by page and by command."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from app.kernel import journal
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask, transaction
from app.participants.actions import erasing, import_undoing, importing
from app.participants.importing import read_workbook
from app.participants.models import ImportBatch, Participant, ReservedSeat
from app.participants.queries.importing import dry_run
from tests.client import Browser
from tests.lint import lint_page
from tests.participants.importing.sheets import DATA, workbook
from tests.participants.people import agadir, make_small, one_of_the_cast, register_one, taken
from tests.world import World

MESSY = DATA / "participants-messy.xlsx"
BASE = "/{}/meetings/agadir-2022/manage/imports"
HEAD = ["الاسم الكامل", "الصفة", "الجماعة", "الهاتف", "البريد الإلكتروني", "الورشة"]
CLEAN = [
    HEAD,
    ["أحمد بنعلي", "رئيس جماعة", "أكادير", "0661000001", "a@commune.example", "W1"],
    ["فاطمة الزهراء العلوي", "منتخبة", "آيت ملول", "0661000002", "f@commune.example", "W2"],
    ["سعيد الطاهري", "موظف جماعة", "الدشيرة الجهادية", "0661000003", "s@commune.example", ""],
]


def clean(rows: list[list[str]] = CLEAN) -> bytes:
    return workbook(("لائحة", rows))


def bring_in(world: World, clock: FixedClock, content: bytes, *, skip_bad: bool = False) -> ImportBatch:
    organiser, meeting = one_of_the_cast(world, "organiser"), agadir(world)
    batch = importing.upload(meeting=meeting, content=content, filename="list.xlsx", actor=organiser, clock=clock)
    importing.check(batch=batch, meeting=meeting, mapping=None, actor=organiser)
    importing.commit(batch=batch, meeting=meeting, skip_bad=skip_bad, actor=organiser, clock=clock)
    return batch


def count(model: Any = Participant) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_clean_list_is_written_in_one_act_and_its_people_hold_seats(world: World, clock: FixedClock) -> None:
    with transaction():
        batch = bring_in(world, clock, clean())
        assert (batch.summary["written"]["new"], batch.state, taken(world.things["agadir"])) == (3, "done", 3)
        ident = db.session.scalars(select(Participant.id)).first()
    with transaction(writes=False):
        kinds = [line.kind for line in journal.latest(agadir(world))]
        assert kinds == ["participant.imported"]
        assert journal.history("participant", str(ident))[0].kind == "participant.imported"
        assert {one.status for one in db.session.scalars(select(Participant))} == {"registered"}


def test_same_file_twice_changes_nothing(world: World, clock: FixedClock) -> None:
    with transaction():
        bring_in(world, clock, clean())
        again = bring_in(world, clock, clean())
        assert (again.summary["new"], again.summary["changed"], again.summary["same"]) == (0, 0, 3)
        assert (count(), taken(world.things["agadir"])) == (3, 3)
    with transaction(writes=False):
        assert len([line for line in journal.latest(agadir(world)) if line.kind == "participant.imported"]) == 1


def test_messy_list_twice_is_the_second_time_all_the_same(world: World, clock: FixedClock) -> None:
    with transaction():
        first = bring_in(world, clock, MESSY.read_bytes(), skip_bad=True)
        people, seats, places = count(), count(ReservedSeat), taken(world.things["agadir"])
        assert first.summary["written"]["new"] > 5
        second = bring_in(world, clock, MESSY.read_bytes(), skip_bad=True)
        assert second.summary["written"]["new"] == 0
        assert second.summary["written"]["changed"] == 0
        assert (count(), count(ReservedSeat), taken(world.things["agadir"])) == (people, seats, places)


def test_list_with_a_row_to_mend_is_refused_whole(world: World, clock: FixedClock) -> None:
    rows = [*CLEAN, ["خديجة بوعزة", "", "أكادير", "06 00 00", "", ""]]
    with pytest.raises(Refusal) as refused, transaction():
        bring_in(world, clock, clean(rows))
    assert refused.value.code == "import_bad_rows"
    with transaction(writes=False):
        assert (count(), count(ImportBatch), taken(world.things["agadir"])) == (0, 0, 0)
    with transaction():
        assert bring_in(world, clock, clean(rows), skip_bad=True).summary["written"]["new"] == 3


def test_changed_cell_changes_one_field_and_says_so(world: World, clock: FixedClock) -> None:
    with transaction():
        bring_in(world, clock, clean())
        rows = [HEAD, ["أحمد بنعلي", "رئيس جماعة", "آيت ملول", "0661000001", "a@commune.example", "W1"]]
        batch = bring_in(world, clock, clean(rows))
        assert batch.rows[0]["changes"][0]["field"] == "body_id"
        person = db.session.scalar(select(Participant).where(Participant.email == "a@commune.example"))
        assert person is not None
        assert person.body is not None
        assert person.body.code == "09.273.01.05"
        import_undoing.undo(batch=batch, meeting=agadir(world), actor=one_of_the_cast(world, "organiser"), clock=clock)
        assert person.body.code == "09.001.01.01"


def test_list_larger_than_the_places_waits_in_the_order_of_the_file(world: World, clock: FixedClock) -> None:
    with transaction():
        make_small(agadir(world), 2)
        batch = bring_in(world, clock, clean())
        assert batch.summary["written"]["waiting"] == 1
        last = db.session.scalar(select(Participant).where(Participant.status == "waitlisted"))
        assert last is not None
        assert (last.name_ar, last.waiting_rank, taken(world.things["agadir"])) == ("سعيد الطاهري", 1, 2)


def test_import_undone_gives_everything_back_but_those_who_acted(world: World, clock: FixedClock) -> None:
    from app.participants.actions import deciding

    with transaction():
        register_one(agadir(world), clock, "كانت هنا")
        batch = bring_in(world, clock, clean())
        organiser = one_of_the_cast(world, "organiser")
        acted = db.session.scalar(select(Participant).where(Participant.email == "f@commune.example"))
        assert acted is not None
        deciding.confirm(participant=acted, actor=organiser, clock=clock)
        ident = batch.id
    with transaction():
        batch = db.session.get(ImportBatch, ident)  # type: ignore[assignment]
        organiser = one_of_the_cast(world, "organiser")
        counts = import_undoing.undo(batch=batch, meeting=agadir(world), actor=organiser, clock=clock)
        assert (counts, count(), taken(world.things["agadir"])) == ({"gone": 2, "restored": 0, "kept": 1}, 2, 2)
        with pytest.raises(Refusal):
            import_undoing.undo(batch=batch, meeting=agadir(world), actor=organiser, clock=clock)


def test_import_is_not_undone_after_a_day(world: World, clock: FixedClock) -> None:
    with transaction():
        batch = bring_in(world, clock, clean())
        clock.moment += timedelta(hours=25)
        with pytest.raises(Refusal) as refused:
            import_undoing.undo(
                batch=batch, meeting=agadir(world), actor=one_of_the_cast(world, "organiser"), clock=clock
            )
        assert refused.value.code == "undo_late"


def test_erased_person_leaves_the_import_and_its_file(world: World, clock: FixedClock, app: LiqaaFlask) -> None:
    with transaction():
        batch = bring_in(world, clock, clean())
        person = db.session.scalar(select(Participant).where(Participant.email == "f@commune.example"))
        assert person is not None
        erasing.erase(participant=person, actor=one_of_the_cast(world, "organiser"), clock=clock)
        assert batch.file_id is None
        assert "f@commune.example" not in json.dumps(batch.rows)
        assert [path for path in app.config["LIQAA"].uploads_folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7 no list", "not_a_spreadsheet"), (b"", "empty"), (b"PK\x03\x04 broken", "damaged")],
)
def test_file_that_is_no_list_is_refused_with_its_code(
    world: World, clock: FixedClock, browser: Browser, content: bytes, code: str
) -> None:
    own = browser.sign_in("organiser")
    answer = own.post(BASE.format("ar"), {"file": (BytesIO(content), "list.xlsx")})
    assert (answer.status_code, lint_page(answer, "ar")) == (422, [])
    with transaction(writes=False):
        assert count(ImportBatch) == 0


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_wizard_leads_from_the_file_to_the_result(world: World, browser: Browser, lang: str) -> None:
    own = browser.sign_in("organiser")
    assert lint_page(own.get(BASE.format(lang)), lang) == []
    sent = own.post(BASE.format(lang), {"file": (BytesIO(MESSY.read_bytes()), "liste_v3_FINAL.xlsx")})
    assert sent.status_code == 303, sent.text
    columns = own.get(sent.location)
    assert (columns.status_code, lint_page(columns, lang)) == (200, [])
    checked = own.post(sent.location, {})
    page = own.get(checked.location)
    assert (page.status_code, lint_page(page, lang)) == (200, [])
    with transaction(writes=False):
        assert count() == 0
    bad = openpyxl.load_workbook(BytesIO(own.get(f"{checked.location}/bad-rows.xlsx").data)).worksheets[0]
    assert bad.max_row > 2
    assert own.post(f"{checked.location}/commit", {"mode": "all"}).status_code == 422
    done = own.post(f"{checked.location}/commit", {"mode": "skip"})
    report = own.get(done.location)
    assert (report.status_code, lint_page(report, lang)) == (200, [])
    asked = own.get(f"{checked.location}/undo")
    assert lint_page(asked, lang) == []
    own.post(f"{checked.location}/undo")
    assert lint_page(own.get(checked.location), lang) == []
    with transaction(writes=False):
        assert (count(), taken(world.things["agadir"])) == (0, 0)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_template_is_read_without_choosing_a_column(world: World, browser: Browser, lang: str) -> None:
    own = browser.sign_in("organiser")
    book = openpyxl.load_workbook(BytesIO(own.get(f"{BASE.format('ar')}/template-{lang}.xlsx").data))
    sheet = book.worksheets[0]
    sheet.append(["أحمد بنعلي", "Ahmed Benali", "", "", "", "أكادير", "0661000001", "a@c.example", "1", "", ""])
    out = BytesIO()
    book.save(out)
    with transaction(writes=False):
        row = dry_run(agadir(world), read_workbook(out.getvalue())).rows[0]
        assert (row.name_ar, row.name_latin, row.body_code, row.phones, row.email) == (
            "أحمد بنعلي", "Ahmed Benali", "09.001.01.01", ["+212661000001"], "a@c.example")  # fmt: skip


def run(app: LiqaaFlask, *args: str) -> Any:
    return app.test_cli_runner().invoke(args=["participants", "import", *args])


def test_command_says_each_row_as_json_then_the_summary(app: LiqaaFlask, world: World) -> None:
    done = run(app, str(MESSY), "--meeting", "agadir-2022", "--dry-run", "--json")
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (set(lines[-1]), lines[0]["row"] > 0, lines[0]["outcome"]) == ({"summary"}, True, "new")
    with transaction(writes=False):
        assert (count(), count(ImportBatch)) == (0, 0)


def test_command_writes_a_clean_list_and_refuses_one_to_be_mended(
    app: LiqaaFlask, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "clean.xlsx"
    path.write_bytes(clean())
    assert run(app, str(path), "--meeting", "agadir-2022", "--json").exit_code == 0
    with transaction(writes=False):
        assert count() == 3
    refused = run(app, str(MESSY), "--meeting", "agadir-2022")
    assert (refused.exit_code, "Correct them" in refused.stderr) == (1, True)
    assert run(app, str(MESSY), "--meeting", "nowhere").exit_code == 1
    assert run(app, str(MESSY)).exit_code == 2
    with transaction(writes=False):
        assert count() == 3


def test_command_prints_one_object_for_a_file_refused_whole(app: LiqaaFlask, world: World, tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"%PDF-1.7")
    done = run(app, str(path), "--meeting", "agadir-2022", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"] == "not_a_spreadsheet"


def test_large_list_is_read_and_written_by_jobs_whose_page_waits(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.jobs.worker import Worker

    monkeypatch.setattr("app.participants.views.imports.LARGE", 2)
    own = browser.sign_in("organiser")
    sent = own.post(BASE.format("ar"), {"file": (BytesIO(clean()), "list.xlsx")})
    page = own.post(sent.location, {}).location
    waiting = own.get(page)
    assert ('http-equiv="refresh"' in waiting.text, lint_page(waiting, "ar")) == (True, [])
    Worker().drain()
    assert "import-go" in own.get(page).text
    own.post(f"{page}/commit", {"mode": "all"})
    own.post(f"{page}/commit", {"mode": "all"})
    with transaction(writes=False):
        assert count() == 0
    Worker().drain()
    assert own.get(page).status_code == 200
    with transaction(writes=False):
        assert (count(), taken(world.things["agadir"])) == (3, 3)


def test_file_of_an_import_is_deleted_once_it_cannot_be_undone(
    world: World, clock: FixedClock, app: LiqaaFlask
) -> None:
    from app.jobs.actions import enqueue
    from app.jobs.worker import Worker

    with transaction():
        ident = bring_in(world, clock, clean()).id
    clock.moment += timedelta(hours=30)
    with transaction():
        enqueue("participants.keep_time", {})
    Worker().drain()
    with transaction(writes=False):
        batch = db.session.get(ImportBatch, ident)
        assert batch is not None
        assert (batch.file_id, batch.rows, batch.summary["written"]["new"], count()) == (None, [], 3, 3)
    assert [path for path in app.config["LIQAA"].uploads_folder.rglob("*") if path.is_file()] == []
