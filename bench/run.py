"""`make bench`: runs the parts one after the other and prints one table. Nothing is asserted, and nothing is kept.

    python -m bench.run [part ...]

A part is a script of this folder that prints rows beginning with `|`: work, what was found, the aim of 05-quality.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HELPERS = {"__init__", "run", "house"}
ARGUMENTS = {"assignment": ["--quick"]}
ORDER = ["memory", "pages", "registration", "door", "live", "listing", "importing", "paper", "assignment", "followup"]


def parts() -> list[str]:
    """The scripts of this folder, the known ones in their order."""
    found = {path.stem for path in (ROOT / "bench").glob("*.py")} - HELPERS
    return [name for name in ORDER if name in found] + sorted(found - set(ORDER))


def main(asked: list[str]) -> int:
    """Print the table; 1 when a part failed."""
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
          f"{os.environ.get('DATABASE_URL', 'SQLite').split(':')[0]}\n")  # fmt: skip
    print("| Work | Found | Aim |\n|---|---|---|", flush=True)
    failed = []
    for part in asked or parts():
        process = subprocess.Popen(
            [sys.executable, f"bench/{part}.py", *ARGUMENTS.get(part, [])], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for line in process.stdout:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("|"):
                found = "; ".join(cells[1:2] if len(cells) == 3 else cells[1:])
                print(f"| {cells[0]} | {found} | {cells[2] if len(cells) == 3 else ''} |", flush=True)
        if process.wait():
            failed.append(part)
    if failed:
        print(f"\nThese parts failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
