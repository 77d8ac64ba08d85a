"""How long the paper makers take: medians of three runs, printed, never asserted.

.venv/bin/python bench/paper.py
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.paper.calendar import calendar
from app.paper.pdf import render
from app.paper.qr import qr_path
from app.paper.sheets import Column, csv_file, xlsx
from app.paper.word import report
from tests.paper.edition import ARABIC
from tests.paper.people import badge, sheet

RUNS = 3
ROWS = [
    [f"محمد عبد الله {row}", f"+2126612{row:05d}", *(f"خانة {cell}" for cell in range(13))] for row in range(10_000)
]
COLUMNS = [Column(f"عمود {at}") for at in range(15)]


def badges(run: int) -> list[dict[str, object]]:
    """500 badges no earlier run has seen, so that nothing kept from it helps."""
    return [
        badge(at, qr=f"https://liqaa.example/b/{run:03d}{at:05d}", name_latin=f"Name {run} {at}") for at in range(500)
    ]


def long_report(run: int) -> dict[str, object]:
    one = ARABIC["tracks"][0]
    items = [{**one["recommendations"][0], "number": f"2022/{at}"} for at in range(1, 15)]
    tracks = [{**one, "title": f"الورشة {track} ({run})", "recommendations": items} for track in range(3)]
    return {**ARABIC, "tracks": tracks}


def event() -> dict[str, object]:
    start, end = datetime.fromisoformat("2022-03-25T09:00"), datetime.fromisoformat("2022-03-26T13:00")
    return {"uid": "a@b", "sequence": 0, "start": start, "end": end, "zone": "Africa/Casablanca", "summary": "لقاء"}


def qr_codes(run: int) -> None:
    for at in range(500):
        qr_path(f"https://liqaa.example/b/{run:03d}{at:05d}x")


WORK: list[tuple[str, Callable[[int], object]]] = [
    ("500 QR codes as paths", qr_codes),
    ("500 badges, 4 a sheet, PDF with QR", lambda run: render("badges", sheet(4, badges(run)), lang="ar", title="x")),
    (
        "500 badges, 8 a sheet, PDF with QR",
        lambda run: render("badges", sheet(8, badges(run + 50)), lang="ar", title="x"),
    ),
    ("report, 42 recommendations, PDF", lambda run: render("report", long_report(run), lang="ar", title="x")),
    ("report, 42 recommendations, Word", lambda run: report(long_report(run), lang="ar")),  # type: ignore[arg-type]
    ("XLSX, 10,000 x 15", lambda _: xlsx("x", COLUMNS, ROWS, lang="ar")),
    ("CSV, 10,000 x 15", lambda _: csv_file(COLUMNS, ROWS)),
    ("calendar, one event with its zone", lambda _: calendar([event()], name="x", stamp=datetime.now(UTC))),  # type: ignore[list-item]
]


AIMS = {name: "< 3 s" for name, _ in WORK if name.startswith(("500 badges", "XLSX"))}


def main() -> None:
    for name, work in WORK:
        times = []
        for run in range(RUNS):
            start = time.perf_counter()
            work(run)
            times.append(time.perf_counter() - start)
        found = f"median {statistics.median(times):.3f} s, slowest {max(times):.3f} s"
        print(f"| {name} | {found} | {AIMS.get(name, '')} |", flush=True)


if __name__ == "__main__":
    main()
