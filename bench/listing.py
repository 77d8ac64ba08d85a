"""A list of 10,000 people as the organiser meets it: imported, shown, searched, exported, all by the product itself.

.venv/bin/python bench/listing.py [--rows N]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.kernel.access import SYSTEM
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.participants.actions import importing
from app.participants.models import ImportBatch
from app.territory.actions import load_morocco
from bench.house import MEETING, House, Visitor, house, row, spread
from bench.importing import drawn

LIST = f"/ar/meetings/{MEETING}/manage/participants"
SEARCHES = {
    "by a name": {"q": "فاطمة الإدريسي"}, "by letters of another script": {"q": "elidrissi"},
    "by the end of a phone": {"q": "0004217"}, "by a body": {"q": "ايت ملول"},
}  # fmt: skip
# Wishes nobody has to mend, so that everybody in the file comes into the list.
CLEAR = ("1", "2", "3")
AIM = "p95 < 100 ms"


def bring_in(rows: int) -> None:
    """Import a drawn workbook as the pages and their job do: kept, read dry, written."""
    with transaction():
        load_morocco(actor=SYSTEM, clock=Clock())
    with transaction():
        content = drawn(rows, wishes=CLEAR)
        batch = importing.upload(meeting=_meeting(), content=content, filename="a.xlsx", actor=SYSTEM, clock=Clock())
        ident = batch.id
    began = perf_counter()
    with transaction():
        importing.check(batch=_batch(ident), meeting=_meeting(), mapping=None, actor=SYSTEM)
    row(f"import of {rows:,} rows, dry run", f"{perf_counter() - began:.1f} s", "< 10 s")
    began = perf_counter()
    with transaction():
        written = importing.commit(batch=_batch(ident), meeting=_meeting(), skip_bad=True, actor=SYSTEM, clock=Clock())
    row(f"import of {rows:,} rows, commit", f"{perf_counter() - began:.1f} s; {written['new']:,} people", "< 10 s")


def _meeting() -> Meeting:
    return db.session.query(Meeting).filter_by(slug=MEETING).one()


def _batch(ident: str) -> ImportBatch:
    return db.session.get_one(ImportBatch, ident)


def show(here: House, name: str, path: str, **headers: str) -> None:
    """One page of the list, 30 times by one organiser."""
    organiser = Visitor(here.port)
    organiser.cookies.update(here.sign_in("organiser"))
    times = []
    for _ in range(31):
        began = perf_counter()
        status = organiser.get(path, **headers)
        times.append(perf_counter() - began)
        assert status == 200, status
    row(name, f"{spread(times[1:])}, {len(organiser.body.encode()) // 1024} KiB", AIM)


def export(here: House, kind: str, rows: int, aim: str) -> None:
    """The list as a file, from the request to its last byte."""
    organiser = Visitor(here.port)
    organiser.cookies.update(here.sign_in("organiser"))
    times = []
    for _ in range(3):
        began = perf_counter()
        status = organiser.get(f"{LIST}/export.{kind}")
        times.append(perf_counter() - began)
        assert status == 200, status
    row(f"export of {rows:,} rows as {kind.upper()}", f"median {median(times):.1f} s, slowest {max(times):.1f} s", aim)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    with house(serve=False) as here:
        bring_in(rows)
        here.serve()
        show(here, f"organiser's list at {rows:,}, first page", LIST)
        show(here, f"organiser's list at {rows:,}, last page", f"{LIST}?page=99999")
        for name, words in SEARCHES.items():
            asked = "&".join(f"{key}={quote(value)}" for key, value in words.items())
            show(here, f"search {name}, whole page", f"{LIST}?{asked}")
        asked = f"q={quote('فاطمة')}"
        show(here, "search as one types (the table alone)", f"{LIST}?{asked}",
             **{"HX-Request": "true", "HX-Target": "people-list"})  # fmt: skip
        export(here, "xlsx", rows, "< 3 s")
        export(here, "csv", rows, "")


if __name__ == "__main__":
    main()
