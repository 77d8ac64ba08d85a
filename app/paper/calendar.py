"""Calendars which every program opens at the right hour, also across Morocco's changes of the clock.

The icalendar package writes Africa/Casablanca wrongly in several years: it looks for changes 64 days apart, while a
Ramadan lasts 30. The zone is therefore written here from zoneinfo, change by change. Source: RFC 5545, RFC 5546.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, NotRequired, TypedDict
from zoneinfo import ZoneInfo

import icalendar
from icalendar.prop import vCalAddress, vText

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

_STEP = timedelta(hours=6)
_YEAR = timedelta(days=366)
_PRODUCT = "-//Liqaa//Liqaa//AR"


class Person(TypedDict):
    """Somebody with a mailbox; the mailbox is written without mailto:."""

    name: str
    mail: str


class Event(TypedDict):
    """One entry of a calendar: wall-clock times without offset, and the zone they are meant in.

    `uid` never changes; `sequence` grows with every change, so that a later file replaces an earlier one.
    """

    uid: str
    sequence: int
    start: datetime
    end: datetime
    zone: str
    summary: str
    description: NotRequired[str]
    location: NotRequired[str]
    url: NotRequired[str]
    organizer: NotRequired[Person]
    attendee: NotRequired[Person]
    status: NotRequired[Status]
    private: NotRequired[bool]


def calendar(events: Iterable[Event], *, name: str, stamp: datetime, method: Method = "PUBLISH") -> bytes:
    """Write the events as an iCalendar file: UTF-8, CRLF, lines of at most 75 octets, zones written out.

    `stamp` is the moment (aware) at which this version was made. CANCEL marks every event as cancelled. Raises
    ValueError when an event's start or end carries an offset, for wall-clock times are what people agreed on.
    """
    entries = list(events)
    book = icalendar.Calendar()
    book.add("prodid", _PRODUCT)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", method)
    book.add("name", name)
    book.add("x-wr-calname", name)
    for zone in sorted({entry["zone"] for entry in entries}):
        own = [entry for entry in entries if entry["zone"] == zone]
        book.add_component(_timezone(zone, min(e["start"] for e in own), max(e["end"] for e in own)))
    for entry in entries:
        book.add_component(_event(entry, method, stamp))
    written: bytes = book.to_ical(sorted=False)
    return written


def changes(zone: str, first: datetime, last: datetime) -> list[tuple[datetime, timedelta, timedelta]]:
    """List the changes of offset of a zone between two UTC moments as (UTC moment, offset before, offset after).

    The zone is looked at every six hours and each change is found to the second by halving, so that two changes a
    month apart are both found.
    """
    clock = ZoneInfo(zone)
    found: list[tuple[datetime, timedelta, timedelta]] = []
    at, offset = first, _offset(clock, first)
    while at < last:
        after = at + _STEP
        later = _offset(clock, after)
        if later != offset:
            found.append((_change(clock, at, after), offset, later))
        at, offset = after, later
    return found


def _change(clock: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = _offset(clock, before)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(clock, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(clock: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(clock).utcoffset() or timedelta(0)


@lru_cache(maxsize=64)
def _timezone(zone: str, first: datetime, last: datetime) -> icalendar.Timezone:
    start, end = first.replace(tzinfo=UTC) - _YEAR, last.replace(tzinfo=UTC) + _YEAR
    offset = _offset(ZoneInfo(zone), start)
    block = icalendar.Timezone()
    block.add("tzid", zone)
    block.add_component(_standard((start + offset).replace(tzinfo=None), offset, offset))
    for moment, before, after in changes(zone, start, end):
        block.add_component(_standard((moment + before).replace(tzinfo=None), before, after))
    return block


def _standard(onset: datetime, before: timedelta, after: timedelta) -> icalendar.TimezoneStandard:
    """One change: the onset is told in the offset which it ends (RFC 5545, 3.6.5)."""
    block = icalendar.TimezoneStandard()
    block.add("dtstart", onset)
    block.add("tzoffsetfrom", before)
    block.add("tzoffsetto", after)
    return block


def _event(entry: Event, method: Method, stamp: datetime) -> icalendar.Event:
    if entry["start"].tzinfo or entry["end"].tzinfo:
        raise ValueError("an event's start and end are wall-clock times without offset")
    event = icalendar.Event()
    event.add("uid", entry["uid"])
    event.add("sequence", entry["sequence"])
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", entry["start"], parameters={"TZID": entry["zone"]})
    event.add("dtend", entry["end"], parameters={"TZID": entry["zone"]})
    event.add("summary", entry["summary"])
    for key, value in (("description", entry.get("description")), ("location", entry.get("location"))):
        if value:
            event.add(key, value)
    if entry.get("url"):
        event.add("url", entry["url"])
    if "organizer" in entry:
        event.add("organizer", _mailbox(entry["organizer"]))
    if "attendee" in entry:
        event.add("attendee", _mailbox(entry["attendee"]))
    event.add("status", "CANCELLED" if method == "CANCEL" else entry.get("status", "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if entry.get("status") == "CANCELLED" else "OPAQUE")
    if entry.get("private"):
        event.add("class", "PRIVATE")
    return event


def _mailbox(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person['mail']}")
    address.params["CN"] = vText(person["name"])
    return address
