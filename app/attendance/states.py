"""The words of the door: what a scan comes to, and what is known of somebody's presence on a list."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """What a scan comes to (07-protocols section 5)."""

    OK = "ok"
    ALREADY = "already"
    REPRESENTED = "represented"
    WRONG_MEETING = "wrong_meeting"
    WRONG_WORKSHOP = "wrong_workshop"
    CANCELLED = "cancelled"
    NOT_CONFIRMED = "not_confirmed"
    UNKNOWN = "unknown"


class Presence(StrEnum):
    """What is known of somebody on one list; nothing known and the list over means absent."""

    PRESENT = "present"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"


class Move(StrEnum):
    """Which way somebody went."""

    ENTRY = "entry"
    EXIT = "exit"


# Somebody with the scanner's yes in hand may let these in all the same; the others name nobody of this meeting.
FORCED = frozenset({Result.REPRESENTED, Result.WRONG_WORKSHOP, Result.CANCELLED, Result.NOT_CONFIRMED})

# What a participant's state means at the door; any other state is not confirmed.
AT_THE_DOOR = {
    "confirmed": Result.OK,
    "represented": Result.REPRESENTED,
    "cancelled": Result.CANCELLED,
    "declined": Result.CANCELLED,
}
