"""How the addresses of this room become lists and scans, each inside its meeting."""

from __future__ import annotations

from app.attendance.models import Scan
from app.attendance.queries import devices, door, lists
from app.kernel.access import loader

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["Scan", "connect"]


def connect() -> None:
    """`list_key` is a list of the meeting's agenda, `scan_id` a scan the server has received,
    `phone_id` a phone lent to its door.
    """
    loader("list_key", "door_list", lambda value, loaded: lists.find_list(loaded["meeting"], value))
    loader("phone_id", "phone", lambda value, loaded: devices.find_phone(loaded["meeting"], value))
    loader("scan_id", "scan", lambda value, loaded: door.find_scan(loaded["meeting"], value))
