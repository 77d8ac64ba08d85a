"""The public tracker: its sentence, charts, filters, files, and how many statements it takes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from itertools import product
from xml.etree import ElementTree

import pytest

from app.followup import derived, drawing, queries
from app.followup.models import Commitment
from app.followup.queries import sums
from app.followup.states import Response, Work
from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from tests.client import Browser
from tests.followup.conftest import AGADIR, AIT_MELLOUL, DCHEIRA, Scene, counted, recommendation

YEAR_LATER = datetime(2023, 3, 31, 12, tzinfo=UTC)


def set_state(scene: Scene, number: int, code: str = AGADIR, **values: object) -> None:
    row = scene.commitment(number, code)
    for name, value in values.items():
        setattr(row, name, value)


@pytest.fixture
def year(scene: Scene) -> Scene:
    """A year later: 1 is verified in two communes of three, 2 blocked at the ministry and late, 3 silent."""
    with transaction():
        done = {"response": "accepted", "state": "verified_done", "reported_at": datetime(2022, 6, 1, tzinfo=UTC)}
        set_state(scene, 1, AGADIR, **done, verified_at=datetime(2022, 7, 1, tzinfo=UTC))
        set_state(scene, 1, AIT_MELLOUL, **done, verified_at=datetime(2022, 8, 1, tzinfo=UTC))
        set_state(scene, 2, "ma.mef", response="accepted", state="blocked", block_cause="money", unblock_by="المالية")
        set_state(scene, 2, AGADIR, response="noted")
    scene.clock.moment = YEAR_LATER
    return scene


def test_sums_of_the_database_are_those_of_the_pure_rules(scene: Scene) -> None:
    today = date(2022, 7, 1)
    with transaction():
        meeting = db.session.get_one(Meeting, scene.world.things["agadir"])
        sample = scene.commitment(1)
        for response, work in product(Response, Work):
            sample.response, sample.state = response, work
            for due in (None, date(2022, 6, 30), today):
                sample.current_due = due
                db.session.flush()
                own = sums.of_bodies(meeting, today, [sample.body_id])[sample.body_id]
                before = sums.by_recommendation(meeting, today)[sample.recommendation_id]
                share = sums.shares_by_body(meeting, today)[sample.body_id]
                kind = derived.kind_of(response, work)
                silent = {"silent": 2} if kind != "silent" else {"silent": 3}
                assert own.counts == {kind: 1} | silent, (response, work)
                assert before.late - 2 == own.late == share.late == derived.overdue(sample, today), (
                    response,
                    work,
                    due,
                )
                assert share.total == own.total == (2 if kind == "na" else 3)
                assert share.verified == (kind == "verified")


def test_lines_are_those_most_in_need_first(year: Scene) -> None:
    meeting = db.session.get_one(Meeting, year.world.things["agadir"])
    rows = sorted(queries.tracker.lines(meeting, date(2023, 3, 31)), key=queries.tracker.Line.need)
    assert [(row.number, row.kind, row.late) for row in rows] == [
        (2, "blocked", True), (3, "silent", False), (1, "verified", False),
    ]  # fmt: skip
    assert rows[0].months_late(date(2023, 3, 31)) == 6
    assert [body.code for body in rows[0].bodies] == ["ma.mef"]


def test_course_counts_a_recommendation_when_half_of_its_bodies_are_there(year: Scene) -> None:
    meeting = db.session.get_one(Meeting, year.world.things["agadir"])
    today = date(2023, 3, 31)
    course = queries.tracker.course(meeting, today, queries.tracker.lines(meeting, today))
    assert course.due == [date(2022, 6, 30), date(2022, 9, 30)]
    assert course.reported == [date(2022, 6, 1)]
    assert course.verified == [date(2022, 8, 1)]  # The second of three.
    assert course.late_from() == date(2022, 9, 30)


def test_regions_count_the_communes_in_them(year: Scene) -> None:
    meeting = db.session.get_one(Meeting, year.world.things["agadir"])
    regions = {one.body.code: one for one in queries.tracker.regions(meeting, date(2023, 3, 31))}
    assert (regions["09"].members, regions["09"].total, regions["09"].share) == (3, 5, 0.4)
    assert regions["03"].share is None
    assert [drawing.shade(share) for share in (None, 0.0, 0.25, 0.4, 0.45)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("ar", "اعتُمدت 3 توصيات، تم التحقق من إنجاز واحدة منها، وتجاوزت واحدة منها أجلها"),
        ("fr", "3 recommandations adoptées, 1 réalisée et vérifiée et 1 a dépassé son échéance"),
        ("en", "3 recommendations adopted, 1 done and verified and 1 past its due date"),
    ],
)
def test_page_says_the_finding_first_in_every_language(year: Scene, browser: Browser, lang: str, sentence: str) -> None:
    page = browser.get(f"/{lang}/meetings/agadir-2022/tracker").get_data(as_text=True)
    title = page.split("<h1>")[1].split("</h1>")[0]
    said = "".join(ElementTree.fromstring(f"<h1>{title}</h1>").itertext())
    assert said.replace("\u00a0", " ") == sentence


def test_page_shows_charts_tables_and_definitions(year: Scene, browser: Browser) -> None:
    page = browser.get("/ar/meetings/agadir-2022/tracker").get_data(as_text=True)
    assert page.count('<figure class="panel fig">') == 3
    assert page.count('<details class="more">') == 3
    assert "t-void" in page
    assert "2022/2" in page
    assert "6 أشهر" in page
    assert "لا يُعد الصمت قبولا" in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]), ("axis=1", [1]), ("axis=2", [2, 3]), ("state=blocked", [2]), ("late=1", [2]),
        ("q=خليه", [1]), ("q=2022/3", [3]), ("q=essai 2", [2]), ("body=09.273.01.05", [1]), ("body=09.001.01.01", [1, 2, 3]),
        ("body=ma.mef&late=1", [2]), ("axis=1&late=1", []), ("axis=x&state=lost", [1, 2, 3]), ("body=no.such", [1, 2, 3]),
    ],
)  # fmt: skip
def test_filters_in_the_address_narrow_the_table(year: Scene, browser: Browser, query: str, numbers: list[int]) -> None:
    page = browser.get(f"/ar/meetings/agadir-2022/tracker?{query}").get_data(as_text=True)
    table = page.split('id="needs"')[1] if 'id="needs"' in page else ""
    assert [number for number in (1, 2, 3) if f"2022/{number}<" in table] == numbers


def test_state_of_a_body_alone_is_its_own(year: Scene, browser: Browser) -> None:
    page = browser.get(f"/fr/meetings/agadir-2022/tracker?body={DCHEIRA}").get_data(as_text=True)
    assert "<bdi>1</bdi>\u00a0recommandation adoptée" in page
    assert "Sans réponse" in page.split('id="needs"')[1]


def test_tracker_of_a_meeting_without_recommendations_says_so(year: Scene, browser: Browser) -> None:
    page = browser.get("/ar/meetings/fes-2023/tracker").get_data(as_text=True)
    assert "لم تُنشر توصيات هذا اللقاء بعد" in page
    assert "<figure" not in page


@pytest.mark.parametrize("chart", ["states", "axes", "regions", "time"])
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_each_chart_is_a_drawing_and_a_table_of_its_own(year: Scene, browser: Browser, chart: str, lang: str) -> None:
    drawn = browser.get(f"/{lang}/meetings/agadir-2022/tracker/{chart}.svg")
    assert drawn.mimetype == "image/svg+xml"
    root = ElementTree.fromstring(drawn.data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in drawn.get_data(as_text=True)
    assert drawn.headers["Content-Security-Policy"].startswith("sandbox")
    sheet = browser.get(f"/{lang}/meetings/agadir-2022/tracker/{chart}.csv")
    assert sheet.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_chart_that_does_not_exist_is_not_found(year: Scene, browser: Browser) -> None:
    assert browser.get("/ar/meetings/agadir-2022/tracker/secret.csv").status_code == 404
    assert browser.get("/ar/meetings/agadir-2022/tracker/secret.svg").status_code == 404


def test_tracker_takes_the_same_number_of_statements_whatever_its_length(year: Scene, browser: Browser) -> None:
    def statements() -> int:
        with counted() as sent:
            assert browser.get("/ar/meetings/agadir-2022/tracker?all=1").status_code == 200
        return len([one for one in sent if one.lstrip().upper().startswith(("SELECT", "WITH"))])

    few = statements()
    with transaction():
        for number in range(10, 30):
            row = recommendation(year.world, number, bodies=(AGADIR, DCHEIRA), axis=1 + number % 3)
            for code in (AGADIR, DCHEIRA):
                db.session.add(Commitment(
                    id=new_id(), meeting_id=row.meeting_id, programme_id=year.world.things["papc"],
                    recommendation_id=row.id, body_id=year.world.things[code], created_at=YEAR_LATER, state_at=YEAR_LATER,
                ))  # fmt: skip
    assert statements() == few
    assert few <= 17


def test_unchanged_tracker_answers_304_and_a_changed_one_does_not(year: Scene, browser: Browser) -> None:
    first = browser.get("/ar/meetings/agadir-2022/tracker")
    tag = first.headers["ETag"]
    assert browser.get("/ar/meetings/agadir-2022/tracker", headers={"If-None-Match": tag}).status_code == 304
    from app.followup import actions

    with transaction():
        actions.respond(
            year.commitment(3), answer=actions.Answer("noted"), actor=year.actor("officer"), clock=year.clock
        )
    assert browser.get("/ar/meetings/agadir-2022/tracker", headers={"If-None-Match": tag}).status_code == 200
