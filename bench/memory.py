"""Cold start of the server, and memory of all its processes idle and after load.

.venv/bin/python bench/memory.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.house import MEETING, Visitor, crowd, house, row
from bench.registration import register

PAGES = [f"/ar/meetings/{MEETING}/", f"/fr/meetings/{MEETING}/agenda", f"/en/meetings/{MEETING}/documents", "/ar/"]


def visit(port: int) -> list[float]:
    visitor = Visitor(port)
    for number in range(100):
        visitor.get(PAGES[number % len(PAGES)])
    return []


def sign_up(port: int, client: int) -> list[float]:
    for number in range(10):
        register(port, client * 100 + number)
    return []


def main() -> None:
    with house(serve=False) as here:
        starts = []
        for _ in range(3):
            starts.append(here.serve())
            here.stop()
        row("cold start of the server", f"{median(starts):.1f} s", "< 3 s")
        here.serve()
        here.start("-m", "flask", "jobs", "run")
        time.sleep(5)
        count, idle = here.memory()
        row(f"memory of all {count} processes, idle", f"{idle} MiB")
        here.places(100_000)
        crowd(32, lambda _: visit(here.port))
        crowd(16, lambda client: sign_up(here.port, client))
        time.sleep(3)
        count, loaded = here.memory()
        row(f"memory of all {count} processes, after load", f"{loaded} MiB", "< 400 MiB")


if __name__ == "__main__":
    main()
