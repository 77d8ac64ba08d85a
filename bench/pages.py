"""The public page of a meeting at 8 clients, and the same when the reader has it already.

.venv/bin/python bench/pages.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.house import MEETING, House, Visitor, crowd, house, row, spread

PAGE = f"/ar/meetings/{MEETING}/"
CLIENTS = 8
REQUESTS = 100


def made_anew(port: int) -> list[float]:
    """The times of one client that asks at another address each time, where nothing is kept ready."""
    visitor = Visitor(port)
    times = []
    for number in range(REQUESTS):
        began = perf_counter()
        assert visitor.get(f"{PAGE}?anew={number}") == 200, visitor.status
        times.append(perf_counter() - began)
        visitor.cookies.clear()
    return times


def timed(port: int, path: str, *, etag: bool) -> list[float]:
    """The times of one client's requests, each answered as it must be."""
    visitor = Visitor(port)
    visitor.get(path)
    headers = {"If-None-Match": visitor.answer["ETag"]} if etag else {}
    visitor.cookies.clear()
    times = []
    for _ in range(REQUESTS):
        began = perf_counter()
        status = visitor.get(path, **headers)
        times.append(perf_counter() - began)
        assert status == (304 if etag else 200), status
        visitor.cookies.clear()
    return times


def measure(here: House, name: str, aim: str, *, etag: bool) -> None:
    times, seconds = crowd(CLIENTS, lambda _: timed(here.port, PAGE, etag=etag))
    row(name, f"{spread(times)}, {len(times) / seconds:.0f} a second", aim)


def main() -> None:
    with house() as here:
        alone = timed(here.port, PAGE, etag=False)
        row("public page, 1 client", spread(alone))
        row("public page made anew for each request, 1 client", spread(made_anew(here.port)))
        measure(here, f"public page, {CLIENTS} clients", "p95 < 30 ms", etag=False)
        measure(here, f"public page with a matching ETag (304), {CLIENTS} clients", "p95 < 5 ms", etag=True)


if __name__ == "__main__":
    main()
