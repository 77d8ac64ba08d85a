"""The programme and its target communes."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField

from app.kernel.forms import DateParts, Form, Line, Lines, Longest
from app.kernel.languages import t
from app.meetings.forms.fields import LANGS, lines, long_text, number, read_rows, titles, write_rows

LISTS = ("objectives", "capacity_fields", "beneficiaries", "phases", "track_words")
_TEXTS = [f"{name}_{lang}" for name in ("name", "criteria", "extension") for lang in LANGS]
_TEXTS += ["acronym", "coordinator_ar", "coordinator_fr"]
_VALUES = ["launch_year", "years", "starts_on", "ends_on", "announced_communes"]
_PLAIN = {*_TEXTS, *_VALUES}


class ProgrammeForm(Form):
    """What the programme says of itself; its lists one line each, the languages between bars."""

    name_ar = lines("programme_name", "ar", 300, needed=True)
    name_fr = lines("programme_name", "fr", 300)
    name_en = lines("programme_name", "en", 300)
    acronym = Line(t.lazy("meetings.f.acronym"), [Longest(20)])
    launch_year = number("launch_year")
    years = number("years")
    starts_on = DateParts(t.lazy("meetings.f.programme_starts"))
    ends_on = DateParts(t.lazy("meetings.f.programme_ends"))
    announced_communes = number("announced_communes")
    axes = Lines(t.lazy("meetings.axes"), description=t.lazy("meetings.f.rows.hint"))
    tracks = Lines(t.lazy("meetings.tracks"))
    objectives = Lines(t.lazy("meetings.objectives"))
    capacity_fields = Lines(t.lazy("meetings.capacity_fields"))
    beneficiaries = Lines(t.lazy("meetings.beneficiaries"))
    phases = Lines(t.lazy("meetings.phases"))
    track_words = Lines(t.lazy("meetings.f.track_words"))
    criteria_ar = long_text("criteria", "ar")
    criteria_fr = long_text("criteria", "fr")
    criteria_en = long_text("criteria", "en")
    extension_ar = long_text("extension", "ar")
    extension_fr = long_text("extension", "fr")
    extension_en = long_text("extension", "en")
    coordinator_ar = lines("coordinator", "ar", 300)
    coordinator_fr = lines("coordinator", "fr", 300)

    @classmethod
    def of(cls, programme: Any) -> ProgrammeForm:
        """The form as it stands before anything is typed."""
        lists = {name: write_rows(getattr(programme, name)) for name in LISTS}
        lists |= {"axes": titles(programme.axes), "tracks": titles(programme.tracks)}
        plain = {name: value for name, value in vars(programme).items() if name in _PLAIN}
        return cls(formdata=None, data=plain | lists)

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them, without axes and tracks."""
        return {name: self[name].data or "" for name in _TEXTS} | {name: self[name].data for name in _VALUES} | {
            name: read_rows(self[name].data) for name in LISTS
        }  # fmt: skip

    def axis_titles(self) -> list[dict[str, str]]:
        """The axes in their order."""
        return read_rows(self.axes.data)

    def track_titles(self) -> list[dict[str, str]]:
        """The tracks in their order."""
        return read_rows(self.tracks.data)


class MembersForm(Form):
    """Target communes: a pasted list, or a CSV file."""

    list = Lines(t.lazy("meetings.f.members"), [Longest(200000)], description=t.lazy("meetings.f.members.hint"))
    file = FileField(t.lazy("meetings.f.members_file"))
    cohort = Line(t.lazy("meetings.f.cohort"), [Longest(60)])
    source = Line(t.lazy("meetings.f.source"), [Longest(200)])
