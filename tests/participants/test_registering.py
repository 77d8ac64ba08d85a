"""Registration: seats never exceeded, the waiting list in order, one person one place, the phases' gate."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from sqlalchemy import select, update

from app.kernel import journal
from app.kernel.access import NOBODY
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from app.participants.actions import deciding
from app.participants.actions.places import set_capacity
from app.participants.actions.registering import add, register, walk_in
from app.participants.models import Participant, Seats
from app.participants.queries.places import places, waiting_place
from tests.participants.people import agadir, details, holder, make_small, one_of_the_cast, register_one, taken
from tests.together import together
from tests.world import World


def test_registration_when_places_are_left_is_confirmed_and_holds_a_seat(world: World, clock: FixedClock) -> None:
    with transaction():
        made = register_one(agadir(world), clock)
        assert (made.participant.status, made.participant.holds_seat, made.repeated) == ("confirmed", True, False)
        assert taken(world.things["agadir"]) == 1
        ident = made.participant.id
    with transaction(writes=False):
        line = journal.history("participant", ident)[0]
        assert (line.kind, line.values["status"]) == ("participant.registered", "confirmed")


def test_registration_when_full_waits_and_the_first_waiting_gets_a_freed_seat(world: World, clock: FixedClock) -> None:
    with transaction():
        meeting = agadir(world)
        make_small(meeting, 1)
        first, second, third = (register_one(meeting, clock, name).participant for name in ("أحمد", "سعيد", "مليكة"))
        assert [one.status for one in (first, second, third)] == ["confirmed", "waitlisted", "waitlisted"]
        assert [waiting_place(one) for one in (first, second, third)] == [None, 1, 2]
        ids = [one.id for one in (first, second, third)]
    with transaction():
        people = [person for one in ids if (person := db.session.get(Participant, one))]
        deciding.withdraw(participant=people[0], actor=holder(people[0]), clock=clock)
        assert [one.status for one in people] == ["cancelled", "confirmed", "waitlisted"]
        assert taken(world.things["agadir"]) == 1
    with transaction(writes=False):
        assert [line.kind for line in journal.history("participant", ids[1])] == [
            "participant.confirmed", "participant.registered"]  # fmt: skip


def test_capacity_raised_goes_to_the_waiting_list_in_its_order(world: World, clock: FixedClock) -> None:
    with transaction():
        meeting = agadir(world)
        make_small(meeting, 0 + 1)
        people = [register_one(meeting, clock, name).participant for name in ("أحمد", "سعيد", "مليكة", "خديجة")]
        meeting.capacity = 3
        set_capacity(meeting, actor=one_of_the_cast(world, "organiser"), clock=clock)
        assert [one.status for one in people] == ["confirmed", "confirmed", "confirmed", "waitlisted"]
        assert (places(meeting).taken, places(meeting).left, places(meeting).waiting) == (3, 0, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"email": "", "phone": "+212661234567"}, {"email": "", "phone": "+212661234567"}),
        ({"email": "", "body_text": "شركة"}, {"email": "", "body_text": "شركة"}),
    ],
)
def test_same_person_registering_twice_has_one_place(
    world: World, clock: FixedClock, first: dict[str, str], second: dict[str, str]
) -> None:
    with transaction():
        one = register_one(agadir(world), clock, "فاطمة الزهراء العلوي", **first)
        two = register_one(agadir(world), clock, "فاطمه  الزهراء العلوى", **({"email": one.participant.email} | second))
        assert (two.repeated, two.participant.id) == (True, one.participant.id)
        assert taken(world.things["agadir"]) == 1


def test_two_people_of_one_address_have_two_places(world: World, clock: FixedClock) -> None:
    with transaction():
        for name in ("أحمد بنعلي", "سعيد الطاهري"):
            register_one(agadir(world), clock, name, email="mairie@commune.example")
        assert taken(world.things["agadir"]) == 2


def test_person_who_withdrew_may_register_again(world: World, clock: FixedClock) -> None:
    with transaction():
        first = register_one(agadir(world), clock).participant
        deciding.withdraw(participant=first, actor=holder(first), clock=clock)
        again = register_one(agadir(world), clock)
        assert (again.repeated, again.participant.id != first.id) == (False, True)


def test_registration_needing_approval_holds_no_seat_until_approved(world: World, clock: FixedClock) -> None:
    with transaction():
        meeting = agadir(world)
        meeting.approval = True
        make_small(meeting, 1)
        one, two = (register_one(meeting, clock, name).participant for name in ("أحمد", "سعيد"))
        assert ({one.status, two.status}, taken(meeting.id)) == ({"pending_approval"}, 0)
        organiser = one_of_the_cast(world, "organiser")
        for person in (one, two):
            deciding.approve(participant=person, actor=organiser, clock=clock)
        assert ([one.status, two.status], taken(meeting.id)) == (["confirmed", "waitlisted"], 1)


@pytest.mark.parametrize(
    ("phase", "moment", "code"),
    [
        ("draft", datetime(2022, 3, 10, 9), "not_open"),
        ("open", datetime(2022, 2, 1, 9), "not_open"),
        ("open", datetime(2022, 3, 24, 9), "closed"),
        ("closed", datetime(2022, 3, 24, 9), "closed"),
        ("closed", datetime(2022, 3, 1, 9), "closed_now"),
        ("running", datetime(2022, 3, 25, 9), "closed"),
        ("cancelled", datetime(2022, 3, 10, 9), "meeting_off"),
    ],
)
def test_registration_outside_its_time_is_refused(
    world: World, clock: FixedClock, phase: str, moment: datetime, code: str
) -> None:
    from datetime import UTC

    clock.moment = moment.replace(tzinfo=UTC)
    with transaction(), pytest.raises(Refusal) as refused:
        meeting = agadir(world)
        meeting.phase = phase
        register_one(meeting, clock)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"category": "pilgrim"}, "choice", "category"),
        ({"wishes": ("nowhere",)}, "choice", "wishes"),
    ],
)
def test_registration_with_a_fault_names_its_field(
    world: World, clock: FixedClock, more: dict[str, str], code: str, field: str
) -> None:
    with transaction(), pytest.raises(Refusal) as refused:
        register_one(agadir(world), clock, **more)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_registration_with_the_workshop_of_another_meeting_is_refused(world: World, clock: FixedClock) -> None:
    with transaction(), pytest.raises(Refusal) as refused:
        register_one(agadir(world), clock, wishes=(world.things["fes.W1"],))
    assert refused.value.field == "wishes"


def test_organiser_of_another_meeting_may_not_add_or_decide(world: World, clock: FixedClock) -> None:
    with transaction():
        person = register_one(agadir(world), clock).participant
        outsider = one_of_the_cast(world, "outsider")
        with pytest.raises(Refusal):
            add(meeting=agadir(world), details=details("سعيد"), actor=outsider, clock=clock)
        for act in (deciding.confirm, deciding.decline, deciding.cancel, deciding.approve):
            with pytest.raises(Refusal) as refused:
                act(participant=person, actor=outsider, clock=clock)
            assert refused.value.code == "not_allowed"


def test_link_of_somebody_else_withdraws_nobody(world: World, clock: FixedClock) -> None:
    with transaction():
        one, two = (register_one(agadir(world), clock, name).participant for name in ("أحمد", "سعيد"))
        with pytest.raises(Refusal):
            deciding.withdraw(participant=one, actor=holder(two), clock=clock)


def test_walk_in_when_full_is_refused_and_takes_nothing(world: World, clock: FixedClock) -> None:
    desk = None
    with transaction():
        meeting = agadir(world)
        make_small(meeting, 1)
        desk = one_of_the_cast(world, "desk")
        assert walk_in(meeting=meeting, details=details("أحمد"), actor=desk, clock=clock).participant.source == "desk"
    with transaction(), pytest.raises(Refusal) as refused:
        walk_in(meeting=agadir(world), details=details("سعيد"), actor=desk, clock=clock)
    assert refused.value.code == "full_at_door"
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 1


def test_seats_taken_by_many_at_once_are_never_exceeded(app: LiqaaFlask, world: World, clock: FixedClock) -> None:
    with transaction():
        make_small(agadir(world), 5)

    def act(number: int) -> None:
        with transaction():
            register_one(agadir(world), clock, f"مشارك {number}")

    assert together(app, 12, act) == []
    with transaction(writes=False):
        meeting = agadir(world)
        waiting = db.session.scalars(
            select(Participant).where(Participant.status == "waitlisted").order_by(Participant.waiting_rank)
        ).all()
        assert (places(meeting).taken, len(waiting)) == (5, 7)
        assert [one.waiting_rank for one in waiting] == list(range(1, 8))
        order = [line.subject_id for line in reversed(journal.latest(meeting)) if line.kind == "participant.registered"]
        assert [one.id for one in waiting] == order[5:]
        assert journal.verify()[1] == []


def test_seats_read_before_they_are_written_are_exceeded(app: LiqaaFlask, world: World, clock: FixedClock) -> None:
    """The broken twin: the same crowd, but the count is read first and written later. It must fail."""
    with transaction():
        make_small(agadir(world), 1)
    seen = threading.Barrier(2)

    def act(_number: int) -> None:
        with transaction(writes=False):
            seats = db.session.get(Seats, world.things["agadir"])
            assert seats is not None
            free = seats.taken < seats.capacity
        seen.wait(timeout=30)
        with transaction():
            if free:
                db.session.execute(
                    update(Seats).where(Seats.meeting_id == world.things["agadir"]).values(taken=Seats.taken + 1)
                )

    assert together(app, 2, act) == []
    with transaction(writes=False):
        assert taken(world.things["agadir"]) > 1


def test_same_person_at_once_has_one_place(app: LiqaaFlask, world: World, clock: FixedClock) -> None:

    def act(_number: int) -> None:
        with transaction():
            register_one(agadir(world), clock)

    assert together(app, 4, act) == []
    with transaction(writes=False):
        assert taken(world.things["agadir"]) == 1
        assert len(db.session.scalars(select(Participant)).all()) == 1


def test_registration_of_a_public_visitor_needs_no_account(world: World, clock: FixedClock) -> None:
    with transaction():
        meeting = db.session.get(Meeting, world.things["agadir"])
        assert meeting is not None
        assert register(meeting=meeting, details=details(), actor=NOBODY, clock=clock).participant.registered_at
