"""Writers of SQLite take turns instead of asking again and again.

SQLite has one writer at a time and lets the others poll with growing pauses: under load most of the time passes
between two polls, and whoever is unlucky waits until the busy time-out. Here the writers of a process queue at a lock,
and one of each process at a file lock, which the system hands over at once and takes from a killed process. It is an
order only: what keeps two writers apart is still SQLite's own lock, so a writer that cannot get a turn goes on without.
"""

from __future__ import annotations

import fcntl
import os
import threading
from typing import Any

PATIENCE = 15.0


class Turns:
    """The queue of the writers of one database file."""

    def __init__(self, path: str) -> None:
        self.lock = threading.Lock()
        self.handle = os.open(f"{path}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self) -> bool:
        """Wait for a turn; whether it was given (not after 15 seconds, nor where files cannot be locked)."""
        if not self.lock.acquire(timeout=PATIENCE):
            return False
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX)
        except OSError:
            self.lock.release()
            return False
        return True

    def give(self) -> None:
        """Let the next one in."""
        fcntl.flock(self.handle, fcntl.LOCK_UN)
        self.lock.release()


_known: dict[str, Turns] = {}
_making = threading.Lock()


def turns_of(path: str) -> Turns | None:
    """The queue of this database file in this process; None where none can be made (a read-only folder)."""
    with _making:
        try:
            return _known.get(path) or _known.setdefault(path, Turns(path))
        except OSError:
            return None


def take(path: str) -> Turns | None:
    """Wait for a turn; None when none was given, which holds nobody up."""
    turns = turns_of(path)
    return turns if turns is not None and turns.take() else None


def note(turn: Turns, info: dict[Any, Any]) -> None:
    """Note the turn on the connection it is for, which gives it back when it returns to its pool."""
    info["liqaa_turn"] = turn


def give(info: dict[Any, Any]) -> None:
    """Give the turn back that is noted on the connection, if one is."""
    turns: Turns | None = info.pop("liqaa_turn", None)
    if turns is not None:
        turns.give()


def _forget() -> None:
    # A forked child shares its parent's open files and with them the parent's turn: it opens its own.
    global _making
    _known.clear()
    _making = threading.Lock()


os.register_at_fork(after_in_child=_forget)
