"""How a recommendation is called once it has its definitive number."""

from __future__ import annotations

from app.meetings.models import Meeting


def reference(meeting: Meeting, number: int | None) -> str:
    """`2022/13` on the meeting's own pages; empty without a number. A slash survives right-to-left, a hyphen not."""
    return f"{meeting.starts_on.year}/{number}" if number else ""


def long_reference(meeting: Meeting, number: int | None) -> str:
    """`AGA22/13` where recommendations of several meetings stand together; empty without a number."""
    return f"{meeting.code}/{number}" if number else ""
