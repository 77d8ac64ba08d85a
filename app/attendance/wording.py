"""How the door says things: titles of lists, workshops, categories and bodies, in the language in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from app.kernel.languages import current_language, format_date, pick, t
from app.kernel.languages.formats import time_text
from app.meetings.models import Room, Sitting
from app.participants.models import Participant


class Listed(Protocol):
    """A list of the door: the half of a day at the entrance, or a sitting."""

    @property
    def day(self) -> date: ...
    @property
    def half(self) -> str: ...
    @property
    def starts(self) -> datetime: ...
    @property
    def sitting(self) -> Sitting | None: ...


class Numbered(Protocol):
    """A workshop, whole or in part."""

    @property
    def position(self) -> int: ...


class Named(Protocol):
    """Somebody with a name in its scripts."""

    @property
    def name_ar(self) -> str: ...
    @property
    def name_latin(self) -> str: ...
    @property
    def name_zgh(self) -> str: ...


def list_title(one: Listed) -> str:
    """The day and half of an entrance, or the workshop and hour of a sitting."""
    day = format_date(one.day, weekday=True)
    if one.sitting is None:
        return t.plain("attendance.list.entry", day=day, half=half_word(one))
    workshop = one.sitting.workshop
    label = workshop_label(workshop) if workshop is not None else pick(one.sitting, "title", current_language())[0]
    return t.plain("attendance.list.sitting", workshop=label, day=day, time=time_text(one.starts.time()))


def half_word(one: Listed) -> str:
    """Morning or afternoon."""
    return t.plain("date.morning" if one.half == "am" else "date.afternoon")


def workshop_label(workshop: Numbered) -> str:
    """The short name of a workshop: its number."""
    return _bare(t.plain("meetings.workshop_n", number=workshop.position))


def _bare(text: str) -> str:
    """Without isolates, for what also leaves as JSON: a number at the end turns nothing round."""
    return text.replace("\u2068", "").replace("\u2069", "")


def room_name(room: Room | None) -> str:
    """The name of a room, empty where none is set."""
    return pick(room, "name", current_language())[0] if room is not None else ""


def category_word(code: str, form: str | None = None) -> str:
    """The category of somebody addressed in this form; the category's own name where the form is not known."""
    key = f"category.{code}.{form if form in ('m', 'f') else 'pl'}"
    return t.plain(key) if t.exists(key) else code


def body_name(participant: Participant) -> str:
    """The body somebody comes from, as known or as typed."""
    if participant.body is None:
        return participant.body_text
    return pick(participant.body, "name", current_language())[0]


def shown_name(participant: Named) -> str:
    """The name in the script of the page's language where there is one."""
    if current_language() in ("ar", "zgh"):
        return participant.name_ar or participant.name_latin or participant.name_zgh
    return participant.name_latin or participant.name_ar or participant.name_zgh
