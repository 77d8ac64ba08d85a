"""People at the door, made as rows; attendance never asks how they came to be registered."""

from __future__ import annotations

from typing import Any

from app.accounts.models import Device
from app.attendance.models import DoorDevice
from app.kernel.database import db, new_id
from app.kernel.text import sort_key
from app.kernel.tokens import hash_token, short_code
from app.kernel.transaction import transaction
from app.meetings.models import Sitting
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat
from tests.world import MADE, World

MORNING = "2022-03-25-am"


def add_person(world: World, name: str = "فاطمة الزهراء العلوي", *, meeting: str = "agadir", **more: Any) -> str:
    """A confirmed participant, committed; gives the id."""
    values = {
        "meeting_id": world.things[meeting], "code": short_code(), "name_ar": name, "category": "elected",
        "status": "confirmed", "body_id": world.things["09.273.01.05"], "sort_ar": sort_key(name, "ar"),
        "sort_fr": sort_key(name, "fr"), "other_phones": [], "registered_at": MADE, "confirmed_at": MADE,
    }  # fmt: skip
    with transaction():
        person = Participant(**{**values, **more})
        db.session.add(person)
        db.session.flush()
        return person.id


def seat(world: World, participant_id: str, workshop: str = "agadir.W3", *, slot: str = "P1", **more: Any) -> None:
    """Give somebody a place in a workshop, committed."""
    with transaction():
        db.session.add(
            WorkshopSeat(meeting_id=world.things[workshop.split(".", maxsplit=1)[0]], participant_id=participant_id,
                         workshop_id=world.things[workshop], slot=slot, reason=[], **more)
        )  # fmt: skip


def sitting_key(world: World, workshop: str = "agadir.W1") -> str:
    """The key of the first sitting of a workshop."""
    with transaction(writes=False):
        return str(
            db.session.query(Sitting.id)
            .filter(Sitting.workshop_id == world.things[workshop])
            .order_by(Sitting.starts)
            .limit(1)
            .scalar()
        )


def badge(participant_id: str) -> str:
    """What somebody's badge holds."""
    from app.attendance.codes import badge_text

    with transaction(writes=False):
        person = db.session.get(Participant, participant_id)
        assert person is not None
        return badge_text(person)


def code_of(participant_id: str) -> str:
    with transaction(writes=False):
        person = db.session.get(Participant, participant_id)
        assert person is not None
        return person.code


def lend(world: World, label: str = "الباب 1", *, meeting: str = "agadir", paired: bool = True) -> dict[str, str]:
    """Lend a phone, committed; gives the headers it speaks with."""
    from datetime import timedelta

    from app.kernel.clock import Clock
    from app.kernel.tokens import new_token

    token, now = new_token(), Clock().real_now()
    with transaction():
        row = Device(kind="scanner", label=label, role="desk", scope="meeting", scope_id=world.things[meeting],
                     token_hash=hash_token(token), created_at=now, expires_at=now + timedelta(hours=72))  # fmt: skip
        db.session.add(row)
        db.session.flush()
        db.session.add(
            DoorDevice(device_id=row.id, meeting_id=world.things[meeting], paired_at=now if paired else None)
        )
    return {"Authorization": f"Bearer {token}"}


def scan(token: str = "", **more: Any) -> dict[str, Any]:
    """One scan as a phone reports it."""
    usual = {
        "scan_id": new_id(), "device_id": "phone-1", "device_seq": 1, "list": MORNING, "token": token,
        "scanned_at": "2022-03-25T08:14:00Z", "type": "entry", "forced": False,
    }  # fmt: skip
    return {**usual, **more}
