"""Ids sort in the order they were made: a file of people keeps their order, a waiting list its turns."""

from __future__ import annotations

import time
from uuid import UUID

import pytest

from app.kernel import database
from app.kernel.database import new_id


@pytest.fixture(autouse=True)
def own_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a false clock does to the order of ids ends with its test."""
    monkeypatch.setattr(database, "_last_tick", 0)


def test_ids_of_one_process_sort_as_they_were_made_even_within_one_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_900_000_000_000_000_000)  # The clock stands still.
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_never_go_back_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_500_000_000_000_000_000)
    assert new_id() > before


def test_id_is_a_uuid_of_version_seven() -> None:
    found = UUID(new_id())
    assert (found.version, found.variant) == (7, "specified in RFC 4122")
