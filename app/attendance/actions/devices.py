"""The phones at the door: the first contact, signs of life, and the way out."""

from __future__ import annotations

from app.accounts.actions import issue_device, revoke_device
from app.accounts.models import Device
from app.attendance.models import DoorDevice
from app.attendance.queries.devices import SCANNER
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.tokens import hash_token, new_token
from app.meetings.models import Meeting


def _own(meeting: Meeting, actor: Actor) -> tuple[Device, DoorDevice]:
    """The two rows of the phone that speaks; refuses with `not_a_device` anybody else."""
    require(actor, "attendance.check_in", meeting)
    device = db.session.get(Device, actor.id) if actor.kind == "device" else None
    if device is None:
        raise Refusal("not_a_device", status=409)
    row = db.session.get(DoorDevice, device.id)
    if row is None:
        row = DoorDevice(device_id=device.id, meeting_id=meeting.id, waiting=0)
        db.session.add(row)
    return device, row


def pair(*, meeting: Meeting, actor: Actor, clock: Clock) -> tuple[str, Device]:
    """The first contact of a phone that has read its code: gives it a token of its own, and the code is spent.

    Refuses with `code_spent` a second phone. Journal: device.paired.
    """
    device, row = _own(meeting, actor)
    if row.paired_at is not None:
        raise Refusal("code_spent", status=409)
    token = new_token()
    device.token_hash = hash_token(token)
    row.paired_at = row.seen_at = device.seen_at = clock.real_now()
    journal.record("device.paired", device, actor=actor, clock=clock, meeting=meeting, values={"label": device.label})
    return token, device


def hear(*, meeting: Meeting, waiting: int, actor: Actor, clock: Clock) -> bool:
    """Note a phone's sign of life and how many scans it holds; whether it was asked to leave.

    Nothing is noted of somebody signed in, who has no phone of ours. No entry in the journal: nothing was done.
    """
    require(actor, "attendance.check_in", meeting)
    if actor.kind != "device":
        return False
    device, row = _own(meeting, actor)
    row.seen_at = device.seen_at = clock.real_now()
    row.waiting = waiting
    return row.leave_asked_at is not None


def leave(*, meeting: Meeting, actor: Actor, clock: Clock) -> None:
    """The phone gives its token back: what it held is here. Journal: device.revoked."""
    device, row = _own(meeting, actor)
    row.waiting = 0
    revoke_device(device=device, meeting=meeting, actor=actor, clock=clock)


def lend(*, meeting: Meeting, gate: str, actor: Actor, clock: Clock) -> tuple[str, Device]:
    """Lend a phone to a gate for 72 hours; gives the token its code shows once. Journal: device.issued."""
    require(actor, "attendance.lend", meeting)
    token, device = issue_device(
        kind=SCANNER, label=gate, role="desk", scope="meeting", scope_id=meeting.id, meeting=meeting, actor=actor,
        clock=clock,
    )  # fmt: skip
    db.session.flush()
    db.session.add(DoorDevice(device_id=device.id, meeting_id=meeting.id, waiting=0))
    return token, device


def revoke(*, meeting: Meeting, device: Device, actor: Actor, clock: Clock) -> None:
    """Shut a phone out at once (it is lost): its list is wiped when it next speaks. Journal: device.revoked."""
    require(actor, "attendance.lend", meeting)
    if device.revoked_at is None:
        revoke_device(device=device, meeting=meeting, actor=actor, clock=clock)


def ask_to_leave(*, meeting: Meeting, device: Device, actor: Actor, clock: Clock) -> None:
    """Ask a phone to hand in what it holds and leave, which it does at its next sign of life.

    Journal: device.dismissed.
    """
    require(actor, "attendance.lend", meeting)
    row = db.session.get(DoorDevice, device.id)
    if row is None or row.leave_asked_at is not None:
        return
    row.leave_asked_at = clock.real_now()
    journal.record(
        "device.dismissed", device, actor=actor, clock=clock, meeting=meeting, values={"label": device.label}
    )
