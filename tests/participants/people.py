"""People for the tests of this room, made by the actions the product itself uses."""

from __future__ import annotations

from typing import Any

from app.accounts.identity import actor_of
from app.accounts.models import Account
from app.kernel.access import NOBODY, Actor, Grant
from app.kernel.clock import Clock, current_clock
from app.kernel.database import db
from app.kernel.tokens import short_code
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.participants.actions.filling import Details
from app.participants.actions.registering import Registration, enter, register
from app.participants.models import ImportBatch, Invitation, Participant, Seats
from app.participants.names import name_of
from app.participants.queries import links
from app.participants.states import Source, Status
from tests.world import World


def agadir(world: World) -> Meeting:
    meeting = db.session.get(Meeting, world.things["agadir"])
    assert meeting is not None
    return meeting


def one_of_the_cast(world: World, person: str) -> Actor:
    account = db.session.get(Account, world.people[person])
    assert account is not None
    return actor_of(account)


def holder(participant: Participant) -> Actor:
    """Who holds the participant's own link."""
    grant = Grant("participant", "participant", participant.id)
    return Actor("link", participant.id, participant.name, frozenset({grant}))


def details(name: str = "فاطمة الزهراء العلوي", **more: Any) -> Details:
    given: dict[str, Any] = {"category": "elected", "email": f"p{abs(hash(name)) % 10**8}@commune.example"}
    return Details(name=name_of(name, more.pop("latin", "")), **(given | more))


def register_one(meeting: Meeting, clock: Clock, name: str = "فاطمة الزهراء العلوي", **more: Any) -> Registration:
    return register(meeting=meeting, details=details(name, **more), actor=NOBODY, clock=clock)


def make_small(meeting: Meeting, capacity: int) -> None:
    meeting.capacity = capacity
    seats = db.session.get(Seats, meeting.id)
    assert seats is not None
    seats.capacity = capacity


def taken(meeting_id: str) -> int:
    seats = db.session.get(Seats, meeting_id)
    assert seats is not None
    db.session.refresh(seats)
    return seats.taken


def build_people(world: World) -> None:
    """One invitation with a named seat in each of the two meetings, for whoever asks addresses (in a transaction)."""
    for side in ("agadir", "fes"):
        meeting = db.session.get(Meeting, world.things[side])
        assert meeting is not None
        invitation = Invitation(
            meeting_id=meeting.id, kind="body", body_id=world.things["09.001.01.01"], code=short_code(),
            seats={"elected": 2},
        )  # fmt: skip
        db.session.add(invitation)
        db.session.flush()
        made = enter(meeting=meeting, details=details(), source=Source.ORGANISER, actor=NOBODY, clock=current_clock(),
                     wanted=Status.CONFIRMED, invitation=invitation)  # fmt: skip
        other = enter(meeting=meeting, details=details("سعيد الطاهري"), source=Source.ORGANISER, actor=NOBODY,
                      clock=current_clock(), wanted=Status.CONFIRMED)  # fmt: skip
        world.things[f"{side}.participant"] = made.participant.id
        world.things[f"{side}.other"] = other.participant.id
        batch = ImportBatch(meeting_id=meeting.id, filename="list.xlsx", sha256="0" * 64, state="done",
                            at=current_clock().now(), summary={"written": {}})  # fmt: skip
        db.session.add(batch)
        db.session.flush()
        world.things[f"{side}.import"] = batch.id
        world.things[f"{side}.invitation"] = invitation.id


def address_values(world: World, side: str) -> dict[str, str]:
    """What stands in the addresses of this room for one side of the world."""
    with transaction(writes=False):
        person = db.session.get(Participant, world.things[f"{side}.participant"])
        invitation = db.session.get(Invitation, world.things[f"{side}.invitation"])
        assert person is not None
        assert invitation is not None
        return {
            "participant_id": person.id, "participant_token": links.participant_token(person),
            "other_id": world.things[f"{side}.other"], "view_id": "of-somebody-else", "import_id": world.things[f"{side}.import"], "template_lang": "ar", "sheet_kind": "csv", "decision": "cancel",
            "invitation_id": invitation.id, "invitation_token": links.invitation_token(invitation), "seat_id": person.id,
        }  # fmt: skip
