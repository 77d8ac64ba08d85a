"""How soon a change is seen by 30 open streams, from its commit to the last reader.

.venv/bin/python bench/live.py
"""

from __future__ import annotations

import http.client
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from datetime import UTC, datetime, timedelta

from app.accounts.models import Device
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.tokens import hash_token, new_token
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from bench.house import MEETING, House, house, row, spread

STREAMS, CHANGES = 30, 20
PATH = f"/api/v1/meetings/{MEETING}/stream?since=0"


def lend(here: House) -> dict[str, str]:
    """A screen's token for the meeting."""
    token, now = new_token(), datetime.now(UTC)
    with transaction():
        db.session.add(Device(kind="screen", label="bench", role="secretary", scope="meeting", created_at=now,
                              scope_id=here.world.things["agadir"], token_hash=hash_token(token),
                              expires_at=now + timedelta(days=1)))  # fmt: skip
    return {"Authorization": f"Bearer {token}"}


def read(port: int, headers: dict[str, str], seen: list[tuple[int, float]], opened: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PATH, headers=headers)
    answer = connection.getresponse()
    opened.append(answer.status)
    count = 0
    while answer.status == 200 and count < CHANGES:
        line = answer.fp.readline()
        if line.startswith(b"id: "):
            seen.append((int(line[4:]), time.perf_counter()))
            count += 1


def main() -> None:
    with house() as here:
        headers = lend(here)
        seen: list[tuple[int, float]] = []
        opened: list[int] = []
        threads = [
            threading.Thread(target=read, args=(here.port, headers, seen, opened), daemon=True) for _ in range(STREAMS)
        ]
        for thread in threads:
            thread.start()
        while len(opened) < STREAMS:
            time.sleep(0.05)
        committed = {}
        for number in range(1, CHANGES + 1):
            with transaction():
                meeting = db.session.get(Meeting, here.world.things["agadir"])
                journal.record("plenary.shown", meeting, actor=SYSTEM, clock=Clock(), meeting=meeting)
            committed[number] = time.perf_counter()
            time.sleep(0.15)
        for thread in threads:
            thread.join(10)
        open_ = opened.count(200)
        row(
            f"change on {open_} streams, commit to reader", spread(at - committed[seq] for seq, at in seen), "p95 < 1 s"
        )
        row("changes seen / to be seen; streams refused for want of a place",
            f"{len(seen)} / {open_ * CHANGES}; {STREAMS - open_}")  # fmt: skip


if __name__ == "__main__":
    main()
