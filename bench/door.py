"""Check-ins by API, one scan a request, from phones that keep their connection.

.venv/bin/python bench/door.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.house import MEETING, House, Visitor, crowd, house, row, spread
from tests.attendance.people import add_person, badge, lend, scan

PATH = f"/api/v1/meetings/{MEETING}/checkins"
PHONES, EACH = 8, 100


def check_in(port: int, scans: list[dict[str, Any]], headers: dict[str, str]) -> list[float]:
    phone = Visitor(port, {**headers, "Content-Type": "application/json"})
    times = []
    for one in scans:
        began = perf_counter()
        status = phone.ask("POST", PATH, json.dumps([one]))
        times.append(perf_counter() - began)
        assert status == 200, status
    return times


def main() -> None:
    with house() as here:
        people = [add_person(here.world, f"شخص {number}") for number in range(PHONES * EACH)]
        scans = [scan(badge(person)) for person in people]
        phones = [lend(here.world, f"الباب {number}") for number in range(PHONES)]
        times, seconds = crowd(
            PHONES, lambda number: check_in(here.port, scans[number * EACH : (number + 1) * EACH], phones[number])
        )
        row(f"check-in by API, {PHONES} phones", f"{len(times) / seconds:.0f} a second, {spread(times)}",
            ">= 300 a second, p95 < 50 ms")  # fmt: skip
        times = check_in(here.port, [scan(badge(people[0])) for _ in range(100)], phones[0])
        row("check-in by API, 1 phone, a badge seen before", spread(times))
        rush(here)


def rush(here: House) -> None:
    """300 people before 4 phones, each scanned, decided and handed in before the next: what is left of 16 s each."""
    people = [add_person(here.world, f"وافد {number}") for number in range(300)]
    scans = [scan(badge(person)) for person in people]
    phones = [lend(here.world, f"باب {number}") for number in range(4)]
    times, seconds = crowd(
        4, lambda number: check_in(here.port, scans[number * 75 : (number + 1) * 75], phones[number])
    )
    row("300 people through 4 phones", f"{seconds:.1f} s in all, slowest {max(times) * 1000:.0f} ms",
        "20 minutes: 16 s each")  # fmt: skip


if __name__ == "__main__":
    main()
