"""The conditions of the tracker, as words in its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import url_for

from app.followup import derived
from app.followup.queries.tracker import Region, Wanted
from app.followup.spoken import name_of
from app.kernel.languages import bdi, t

if TYPE_CHECKING:
    from app.meetings.loaders import Axis, Meeting
    from app.territory.loaders import Body

Link = tuple[str, str, bool]
STATES = (*derived.KINDS, derived.CLOSED)


@dataclass(frozen=True)
class TrackerFilter:
    """What the reader asked to see: an axis, a body and what is below it, a state, the late ones, words."""

    axis: int | None = None
    body: str = ""
    state: str = ""
    late: bool = False
    q: str = ""
    whole: bool = False

    @classmethod
    def read(cls, args: Mapping[str, str]) -> TrackerFilter:
        """The conditions in an address; what means nothing is left out."""
        axis, state = args.get("axis", ""), args.get("state", "")
        return cls(
            int(axis) if axis.isascii() and axis.isdigit() and len(axis) < 4 else None, args.get("body", "")[:20],
            state if state in STATES else "", args.get("late") == "1", args.get("q", "").strip()[:100],
            args.get("all") == "1",
        )  # fmt: skip

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.axis, self.state, self.late, self.q)

    @property
    def on(self) -> bool:
        """Whether anything is narrowed at all."""
        return self.wanted.narrows or bool(self.body)

    def values(self) -> dict[str, Any]:
        """The words of the address."""
        return {
            "axis": self.axis, "body": self.body or None, "state": self.state or None, "late": 1 if self.late else None,
            "q": self.q or None, "all": 1 if self.whole else None,
        }  # fmt: skip

    def url(self, meeting: Meeting, endpoint: str = "followup.tracker", **more: Any) -> str:
        """The address of these conditions on a page of the meeting."""
        return url_for(endpoint, slug=meeting.slug, **{**self.values(), **more})

    def axis_links(self, meeting: Meeting, axes: Iterable[Axis]) -> list[Link]:
        """All axes, then each of them."""
        links: list[Link] = [(t.plain("followup.all_axes"), replace(self, axis=None).url(meeting), self.axis is None)]
        for one in axes:
            chosen = replace(self, axis=one.position)
            links.append((bdi(name_of(one, "title")), chosen.url(meeting), self.axis == one.position))
        return links

    def region_links(self, meeting: Meeting, regions: Iterable[Region]) -> list[Link]:
        """All regions, then each that has a commitment."""
        links: list[Link] = [(t.plain("followup.all_regions"), replace(self, body="").url(meeting), not self.body)]
        for one in regions:
            if one.members or one.body.code == self.body:
                chosen = replace(self, body=one.body.code or "")
                links.append((bdi(name_of(one.body)), chosen.url(meeting), self.body == one.body.code))
        return links

    def state_links(self, meeting: Meeting, present: Iterable[str]) -> list[Link]:
        """All states, then each that occurs."""
        links: list[Link] = [(t.plain("followup.all_states"), replace(self, state="").url(meeting), not self.state)]
        there = {*present, self.state}
        for kind in STATES:
            if kind in there:
                chosen = replace(self, state=kind)
                links.append((t.plain(derived.word_of(kind)), chosen.url(meeting), self.state == kind))
        return links

    def late_link(self, meeting: Meeting) -> Link:
        """Only what is late, or everything again."""
        return t.plain("followup.late_only"), replace(self, late=not self.late).url(meeting), self.late

    def in_force(self, meeting: Meeting, axes: Iterable[Axis], body: Body | None) -> list[tuple[str, str]]:
        """Each condition in words with the address without it."""
        found: list[tuple[str, str]] = []
        for one in axes:
            if one.position == self.axis:
                found.append((bdi(name_of(one, "title")), replace(self, axis=None).url(meeting)))
        if body is not None:
            found.append((bdi(name_of(body)), replace(self, body="").url(meeting)))
        if self.state:
            found.append((t.plain(derived.word_of(self.state)), replace(self, state="").url(meeting)))
        if self.late:
            found.append((t.plain("followup.late_only"), replace(self, late=False).url(meeting)))
        if self.q:
            found.append((bdi(self.q), replace(self, q="").url(meeting)))
        return found
