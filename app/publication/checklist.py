"""What is missing before an edition can be published, and what would merely be missed in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.meetings.models import Meeting
from app.meetings.states import Phase
from app.publication import queries
from app.publication.snapshot import build, header
from app.publication.snapshot.texts import missing
from app.publication.states import ADOPTED, UNDECIDED

PUBLISHABLE = frozenset({Phase.CONCLUDED, Phase.PUBLISHED})


@dataclass(frozen=True)
class Point:
    """One line of the list (`publication.check.*`): `ok`, `needed` (without it nothing is published) or `advised`."""

    code: str
    state: str
    count: int = 0

    @property
    def blocking(self) -> bool:
        return self.state == "needed"


def check(meeting: Meeting, snapshot: dict[str, Any] | None = None) -> list[Point]:
    """Every point in its order; `snapshot` is the one to be published, if it was made already."""
    data = snapshot or build(meeting, header(queries.next_number(meeting), zone=meeting.zone, at=None))
    items = data["recommendations"]
    adopted = [item for item in items if item["outcome"] in ADOPTED]
    counts = queries.undecided(meeting)
    return [
        Point("phase", "ok" if meeting.phase in PUBLISHABLE else "needed"),
        Point("adopted", "ok" if adopted else "needed", len(adopted)),
        Point("numbers", _needed(sum(1 for item in adopted if item["number"] is None))),
        _advised("undecided", sum(counts.get(state, 0) for state in UNDECIDED)),
        _advised("addressee", sum(1 for item in adopted if not (item["addressees"] or item["addressee_group"]))),
        _advised("horizon", sum(1 for item in adopted if not item["horizon"])),
        _advised("axis", sum(1 for item in adopted if not item["axis"])),
        _advised("french", missing(adopted, "fr")),
        _advised("english", missing(adopted, "en")),
        _advised("kicker", int(not data["meeting"]["kicker"])),
        _advised("article", int(not data["meeting"]["article"])),
        _advised("quotes", int(not data["quotes"])),
        _advised("documents", int(not data["documents"])),
        _advised("telegram", int(not (data["telegram"] and data["telegram"]["sealed_at"]))),
        _advised("streams", int(not any(one["url"] for one in data["streams"]))),
    ]


def blocking(points: list[Point]) -> list[Point]:
    """The points without which nothing is published."""
    return [point for point in points if point.blocking]


def _needed(count: int) -> str:
    return "needed" if count else "ok"


def _advised(code: str, count: int) -> Point:
    return Point(code, "advised" if count else "ok", count)
