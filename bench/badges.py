"""500 badges as one PDF, from the database to the bytes, four and eight a sheet; and one's own.

.venv/bin/python bench/badges.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.attendance import papers
from app.attendance.queries import badges as queries
from app.kernel.database import db
from app.kernel.languages import speaking
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from bench.house import MEETING, house, row
from tests.attendance.people import add_person, seat

PEOPLE = 500


def main() -> None:
    with house(serve=False) as here:
        for number in range(PEOPLE):
            person = add_person(
                here.world, f"محمد عبد الله الإدريسي {number}", name_latin=f"Mohammed EL IDRISSI {number}"
            )
            seat(here.world, person, f"agadir.W{number % 3 + 1}")
        for sheet in (4, 8):
            times, size = [], 0
            for _ in range(3):
                began = perf_counter()
                with transaction(writes=False), speaking("ar"):
                    meeting = db.session.query(Meeting).filter_by(slug=MEETING).one()
                    size = len(papers.badges(meeting, queries.holders(meeting), per_sheet=sheet))
                times.append(perf_counter() - began)
            row(
                f"{PEOPLE} badges as PDF, {sheet} a sheet", f"median {median(times):.2f} s, {size // 1024} KiB", "< 3 s"
            )


if __name__ == "__main__":
    main()
