"""One of each thing an address of the door can name, in both meetings of the world."""

from __future__ import annotations

from app.accounts.models import Device
from app.attendance.models import Scan
from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from tests.world import MADE, World

DAYS = {"agadir": "2022-03-25-am", "fes": "2023-05-11-am"}


def build(world: World) -> None:
    """A scan in each meeting, committed."""
    for meeting, key in DAYS.items():
        with transaction():
            scan = Scan(scan_id=new_id(), meeting_id=world.things[meeting], list=key, device_id="x", scanned_at=MADE,
                        received_at=MADE, result="unknown", answer={"person": None, "first": None})  # fmt: skip
            db.session.add(scan)
            db.session.flush()
            world.things[f"{meeting}.scan"] = scan.scan_id
            phone = Device(kind="scanner", label="x", role="desk", scope="meeting", scope_id=world.things[meeting],
                           token_hash=new_id(), created_at=MADE, expires_at=MADE)  # fmt: skip
            db.session.add(phone)
            db.session.flush()
            world.things[f"{meeting}.phone"] = phone.id


def values(world: World, name: str) -> dict[str, str]:
    """What the addresses of the door hold on one side."""
    return {"scan_id": world.things[f"{name}.scan"], "list_key": DAYS[name], "phone_id": world.things[f"{name}.phone"]}
