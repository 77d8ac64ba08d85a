"""What is derived: lateness, silence, risk, and the median state by its exact rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.followup import derived
from app.followup.states import ENDED, STANDING, Response, Work

TODAY = date(2023, 3, 31)
NOW = datetime(2023, 3, 31, 12, tzinfo=UTC)
OLD, NEW = NOW - timedelta(days=200), NOW - timedelta(days=10)


@dataclass(frozen=True)
class One:
    state: str = "in_progress"
    current_due: date | None = None
    response: str = "accepted"
    original_due: date | None = None


@pytest.mark.parametrize(
    ("due", "late", "soon"),
    [
        (None, False, False), (date(2023, 3, 30), True, False), (TODAY, False, True), (date(2023, 4, 30), False, True),
        (date(2023, 5, 1), False, False),
    ],
)  # fmt: skip
def test_due_date_beside_today_makes_late_or_soon(due: date | None, late: bool, soon: bool) -> None:
    one = One(current_due=due)
    assert (derived.overdue(one, TODAY), derived.due_soon(one, TODAY)) == (late, soon)


@pytest.mark.parametrize("state", ["reported_done", "verified_done", "closed", "closed_not_done", "superseded"])
def test_nothing_awaited_is_never_late(state: str) -> None:
    one = One(state, date(2022, 1, 1))
    assert not derived.overdue(one, TODAY)
    assert derived.days_late(one, TODAY) == 0


def test_not_concerned_body_is_never_late_and_silent_body_is() -> None:
    past = date(2022, 6, 30)
    assert not derived.overdue(One("not_started", past, "not_applicable"), TODAY)
    assert derived.overdue(One("not_started", past, "awaiting"), TODAY)
    assert derived.days_late(One("not_started", past, "awaiting"), TODAY) == 274


@pytest.mark.parametrize(
    ("response", "state", "kind"),
    [
        ("awaiting", "not_started", "silent"), ("accepted", "not_started", "none"), ("not_accepted", "not_started", "none"),
        ("noted", "not_started", "none"), ("accepted_in_part", "planned", "planned"), ("accepted", "reopened", "progress"),
        ("accepted", "closed", "verified"), ("accepted", "closed_not_done", "closed"), ("awaiting", "superseded", "na"),
        ("not_applicable", "not_started", "na"), ("accepted", "no_longer_relevant", "na"),
        ("awaiting", "closed_not_done", "closed"),
    ],
)  # fmt: skip
def test_kind_counts_silence_before_work(response: str, state: str, kind: str) -> None:
    assert derived.kind_of(response, state) == kind


def test_every_state_has_a_kind_and_words() -> None:
    for state in Work:
        for response in Response:
            assert derived.word_of(derived.kind_of(response, state))
    assert {*STANDING, *ENDED} == set(Work)


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"verified": 41, "reported": 22, "progress": 17, "blocked": 9, "none": 6, "silent": 8}, "reported"),
        ({"verified": 1, "silent": 1}, "verified"),  # Half of two are at least there.
        ({"verified": 1, "silent": 2}, "silent"),
        ({"verified": 2, "reported": 1, "none": 3}, "reported"),
        ({"blocked": 2, "verified": 2}, "blocked"),  # Half or more.
        ({"blocked": 2, "verified": 3}, "verified"),
        ({"blocked": 2, "verified": 2, "silent": 1}, "progress"),  # A blocked one has begun.
        ({"planned": 1, "none": 1}, "planned"),
        ({"silent": 3}, "silent"),
        ({"na": 90, "verified": 1}, "verified"),
        ({"na": 5}, "na"),
        ({}, "na"),
        ({"closed": 2}, "closed"),
        ({"closed": 1, "progress": 1}, "progress"),
    ],
)
def test_median_is_what_half_have_at_least_reached(counts: dict[str, int], state: str) -> None:
    assert derived.median_kind(counts) == state


def test_median_agrees_with_the_middle_of_the_sorted_bodies() -> None:
    kinds = ["silent", "none", "planned", "progress", "reported", "verified"]
    for seed in range(400):
        bodies = sorted(
            (kinds[(seed * 7 + n * n * 3 + n) % 6] for n in range(1 + seed % 9)), key=derived.RANK.__getitem__
        )
        counts = {kind: bodies.count(kind) for kind in kinds}
        assert derived.median_kind(counts) == bodies[len(bodies) // 2]


def test_stale_needs_the_period_and_its_grace_without_news() -> None:
    assert derived.stale(One("in_progress"), OLD, NOW)
    assert not derived.stale(One("in_progress"), NEW, NOW)
    assert not derived.stale(One("not_started"), OLD, NOW)
    edge = NOW - derived.PERIOD - derived.GRACE
    assert not derived.stale(One("blocked"), edge, NOW)
    assert derived.stale(One("blocked"), edge - timedelta(seconds=1), NOW)


def test_at_risk_is_due_soon_without_work_under_way() -> None:
    soon = date(2023, 4, 15)
    assert derived.at_risk(One("not_started", soon), NEW, NOW, TODAY)
    assert derived.at_risk(One("not_started", soon, "awaiting"), NEW, NOW, TODAY)
    assert derived.at_risk(One("in_progress", soon), OLD, NOW, TODAY)
    assert not derived.at_risk(One("in_progress", soon), NEW, NOW, TODAY)
    assert not derived.at_risk(One("not_started", date(2023, 3, 1)), NEW, NOW, TODAY)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2022, 3, 31), date(2023, 3, 31), 12), (date(2022, 6, 30), date(2023, 3, 31), 9),
        (date(2022, 12, 31), date(2023, 3, 31), 3), (date(2022, 12, 31), date(2023, 2, 28), 2),
        (date(2023, 3, 10), date(2023, 3, 31), 0), (date(2023, 1, 15), date(2023, 3, 14), 1),
    ],
)  # fmt: skip
def test_months_between_counts_whole_months(first: date, last: date, months: int) -> None:
    assert derived.months_between(first, last) == months


def test_headline_counts_recommendations_and_leaves_out_what_concerns_nobody() -> None:
    counts = derived.headline([("verified", False), ("silent", True), ("na", False), ("reported", False)])
    assert (counts.total, counts.verified, counts.late) == (3, 1, 1)
    assert counts.by_kind["silent"] == 1


def test_recommendation_is_late_when_half_of_its_bodies_are() -> None:
    assert derived.is_late(1, 2)
    assert not derived.is_late(1, 3)
    assert not derived.is_late(0, 0)
    assert derived.median_of([5, 1, 3]) == 3
    assert derived.median_of([1, 4]) == 2.5
    assert derived.median_of([]) == 0
