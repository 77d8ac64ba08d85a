"""The filters of the agenda, as words in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from flask import request, url_for

from app.kernel.languages import current_language, pick, t
from app.kernel.languages.formats import date_text

if TYPE_CHECKING:
    from app.meetings.loaders import Sitting

Link = tuple[str, str, bool]


@dataclass(frozen=True)
class Group:
    """One filter: its name, its links (word, address, whether it is chosen), whether it is folded and in force."""

    label: str
    links: list[Link]
    folded: bool = False
    on: bool = False


@dataclass(frozen=True)
class AgendaFilter:
    """What the reader asked to see: one day, one workshop, one room; empty is all."""

    day: date | None = None
    workshop: str = ""
    room: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> AgendaFilter:
        """The filter in an address; a day that is none is left out."""
        try:
            day = date.fromisoformat(args.get("day", ""))
        except ValueError:
            day = None
        return cls(day, args.get("workshop", "")[:20], args.get("room", "")[:36])

    @property
    def on(self) -> bool:
        """Whether anything is filtered at all."""
        return self != AgendaFilter()

    def url(self, endpoint: str) -> str:
        """The address of this filter on a page of the meeting."""
        slug = request.view_args["meeting"].slug if request.view_args else ""
        return url_for(
            endpoint, slug=slug, day=self.day.isoformat() if self.day else None, workshop=self.workshop or None,
            room=self.room or None, _anchor="agenda",
        )  # fmt: skip

    def links(self, endpoint: str, lines: Iterable[Sitting]) -> list[Group]:
        """The filters worth showing for these lines, in their order."""
        lines = list(lines)
        groups = [self._days(endpoint, lines), self._workshops(endpoint, lines), self._rooms(endpoint, lines)]
        return [group for group in groups if len(group.links) > 2]

    def _days(self, endpoint: str, lines: list[Sitting]) -> Group:
        days = list(dict.fromkeys(line.starts.date() for line in lines))
        word = t.plain("meetings.all_days") if len(days) != 2 else t.plain("meetings.both_days")
        links = [(word, replace(self, day=None).url(endpoint), self.day is None)]
        for day in days:
            name = date_text(day, current_language(), "EEEE d MMMM")
            links.append((name, replace(self, day=day).url(endpoint), self.day == day))
        return Group(t.plain("meetings.filter_day"), links)

    def _workshops(self, endpoint: str, lines: list[Sitting]) -> Group:
        found = {line.workshop.code: line.workshop for line in lines if line.workshop}
        links = [(t.plain("meetings.all_tracks"), replace(self, workshop="").url(endpoint), not self.workshop)]
        for workshop in sorted(found.values(), key=lambda one: one.position):
            name = t.plain("meetings.workshop_n", number=workshop.position)
            links.append((name, replace(self, workshop=workshop.code).url(endpoint), self.workshop == workshop.code))
        return Group(t.plain("meetings.filter_track"), links)

    def _rooms(self, endpoint: str, lines: list[Sitting]) -> Group:
        found = {line.room_id: line.room for line in lines if line.room}
        links = [(t.plain("meetings.all_rooms"), replace(self, room="").url(endpoint), not self.room)]
        for room in sorted(found.values(), key=lambda one: one.position):
            name = pick(room, "name", current_language())[0]
            links.append((name, replace(self, room=room.id).url(endpoint), self.room == room.id))
        chosen = next((name for name, _url, on in links[1:] if on), "")
        return Group(chosen or t.plain("meetings.room"), links, folded=True, on=bool(chosen))
