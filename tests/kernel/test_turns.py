"""Writers of SQLite take turns: nobody is starved, nothing is lost when one is killed, and a turn never outlives its holder."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from app.kernel import journal, turns
from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from app.kernel.turns import Turns
from app.meetings.models import Meeting
from tests.together import together
from tests.world import World


def test_many_writers_at_once_all_write_without_waiting_for_the_busy_time_out(
    app: LiqaaFlask, world: World, clock: FixedClock
) -> None:
    def write(_number: int) -> None:
        for _ in range(5):
            with transaction():
                meeting = db.session.get(Meeting, world.things["agadir"])
                journal.record("meeting.tested", meeting, actor=SYSTEM, clock=clock, meeting=meeting)

    assert together(app, 12, write) == []
    with transaction(writes=False):
        assert journal.heads(f"meeting:{world.things['agadir']}")[0] == 60
        assert journal.verify()[1] == []


@pytest.mark.parametrize("ends", ["commits", "fails"])
def test_turn_is_given_back_however_the_transaction_ends(
    app: LiqaaFlask, engine: str, ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    for _ in range(3):
        try:
            with transaction():
                if ends == "fails":
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    if engine == "sqlite":
        [known] = [one for path, one in turns._known.items() if path in str(db.engine.url)]
        assert known.take()
        known.give()


def test_turn_of_a_killed_process_goes_to_the_next(tmp_path: Path) -> None:
    path = str(tmp_path / "db")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        Turns(path).take()
        os.write(writer, b"x")
        signal.pause()
    os.read(reader, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    mine = Turns(path)
    assert mine.take()
    mine.give()


def test_turn_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    one = Turns(str(tmp_path / "db"))
    assert one.take()
    assert not one.take()
    one.give()
    assert one.take()
    one.give()
