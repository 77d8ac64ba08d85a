"""What the tests of the door share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask


@pytest.fixture
def count_queries(app: LiqaaFlask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as found:` the statements that ran inside."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith("PRAGMA"):
                found.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
