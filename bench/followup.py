"""How long the public tracker and the matrix take with 103 bodies x 200 recommendations (20,600 commitments).

    .venv/bin/python bench/followup.py [--runs 40] [--bodies 103] [--recommendations 200] [--keep FILE]

A database of its own is filled by the program's own code and asked through the whole application, one client, without
an ETag. Prints the median and the 95th percentile, and the number of statements. `--keep` leaves the database there.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import event, select, update

from app import create_app
from app.followup import actions, queries
from app.followup.models import Commitment
from app.kernel import clock as clocks
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting, Membership
from app.recommendations.models import FieldText, Recommendation
from app.territory.models import Body
from config import Settings
from tests.client import Browser
from tests.world import World, build_world

OPENED = datetime(2022, 4, 4, 10, tzinfo=UTC)
NOW = datetime(2023, 3, 31, 12, tzinfo=UTC)
PATHS = {
    "tracker": "/ar/meetings/agadir-2022/tracker",
    "tracker, all rows": "/ar/meetings/agadir-2022/tracker?all=1",
    "tracker, one axis": "/ar/meetings/agadir-2022/tracker?axis=2",
    "tracker, one region": "/ar/meetings/agadir-2022/tracker?body=09",
    "commune": "/ar/meetings/agadir-2022/communes/09.001.01.01",
}
WORK_PATHS = {"matrix": "/ar/meetings/agadir-2022/manage/commitments"}
STATES = (
    ["verified_done"] * 30 + ["reported_done"] * 15 + ["in_progress"] * 25 + ["blocked"] * 8 + ["planned"] * 7
    + ["not_started"] * 5 + ["awaiting"] * 10
)  # fmt: skip


def fill(world: World, bodies: int, recommendations: int) -> int:
    """Communes, adopted recommendations and their commitments, then a year of work drawn from one seed."""
    draw = random.Random(7)
    regions = _regions(world)
    for number in range(bodies - 3):
        region = regions[number % 11]
        body = Body(
            code=f"99.{number:03}", kind="commune", name_ar=f"جماعة رقم {number}", name_fr=f"Commune {number}",
            parent_id=region.id,
        )  # fmt: skip
        db.session.add(body)
        db.session.flush()
        body.lineage = f"{region.lineage}/{body.id}"
        db.session.add(Membership(programme_id=world.things["papc"], body_id=body.id))
    for number in range(1, recommendations + 1):
        row = Recommendation(
            meeting_id=world.things["agadir"], workshop_id=world.things["agadir.W1"], serial=number, position=number,
            state="adopted", number=number, addressee_group="target_communes", created_at=OPENED, changed_at=OPENED,
            published_at=OPENED, axis_id=world.things[f"papc.axis{1 + number % 3}"],
            horizon=date(2022, 6, 30) + timedelta(days=draw.randrange(500)),
        )  # fmt: skip
        row.texts = [FieldText(field="body.ar", text=f"إحداث خلية داخل كل جماعة تتكلف بتتبع المؤشر رقم {number}")]
        db.session.add(row)
    meeting = db.session.get_one(Meeting, world.things["agadir"])
    made = actions.open_commitments(
        meeting=meeting, recommendations=queries.adopted(meeting), actor=SYSTEM, clock=FixedClock(OPENED)
    )
    _work(draw)
    return len(made)


def _regions(world: World) -> list[Body]:
    found = [db.session.get_one(Body, world.things[code]) for code in ("09", "03")]
    for number in (1, 2, 4, 5, 6, 7, 8, 10, 11, 12):
        body = Body(code=f"{number:02}", kind="region", name_ar=f"جهة {number}", name_fr=f"Région {number}")
        db.session.add(body)
        db.session.flush()
        body.lineage = body.id
        found.append(body)
    return found


def _work(draw: random.Random) -> None:
    keep = {"reported_done", "verified_done"}
    rows = []
    for ident in db.session.scalars(select(Commitment.id)):
        state = draw.choice(STATES)
        reported = OPENED + timedelta(days=draw.randrange(20, 330))
        rows.append(
            {
                "id": ident, "response": "awaiting" if state == "awaiting" else "accepted",
                "state": "not_started" if state == "awaiting" else state,
                "reported_at": reported if state in keep else None,
                "verified_at": reported + timedelta(days=20) if state == "verified_done" else None,
            }
        )  # fmt: skip
    db.session.execute(update(Commitment), rows)


def measure(browser: Browser, path: str, runs: int) -> str:
    """Median, 95th percentile and statements of one page."""
    statements: list[str] = []
    note = lambda *arguments: statements.append(arguments[2])  # noqa: E731
    browser.client.get(path, base_url="http://localhost")
    event.listen(db.engine, "before_cursor_execute", note)
    size = len(browser.client.get(path, base_url="http://localhost").data)
    event.remove(db.engine, "before_cursor_execute", note)
    times = []
    for _ in range(runs):
        started = perf_counter()
        answer = browser.client.get(path, base_url="http://localhost")
        times.append((perf_counter() - started) * 1000)
        assert answer.status_code == 200, answer.status_code
    slow = quantiles(times, n=20)[-1]
    return f"median {median(times):.0f} ms, p95 {slow:.0f} ms; {len(statements)} statements, {size // 1000} kB"


def app_at(folder: Path, file: Path) -> LiqaaFlask:
    """The application on a fresh database."""
    file.unlink(missing_ok=True)
    file.touch()
    settings = Settings(
        database_url=f"sqlite:///{file}", secret_key="k" * 40, data_dir=folder, base_url="http://localhost",
        instance="bench", trusted_hosts=("localhost", "127.0.0.1"), demo=True, log_level="CRITICAL",
    )  # fmt: skip
    return create_app(settings)


def main() -> None:
    """Prints a row for each page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--bodies", type=int, default=103)
    parser.add_argument("--recommendations", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="leave the filled database in this file")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = app_at(Path(folder), wanted.keep or Path(folder) / "bench.sqlite3")
        clocks.provide(lambda: FixedClock(NOW))
        app.extensions["liqaa-shelf"] = None  # Every page is made anew.
        with app.app_context():
            db.create_all()
            started = perf_counter()
            with transaction():
                world = build_world()
                count = fill(world, wanted.bodies, wanted.recommendations)
            print(f"| {count:,} commitments made and worked on | {perf_counter() - started:.1f} s |  |")
            browser = Browser(app, world)
            for name, path in PATHS.items():
                print(f"| {name} | {measure(browser, path, wanted.runs)} | p95 < 200 ms |", flush=True)
            browser.sign_in("unit")
            for name, path in WORK_PATHS.items():
                print(f"| {name} | {measure(browser, path, wanted.runs)} | p95 < 200 ms |", flush=True)


if __name__ == "__main__":
    main()
