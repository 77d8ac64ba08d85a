"""Assignment in the database: runs, moves by hand, fixed places, publication, seats that become free."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.jobs.queries import mails_to
from app.kernel.access import SYSTEM, Actor, Grant
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.journal import history
from app.kernel.transaction import transaction
from app.meetings.actions.agenda import save_workshop
from app.meetings.models import Workshop
from app.participants.actions import deciding, delegating
from app.participants.actions.filling import Details
from app.participants.names import name_of
from app.workshops.actions import groups, moves, offers, publishing, runs
from app.workshops.models import AssignmentRun, SeatOffer, WorkshopSeat
from app.workshops.queries.agenda import workshop_places
from tests.workshops.people import meeting_of, organiser, person_of, places, seats, taken, wishing
from tests.world import World


class Organiser:
    """What the organiser does, each act in its own transaction."""

    def __init__(self, world: World, clock: FixedClock) -> None:
        self.world, self.clock, self.actor = world, clock, organiser(world)

    def act(self, function: Any, **values: Any) -> Any:
        with transaction():
            for name in ("participant", "titular"):
                if name in values:
                    values[name] = person_of(values[name])
            if "code" in values:
                code = values.pop("code")
                values["workshop"] = db.session.get_one(Workshop, self.world.things[f"agadir.{code}"]) if code else None
            if "run" in values:
                values["run"] = db.session.get_one(AssignmentRun, values["run"])
            if function.__name__ not in ("cancel", "decline", "delegate", "come_after_all"):
                values["meeting"] = meeting_of(self.world)
            made = function(actor=self.actor, clock=self.clock, **values)
            return getattr(made, "id", made)

    def assign(self) -> int:
        return int(self.act(runs.take_over, run=self.act(runs.ask)))

    def move(self, participant: str, code: str | None, **more: Any) -> Any:
        return self.act(moves.move, participant=participant, slot="P1", code=code, **more)


@pytest.fixture
def office(world: World, clock: FixedClock) -> Organiser:
    return Organiser(world, clock)


def test_calculation_moves_nobody_until_it_is_accepted(office: Organiser, world: World) -> None:
    person = wishing(world, "أول", "W2", "W1")
    run = office.act(runs.ask)
    assert seats(world) == {}
    assert office.act(runs.take_over, run=run) == 1
    assert (seats(world), taken(world, "W2")) == ({person: "W2"}, 1)
    assert office.act(runs.take_over, run=run) == 0


def test_fixed_place_is_never_moved_by_a_calculation(office: Organiser, world: World) -> None:
    fixed, free = wishing(world, "مثبت", "W1"), wishing(world, "حر", "W1")
    office.move(fixed, "W3")
    office.assign()
    assert seats(world) == {fixed: "W3", free: "W1"}


def test_accepting_a_plan_that_no_longer_fits_is_refused(office: Organiser, world: World) -> None:
    first, second = wishing(world, "أول", "W1"), wishing(world, "ثان", "W1")
    run = office.act(runs.ask)
    office.move(first, "W2")
    with pytest.raises(Refusal, match="run_outdated"):
        office.act(runs.take_over, run=run)
    assert seats(world) == {first: "W2"}
    office.move(first, None)
    run = office.act(runs.ask)
    office.act(deciding.cancel, participant=second)
    with pytest.raises(Refusal, match="run_outdated"):
        office.act(runs.take_over, run=run)


def test_large_calculation_is_done_by_the_worker(
    office: Organiser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.workshops.handlers import solve

    wishing(world, "أول", "W2")
    monkeypatch.setattr(runs, "SMALL", 0)
    run = office.act(runs.ask)
    with transaction(writes=False):
        assert db.session.get_one(AssignmentRun, run).state == "waiting"

    class Task:
        payload, clock = {"run": run}, office.clock

        def progress(self, percent: int, message: str = "") -> None:
            assert percent > 0

        def finishing(self, result: Any = None) -> Any:
            return transaction()

    solve(Task())  # type: ignore[arg-type]
    with transaction(writes=False):
        assert db.session.get_one(AssignmentRun, run).answer["status"] == "optimal"


def test_full_workshop_takes_nobody_more(office: Organiser, world: World) -> None:
    places(world, "W1", 1)
    first, second = wishing(world, "أول"), wishing(world, "ثان")
    office.move(first, "W1")
    with pytest.raises(Refusal, match="workshop_full"):
        office.move(second, "W1")
    assert (seats(world), taken(world, "W1")) == ({first: "W1"}, 1)


def test_move_is_taken_back_with_what_it_answers(office: Organiser, world: World) -> None:
    person = wishing(world, "أول", "W1")
    office.assign()
    moved = office.move(person, "W2")
    assert (moved.was_locked, moved.changed) == (False, True)
    office.move(person, "W1", lock=moved.was_locked)
    with transaction(writes=False):
        locked = db.session.query(WorkshopSeat).one().locked
    assert (locked, taken(world, "W1"), taken(world, "W2")) == (False, 1, 0)


def test_person_not_confirmed_is_not_placed(office: Organiser, world: World) -> None:
    with pytest.raises(Refusal, match="not_confirmed_here"):
        office.move(wishing(world, "أول", status="waitlisted"), "W1")


def test_people_kept_apart_are_placed_apart(office: Organiser, world: World) -> None:
    people = [wishing(world, f"شخص {number}", "W1") for number in range(2)]
    with transaction(writes=False):
        codes = [person_of(one).code for one in people]
    office.act(groups.add, kind="apart", codes=codes, note="")
    office.assign()
    assert sorted(seats(world).values())[0] == "W1"
    assert len(set(seats(world).values())) == 2
    with pytest.raises(Refusal, match="rule_people"):
        office.act(groups.add, kind="apart", codes=[codes[0], "ZZZZZZZZ"], note="")


def test_publishing_tells_everybody_once_and_later_only_who_moved(office: Organiser, world: World) -> None:
    stays = wishing(world, "باق", "W1", email="stays@example.org")
    moves_on = wishing(world, "منتقل", "W2", email="moves@example.org")
    office.assign()
    assert office.act(publishing.publish) == 2
    with pytest.raises(Refusal, match="nothing_to_publish"):
        office.act(publishing.publish)
    office.move(moves_on, "W3")
    assert office.act(publishing.publish) == 1
    with transaction(writes=False):
        assert (len(mails_to("stays@example.org")), len(mails_to("moves@example.org"))) == (1, 2)
        mail = mails_to("stays@example.org")[0]
        assert "الورشة 1" in mail.subject
        for word in ("القاعة 1", "25 مارس 2022", "هذه رغبتكم رقم"):
            assert word in mail.text
    assert stays in seats(world)


def test_cancelled_person_frees_the_seat_in_the_same_act(office: Organiser, world: World) -> None:
    person = wishing(world, "أول", "W1")
    office.assign()
    office.act(deciding.cancel, participant=person)
    assert (seats(world), taken(world, "W1")) == ({}, 0)
    with transaction(writes=False):
        assert {line.kind for line in history("participant", person)} >= {"participant.cancelled", "seat.freed"}


def test_delegate_takes_the_seat_over_and_is_told(office: Organiser, world: World) -> None:
    titular = wishing(world, "أصيل", "W2", holds_seat=True)
    office.assign()
    office.act(publishing.publish)
    details = Details(name=name_of("نائب جديد"), category="elected", email="delegate@example.org")
    delegate = office.act(delegating.delegate, titular=titular, details=details)
    assert (seats(world), taken(world, "W2")) == ({delegate: "W2"}, 1)
    with transaction(writes=False):
        assert any("الورشة 2" in mail.subject for mail in mails_to("delegate@example.org"))
    office.act(delegating.come_after_all, titular=titular)
    assert seats(world) == {titular: "W2"}


@pytest.fixture
def crowded(office: Organiser, world: World) -> dict[str, str]:
    """W1 has one place, taken by `in`; `second` wants it as a second wish, `first` as a first, `late` later still."""
    places(world, "W1", 1)
    people = {
        "in": wishing(world, "في الورشة", "W1", email="in@example.org"),
        "second": wishing(world, "رغبة ثانية", "W3", "W1", email="second@example.org"),
        "first": wishing(world, "رغبة أولى", "W1", email="first@example.org"),
        "late": wishing(world, "متأخر", "W1", email="late@example.org"),
    }
    office.move(people["in"], "W1")
    for name in ("second", "first", "late"):
        office.move(people[name], "W2", lock=False)
    office.act(publishing.publish)
    return people


def open_offer() -> SeatOffer:
    return db.session.query(SeatOffer).filter(SeatOffer.answer == "").one()


def holder(ident: str) -> Actor:
    return Actor("link", ident, "", frozenset({Grant("participant", "participant", ident)}))


def test_full_workshop_says_how_many_would_rather_be_there(crowded: dict[str, str], world: World) -> None:
    with transaction(writes=False):
        shown = workshop_places(meeting_of(world))[world.things["agadir.W1"]]
        assert (shown.left, shown.would_rather) == (0, 3)


def test_freed_seat_is_offered_by_wish_and_held_until_the_answer(
    office: Organiser, crowded: dict[str, str], world: World
) -> None:
    office.act(deciding.cancel, participant=crowded["in"])
    with transaction(writes=False):
        assert open_offer().participant_id == crowded["first"]
        assert "شغر مقعد: " in mails_to("first@example.org")[0].subject
    assert taken(world, "W1") == 1
    with pytest.raises(Refusal, match="workshop_full"):
        office.move(crowded["late"], "W1")


def test_offered_seat_that_is_accepted_moves_at_once(
    office: Organiser, crowded: dict[str, str], world: World, clock: FixedClock
) -> None:
    office.act(deciding.cancel, participant=crowded["in"])
    for _ in range(2):
        with transaction():
            offer = db.session.query(SeatOffer).filter(SeatOffer.participant_id == crowded["first"]).one()
            offers.answer(offer=offer, participant=person_of(crowded["first"]), yes=True,
                          actor=holder(crowded["first"]), clock=clock)  # fmt: skip
    assert seats(world)[crowded["first"]] == "W1"
    assert (taken(world, "W1"), taken(world, "W2")) == (1, 2)


def test_offered_seat_that_is_declined_or_left_goes_to_the_next(
    office: Organiser, crowded: dict[str, str], world: World, clock: FixedClock
) -> None:
    office.act(deciding.cancel, participant=crowded["in"])
    with transaction():
        offers.answer(offer=open_offer(), participant=person_of(crowded["first"]), yes=False,
                      actor=holder(crowded["first"]), clock=clock)  # fmt: skip
    with transaction(writes=False):
        assert open_offer().participant_id == crowded["late"]
    clock.moment += timedelta(hours=49)
    with transaction():
        assert offers.expire(actor=SYSTEM, clock=clock) == 1
    with transaction(writes=False):
        assert open_offer().participant_id == crowded["second"]
    with transaction(), pytest.raises(Refusal, match="offer_over"):
        gone = db.session.query(SeatOffer).filter(SeatOffer.participant_id == crowded["late"]).one()
        offers.answer(offer=gone, participant=person_of(crowded["late"]), yes=True, actor=holder(crowded["late"]),
                      clock=clock)  # fmt: skip
    assert taken(world, "W1") == 1


def test_other_room_is_told_to_those_who_know_the_workshop_as_theirs(office: Organiser, world: World) -> None:
    wishing(world, "معني", "W1", email="mine@example.org")
    wishing(world, "غير معني", "W2", email="other@example.org")
    office.assign()
    office.act(publishing.publish)
    with transaction():
        workshop = db.session.get_one(Workshop, world.things["agadir.W1"])
        save_workshop(meeting_of(world), workshop, fields={"room_id": world.things["agadir.hall"]},
                      actor=office.actor, clock=office.clock)  # fmt: skip
    with transaction(writes=False):
        assert (len(mails_to("mine@example.org")), len(mails_to("other@example.org"))) == (2, 1)
        text = mails_to("mine@example.org")[0].text
        for word in ("القاعة الكبرى", "عوض", "القاعة 1"):
            assert word in text


def test_places_that_the_organiser_changes_count_at_once(
    office: Organiser, crowded: dict[str, str], world: World
) -> None:
    with transaction():
        workshop = db.session.get_one(Workshop, world.things["agadir.W1"])
        save_workshop(meeting_of(world), workshop, fields={"places": 3}, actor=office.actor, clock=office.clock)
    with transaction(writes=False):
        assert workshop_places(meeting_of(world))[world.things["agadir.W1"]].left == 2
