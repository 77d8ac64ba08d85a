"""The connections to SQLite: those that read and those that write lie apart, and the one used last is taken first.

A connection is told once which it is. Telling it anew would make SQLite compile every statement again that the
connection keeps, and one that has rested would have to read its pages again. There are never more connections than
threads that ask at once, for a writer takes its turn first.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from sqlalchemy.pool import ConnectionPoolEntry, Pool

SIDE = "liqaa_side"
READS, WRITES = "read", "write"

wanted: ContextVar[str] = ContextVar("wanted", default=WRITES)
"""The side that the connection asked for next is to be of."""


class SidedPool(Pool):
    """A pool that keeps what is returned to it on its own side; it opens another connection when a side is empty."""

    def __init__(self, creator: Callable[..., Any], **options: Any) -> None:
        super().__init__(creator, **options)
        # Taking from the end of a list and adding there are each one step, which no other thread can divide.
        self._resting: dict[str, list[ConnectionPoolEntry]] = {READS: [], WRITES: []}

    def _do_get(self) -> ConnectionPoolEntry:
        try:
            return self._resting[wanted.get()].pop()
        except IndexError:
            return self._create_connection()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        self._resting[record.info.get(SIDE, WRITES)].append(record)

    def recreate(self) -> SidedPool:
        """An empty pool of the same kind."""
        return self.__class__(
            self._creator, recycle=self._recycle, echo=self.echo, logging_name=self._orig_logging_name,
            reset_on_return=self._reset_on_return, pre_ping=self._pre_ping, _dispatch=self.dispatch,
            dialect=self._dialect,
        )  # fmt: skip

    def dispose(self) -> None:
        """Close the connections that rest."""
        for side in self._resting.values():
            while side:
                side.pop().close()

    def status(self) -> str:
        """How many connections rest on each side."""
        return f"{len(self._resting[READS])} to read, {len(self._resting[WRITES])} to write"
