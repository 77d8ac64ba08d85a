"""Complete registrations (every request a browser makes), and 200 people at once for 50 places, twenty times.

.venv/bin/python bench/registration.py
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import delete, select

from app.kernel.database import db
from app.kernel.journal import Entry
from app.kernel.transaction import transaction
from app.participants.models import Participant, Seats
from bench.house import MEETING, House, Visitor, crowd, house, row, spread

PAGE = f"/ar/meetings/{MEETING}/register"
CLIENTS, EACH = 16, 10
PEOPLE, PLACES, RUNS = 200, 50, int(os.environ.get("RUNS", "20"))
NAMES = ("أحمد", "فاطمة", "يوسف", "خديجة", "عمر", "مليكة")


def said(number: int, **more: Any) -> dict[str, Any]:
    """What one person types."""
    return {
        "name": f"{NAMES[number % 6]} بنعلي {number}", "name_latin": "", "address_form": "", "rank": "",
        "language": "ar", "category": "elected", "body": "ايت ملول", "body_id": "", "post": "",
        "email": f"p{number}@commune.example", "phone": f"06{number:08d}", "seen": "check", "step": "check",
    } | more  # fmt: skip


def register(port: int, number: int) -> int:
    """The page, its steps, the check, the sending, and the confirmation."""
    visitor = Visitor(port)
    assert visitor.get(PAGE) == 200
    for step in ("identity", "body", "wishes"):
        status = visitor.post(PAGE, said(number, step=step, seen=step))
        assert status == 200, (step, status)
    assert visitor.post(f"{PAGE}/send", said(number)) == 303, visitor.status
    assert visitor.get(visitor.answer["Location"].replace(f"http://{visitor.host}", "")) == 200
    return number


def many(port: int, client: int) -> list[float]:
    times = []
    for number in range(EACH):
        began = perf_counter()
        register(port, client * 1000 + number)
        times.append(perf_counter() - began)
    return times


def send_at_once(port: int, number: int) -> list[float]:
    """Only the sending: the forms were filled before the doors opened. 5xx are kept as times below zero."""
    visitor = Visitor(port)
    visitor.get(PAGE)
    began = perf_counter()
    status = visitor.post(f"{PAGE}/send", said(number))
    return [perf_counter() - began if status == 303 else -float(status)]


def rush(here: House) -> tuple[float, dict[str, int], bool, int]:
    """200 at once for 50 places: seconds, states, whether the list keeps the journal's order, answers of 5xx."""
    with transaction():
        db.session.execute(delete(Participant))
        seats = db.session.query(Seats).filter_by(meeting_id=here.world.things["agadir"]).one()
        seats.taken = 0
    times, seconds = crowd(PEOPLE, lambda number: send_at_once(here.port, number))
    with transaction(writes=False):
        people = {person.id: person.status for person in db.session.scalars(select(Participant))}
        order = [
            ident
            for ident in db.session.scalars(
                select(Entry.subject_id).where(Entry.kind == "participant.registered").order_by(Entry.seq)
            )
            if ident in people
        ]
    states = [people[ident] for ident in order]
    in_order = all(state == "confirmed" for state in states[:PLACES]) and "confirmed" not in states[PLACES:]
    return seconds, Counter(people.values()), in_order, sum(time < 0 for time in times)


def main() -> None:
    with house() as here:
        here.places(100_000)
        # Each process reads its templates when they are first asked for, which is no part of a registration.
        crowd(4, lambda client: [float(register(here.port, 900_000 + client * 10 + one)) for one in range(3)])
        times, seconds = crowd(CLIENTS, lambda client: many(here.port, client))
        rate = len(times) / seconds
        row(f"complete registration (6 requests), {CLIENTS} clients", f"{rate:.0f} a second, {spread(times)}",
            ">= 100 a second, p95 < 300 ms")  # fmt: skip
        here.places(PLACES)
        runs = [rush(here) for _ in range(RUNS)]
        exact = sum(counts.get("confirmed") == PLACES and sum(counts.values()) == PEOPLE for _, counts, _, _ in runs)
        ordered = sum(kept for _, _, kept, _ in runs)
        row(f"{PEOPLE} at once for {PLACES} places, {RUNS} runs",
            f"{median(one[0] for one in runs):.1f} s; exactly {PLACES} in {exact} of {RUNS}; order of the journal kept "
            f"in {ordered}; {sum(one[3] for one in runs)} answers of 5xx", "exactly 50, < 5 s, no 5xx")  # fmt: skip


if __name__ == "__main__":
    main()
