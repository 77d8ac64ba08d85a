"""One transaction a request, and one journal behind it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text, update

from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.journal import Entry
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from tests.world import World


def _acts(world: World, clock: FixedClock, count: int) -> None:
    for number in range(count):
        with transaction():
            meeting = db.session.get(Meeting, world.things["agadir"])
            journal.record("meeting.changed", meeting, actor=SYSTEM, clock=clock, meeting=meeting,
                           values={"number": number}, public=number % 2 == 0)  # fmt: skip


def test_journal_after_acts_verifies_and_counts(world: World, clock: FixedClock) -> None:
    _acts(world, clock, 5)
    with transaction(writes=False):
        streams, findings = journal.verify()
        lines = journal.latest(db.session.get(Meeting, world.things["agadir"]))
    assert [(one["entries"]) for one in streams] == [5]
    assert findings == []
    assert [line.values["number"] for line in lines] == [4, 3, 2, 1, 0]
    with transaction(writes=False):
        assert journal.heads(f"meeting:{world.things['agadir']}") == (5, 5)


@pytest.mark.parametrize(
    ("damage", "seq"),
    [
        ("UPDATE journal_entry SET kind = 'meeting.changeD' WHERE seq = 3", 3),
        ("DELETE FROM journal_entry WHERE seq = 2", 2),
        ("UPDATE journal_value SET \"values\" = '{}' WHERE seq = 4", 4),
        ("DELETE FROM journal_entry WHERE seq = 5", 5),
    ],
)
def test_journal_damaged_names_the_entry(world: World, clock: FixedClock, damage: str, seq: int) -> None:
    _acts(world, clock, 5)
    with transaction():
        db.session.execute(text(damage))
    with transaction(writes=False):
        _streams, findings = journal.verify()
    assert [finding.seq for finding in findings] == [seq]


def test_journal_with_two_entries_swapped_names_the_first(world: World, clock: FixedClock) -> None:
    _acts(world, clock, 5)
    with transaction():
        for old, new in ((2, 99), (3, 2), (99, 3)):
            db.session.execute(update(Entry).where(Entry.seq == old).values(seq=new))
    with transaction(writes=False):
        _streams, findings = journal.verify()
    assert [finding.seq for finding in findings] == [2]


def test_journal_with_values_erased_still_verifies(world: World, clock: FixedClock) -> None:
    _acts(world, clock, 3)
    with transaction():
        assert journal.erase_values("meeting", [world.things["agadir"]]) == 3
    with transaction(writes=False):
        assert journal.verify()[1] == []


def test_transaction_that_fails_keeps_nothing(world: World, clock: FixedClock) -> None:
    with pytest.raises(RuntimeError), transaction():
        meeting = db.session.get(Meeting, world.things["agadir"])
        assert meeting is not None
        meeting.capacity = 1
        journal.record("meeting.changed", meeting, actor=SYSTEM, clock=clock, meeting=meeting)
        raise RuntimeError
    with transaction(writes=False):
        kept = db.session.get(Meeting, world.things["agadir"])
        assert kept is not None
        assert kept.capacity == 320
        assert journal.verify() == ([], [])


def test_reading_transaction_that_writes_fails(world: World, app: LiqaaFlask) -> None:
    with pytest.raises(Exception, match="(?i)read.?only"), transaction(writes=False):
        db.session.execute(update(Meeting).values(capacity=1))


def test_reading_transaction_that_writes_fails_whatever_its_connection_did_before(
    world: World, app: LiqaaFlask
) -> None:
    for before in ((True,), (False, True), (True, False, False), (False, True, True)):
        for writes in before:
            with transaction(writes=writes):
                db.session.execute(update(Meeting).values(capacity=320) if writes else text("SELECT 1"))
        with pytest.raises(Exception, match="(?i)read.?only"), transaction(writes=False):
            db.session.execute(update(Meeting).values(capacity=1))


def test_transactions_of_one_kind_leave_the_compiled_statements_of_their_connection_alone(
    world: World, app: LiqaaFlask, engine: str
) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    db.engine.dispose()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for writes in (False, False, False, True, True, False, True, False):
            with transaction(writes=writes):
                db.session.execute(text("SELECT 1"))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    changes = [statement for statement in asked if "query_only" in statement]
    # Once, on the new connection that was to read; the one that writes is as it was opened.
    assert changes == (["PRAGMA query_only=ON"] if engine == "sqlite" else [])
