"""A second meeting, of four tracks, three days and another city, walks the same chain; nothing of it says Agadir."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

from app import create_app
from app.kernel.database import db
from app.kernel.journal import Entry
from app.kernel.transaction import transaction
from config import Settings
from tests.access import matrix
from tests.second_meeting import after, before, days
from tests.second_meeting.hands import BASE, Hands, words
from tests.second_meeting.house import SLUG, House

STEPS = (
    before.prepare, before.register, before.assign, days.receive, days.capture, days.decide, after.publish,
    after.follow_up, after.look,
)  # fmt: skip
# What the walk did in the meeting, an entry an act.
ACTS = {
    "meeting.loaded": 1, "workshop.changed": 4, "workshop.officers_set": 4, "meeting.opened": 1,
    "participant.registered": 6, "participant.approved": 6, "assignment.asked": 1, "assignment.taken": 1,
    "assignment.published": 1, "meeting.closed": 1, "meeting.started": 1, "attendance.checked_in": 18,
    "recommendation.created": 2, "recommendation.proposed": 2, "recommendation.taken_up": 2,
    "recommendation.retained": 2, "recommendation.handed_over": 1, "plenary.queued": 1, "recommendation.read": 2,
    "recommendation.adopted": 1, "recommendation.adopted_as_amended": 1, "meeting.concluded": 1,
    "recommendation.published": 1, "edition.published": 1, "meeting.published": 1, "commitment.opened": 1,
    "commitment.answered": 1, "commitment.planned": 1, "commitment.task_published": 1, "commitment.reported": 1,
    "commitment.verified": 1,
}  # fmt: skip
# What belongs to the other meeting: its city, code and programme, its year in dates and numbers, its count.
FOREIGN = re.compile(r"agadir|أ[كڭ]ادير|AGA22|PAPC|2022[/-]|/2022|(?:مارس|mars|March) 2022|\b103\b", re.IGNORECASE)
# The programme of this meeting began in 2022, and its own file says so.
LAUNCHED = re.compile(r"launch_year\W+2022")
LANGUAGES = ("ar", "fr")


@pytest.fixture(scope="module")
def house(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The installation after the whole walk; each step asserts what its people see."""
    folder = tmp_path_factory.mktemp(f"second-{engine}")
    url = f"sqlite:///{folder / 'liqaa.sqlite3'}"
    if engine == "postgresql":
        url = _database(request.getfixturevalue("postgres_server"))
    settings = Settings(database_url=url, secret_key="s" * 40, data_dir=folder, base_url=BASE,
                        instance="second", trusted_hosts=("localhost",), testing=True)  # fmt: skip
    app = create_app(settings)
    house = House(app, lint=engine == "sqlite")
    for step in STEPS:
        step(house)
    yield house
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _database(server: str) -> str:
    name = f"liqaa_second{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return server.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0] + f"/{name}"


def test_journal_of_the_walk_verifies_with_one_entry_an_act(house: House) -> None:
    told = json.loads(house.command("journal", "verify", "--json"))

    with house.app.app_context(), transaction(writes=False):
        kinds = Counter(db.session.scalars(select(Entry.kind).where(Entry.stream_id == house.stream())))
        in_table = db.session.scalar(select(func.count()).select_from(Entry))
    assert kinds == ACTS
    assert told["findings"] == []
    assert told["entries"] == in_table
    assert {one["stream"]: one["entries"] for one in told["streams"]}[house.stream()] == sum(ACTS.values())


def test_no_page_of_the_meeting_says_what_belongs_to_the_other_one(house: House) -> None:
    found, read = [], Counter[str]()
    for path, hands in _pages(house).items():
        answer = hands.browser.client.get(path, base_url=BASE)
        if answer.status_code == 200 and (answer.mimetype.startswith("text/") or answer.is_json):
            read[path.split("/")[1]] += 1
            said = LAUNCHED.sub("", words(answer.get_data(as_text=True)))
            found += [f"{path}: {said[max(0, hit.start() - 40) : hit.end() + 40]}" for hit in FOREIGN.finditer(said)]
        answer.close()
    assert found == []
    assert FOREIGN.search(words(house.people["admin"].open("/ar/meetings/agadir-2022/")))  # The other one's would be.
    assert min(read[lang] for lang in LANGUAGES) >= 100, read


def _pages(house: House) -> dict[str, Hands]:
    """Every kind of page that somebody was led to, once in each language, and every page that needs no more than the
    meeting in its address, as the organiser; documents and sheets are asserted where they are made."""
    kinds: dict[str, tuple[str, Hands]] = {}
    for hands in [house.visitor, *(one for name, one in house.people.items() if name != "admin")]:
        for path in sorted(hands.linked | hands.seen):
            plain = path.split("#")[0]
            if re.match(rf"/(ar|fr|en|zgh)/(meetings/{SLUG}/|r/|programmes/|my-commune|open-data|$)", plain):
                kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}[^/]*", "#", plain.split("/", 2)[2])
                kind = re.sub(r"\?.*", "?", kind)
                if not re.search(r"\.(pdf|xlsx|docx)|/(pdf|docx|draft)/", kind):
                    kinds.setdefault(kind, (plain.split("/", 2)[2], hands))
    found = {f"/{lang}/{rest}": hands for rest, hands in kinds.values() for lang in LANGUAGES}
    organiser = house.people["organiser"]
    for room in matrix.rooms():
        for row in matrix.rows(room):
            rule = next(house.app.url_map.iter_rules(row.endpoint))
            if row.method == "GET" and rule.arguments == {"lang", "slug"} and not rule.rule.endswith((".pdf", ".xlsx")):
                for lang in LANGUAGES:
                    found.setdefault(rule.rule.replace("<lang>", lang).replace("<slug>", SLUG), organiser)
    return found


def test_walk_was_made_by_different_people(house: House) -> None:
    assert set(house.people) == {
        "admin", "organiser", "desk", "secretary", "coordinator", "rapporteur", "officer", "official", "unit",
    }  # fmt: skip
    assert all(hands.seen for hands in house.people.values())


def test_commands_of_the_walk_left_both_meetings_where_their_files_put_them(house: House, tmp_path: Path) -> None:
    """The other meeting stayed as it was loaded: nobody's act in this one reached it."""
    target = tmp_path / "agadir.json"
    house.command("meetings", "export", "agadir-2022", str(target))

    assert json.loads(target.read_text("utf-8"))["meeting"]["phase"] == house.phase_in_file("agadir-2022")
