"""How long the assignment takes: one row for each size, medians over several drawn meetings.

    .venv/bin/python bench/assignment.py [--quick]

Each meeting is drawn from a seed: wishes that crowd into few workshops, two places in a hundred to spare, an eighth as
many communes as people. `gap` is the widest one left open on any level, in per cent of its value; 0 is proven.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.workshops.solver import solve
from tests.workshops.solver.instances import drawn

SIZES = [(300, 3, 1, 5), (1000, 6, 2, 5), (10000, 30, 1, 3), (10000, 30, 2, 1)]
"""People, workshops, slots, and how many meetings of that size are drawn."""
AIMS = {1000: "< 5 s", 10000: "< 60 s within 1 %"}


def gap(answer: dict[str, Any]) -> float:
    """The widest relative gap between value and bound of any level, in per cent."""
    gaps = [(answer[name] - bound) / max(1, answer[name]) for name, bound in answer["bounds"].items()]
    return 100 * max(gaps, default=0.0)


def row(people: int, workshops: int, slots: int, runs: int, seconds: float) -> str:
    """One row of the table."""
    answers = [solve(drawn(people, workshops, slots, seed=seed + 1), seconds=seconds) for seed in range(runs)]
    size = f"{people:,} x {workshops}" + (f" x {slots}" if slots > 1 else "")
    took = median(answer["seconds"] for answer in answers)
    proven = sum(answer["status"] == "optimal" for answer in answers)
    widest = max(gap(answer) for answer in answers)
    found = f"median {took:.2f} s; {proven} of {runs} proven optimal; gap {widest:.2f} %"
    return f"| assignment {size} | {found} | {AIMS.get(people, '')} |"


def main() -> None:
    """Prints the rows; --quick draws one meeting a size and leaves out the largest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="one meeting a size, without the largest")
    parser.add_argument("--seconds", type=float, default=60.0, help="limit of one run (default 60)")
    arguments = parser.parse_args()
    for people, workshops, slots, runs in SIZES[:3] if arguments.quick else SIZES:
        print(row(people, workshops, slots, 1 if arguments.quick else runs, arguments.seconds), flush=True)


if __name__ == "__main__":
    main()
