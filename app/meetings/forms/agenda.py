"""Rooms, workshops and sittings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wtforms import BooleanField, SelectField

from app.kernel.forms import Form, Line, Lines, Longest, Required, options
from app.kernel.languages import current_language, format_date, pick, t
from app.meetings.forms.fields import Hour, lines, long_text, number

SITTING_KINDS = (
    "opening", "speeches", "presentation", "workshop", "rapporteurs", "plenary", "video", "closing", "telegram",
    "protocol", "registration", "break",
)  # fmt: skip
SPEAKER_FIELDS = ("honorific_ar", "name_ar", "rank_ar", "post_ar", "unit_ar", "name_fr", "honorific_fr", "rank_fr",
                  "post_fr", "unit_fr")  # fmt: skip


class RoomForm(Form):
    """A room of the venue."""

    name_ar = lines("room_name", "ar", 120, needed=True)
    name_fr = lines("room_name", "fr", 120)
    name_en = lines("room_name", "en", 120)
    places = number("places")

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {"places": self.places.data or 0} | {
            name: self[name].data or "" for name in ("name_ar", "name_fr", "name_en")
        }


class WorkshopForm(Form):
    """A workshop with its track, room, places and who conducts it."""

    code = Line(t.lazy("meetings.f.workshop_code"), [Required(), Longest(20)])
    track_id = SelectField(t.lazy("meetings.track"))
    title_ar = lines("title", "ar", 300, needed=True)
    title_fr = lines("title", "fr", 300)
    title_en = lines("title", "en", 300)
    room_id = SelectField(t.lazy("meetings.room"), default="")
    places = number("places")
    least = number("least")
    coordinators = Lines(t.lazy("meetings.f.coordinators"), description=t.lazy("meetings.f.officers.hint"))
    rapporteurs = Lines(t.lazy("meetings.f.rapporteurs"))

    def offer(self, tracks: list[Any], rooms: list[Any]) -> None:
        """The tracks and rooms to choose from."""
        lang = current_language()
        self.track_id.choices = options((one.id, pick(one, "title", lang)[0]) for one in tracks)
        self.room_id.choices = options(_rooms(rooms))

    def show(self, workshop: Any) -> None:
        """Put what is stored into the fields that are not named like it."""
        for role in ("coordinator", "rapporteur"):
            kept = [one for one in workshop.officers if one.role == role]
            self[f"{role}s"].data = "\n".join(" | ".join([one.name_ar, one.name_fr]).strip(" |") for one in kept)

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {
            "code": self.code.data, "track_id": self.track_id.data, "room_id": self.room_id.data or None,
            "places": self.places.data or 0, "least": self.least.data or 0,
            **{name: self[name].data or "" for name in ("title_ar", "title_fr", "title_en")},
        }  # fmt: skip

    def officers(self, workshop: Any) -> list[dict[str, Any]]:
        """Coordinators, then rapporteurs; those who stay keep their post and account."""
        there = {(one.role, one.name_ar): one for one in workshop.officers}
        found = []
        for role in ("coordinator", "rapporteur"):
            for line in (self[f"{role}s"].data or "").split("\n"):
                arabic, _, latin = (part.strip() for part in line.partition("|"))
                if arabic:
                    old = there.get((role, arabic))
                    kept = {n: getattr(old, n) for n in ("post_ar", "post_fr", "post_en", "account_id")} if old else {}
                    found.append({"role": role, "name_ar": arabic, "name_fr": latin, **kept})
        return found


class SittingForm(Form):
    """A line of the agenda: what, when on the wall, where, and who speaks."""

    kind = SelectField(
        t.lazy("meetings.f.sitting_kind"), choices=lambda: options((k, t(f"sitting.{k}")) for k in SITTING_KINDS)
    )
    title_ar = lines("title", "ar", 400, needed=True)
    title_fr = lines("title", "fr", 400)
    title_en = lines("title", "en", 400)
    day = SelectField(t.lazy("meetings.f.day"))
    starts = Hour(t.lazy("meetings.f.starts"), [Required()])
    ends = Hour(t.lazy("meetings.f.ends"), [Required()])
    room_id = SelectField(t.lazy("meetings.room"), default="")
    workshop_id = SelectField(t.lazy("nav.workshops"), default="")
    live = BooleanField(t.lazy("meetings.f.live"))
    by_ar = lines("by", "ar", 300)
    by_fr = lines("by", "fr", 300)
    note_ar = long_text("note", "ar", 5000)
    note_fr = long_text("note", "fr", 5000)
    speakers = Lines(t.lazy("meetings.speakers"), description=t.lazy("meetings.f.speakers.hint"))

    def offer(self, days: list[date], rooms: list[Any], workshops: list[Any]) -> None:
        """The days, rooms and workshops to choose from."""
        lang = current_language()
        self.day.choices = options((day.isoformat(), format_date(day, weekday=True)) for day in days)
        self.room_id.choices = options(_rooms(rooms))
        none = [("", t("meetings.no_workshop"))]
        self.workshop_id.choices = options(none + [(one.id, pick(one, "title", lang)[0]) for one in workshops])

    def show(self, sitting: Any) -> None:
        """Put what is stored into the fields that are not named like it."""
        self.day.data = sitting.starts.date().isoformat()
        self.starts.data, self.ends.data = sitting.starts.time(), sitting.ends.time()
        self.speakers.data = "\n".join(
            " | ".join(getattr(one, name) for name in SPEAKER_FIELDS).rstrip(" |") for one in sitting.speakers
        )

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        day = date.fromisoformat(self.day.data)
        texts = ("title_ar", "title_fr", "title_en", "by_ar", "by_fr", "note_ar", "note_fr")
        return {
            "kind": self.kind.data, "starts": _at(day, self.starts.data), "ends": _at(day, self.ends.data),
            "room_id": self.room_id.data or None, "workshop_id": self.workshop_id.data or None, "live": self.live.data,
            **{name: self[name].data or "" for name in texts},
        }  # fmt: skip

    def people(self, sitting: Any) -> list[dict[str, str]]:
        """Who speaks, one a line in the order of `SPEAKER_FIELDS`; what the field does not show stays as it was."""
        there = {one.name_ar: one for one in sitting.speakers} if sitting is not None else {}
        found = []
        for line in (self.speakers.data or "").split("\n"):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) == 1 and parts[0]:
                parts = ["", parts[0]]
            if len(parts) > 1 and parts[1]:
                old = there.get(parts[1])
                kept = {n: getattr(old, n) for n in ("honorific_en", "rank_en", "post_en", "unit_en")} if old else {}
                found.append(dict(zip(SPEAKER_FIELDS, parts, strict=False)) | kept)
        return found


def _rooms(rooms: list[Any]) -> list[tuple[str, str]]:
    return [("", t("meetings.no_room")), *((one.id, pick(one, "name", current_language())[0]) for one in rooms)]


def _at(day: date, hour: Any) -> datetime:
    return datetime.combine(day, hour)
