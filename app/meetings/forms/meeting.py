"""What the organiser says of a meeting."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import Email, Optional

from app.kernel.forms import DateParts, Form, Line, Lines, Longest, Required, options
from app.kernel.languages import t
from app.meetings.forms.fields import LANGS, Hour, lines, long_text, number

KINDS = ("communication", "study_day", "seminar")
_ONE_LINE = {"title": 300, "short": 80, "kicker": 400, "place": 120, "venue": 200}
_LONG = ("lead", "access", "article")


class MeetingForm(Form):
    """The settings of a meeting: texts, place, days, registration, and what the law wants said."""

    code = Line(t.lazy("meetings.f.code"), [Required(), Longest(12)])
    kind = SelectField(t.lazy("meetings.f.kind"), choices=lambda: options((k, t(f"meetings.kind.{k}")) for k in KINDS))
    lang = SelectField(t.lazy("meetings.f.lang"), choices=lambda: options((k, t(f"lang.{k}")) for k in LANGS))
    starts_on = DateParts(t.lazy("meetings.f.starts_on"), [Required()])
    ends_on = DateParts(t.lazy("meetings.f.ends_on"), [Required()])
    capacity = number("capacity")
    approval = BooleanField(t.lazy("meetings.f.approval"))
    opens_day = DateParts(t.lazy("meetings.f.opens_day"))
    opens_hour = Hour(t.lazy("meetings.f.opens_hour"))
    closes_day = DateParts(t.lazy("meetings.f.closes_day"))
    closes_hour = Hour(t.lazy("meetings.f.closes_hour"))
    map_url = Line(t.lazy("meetings.f.map_url"), [Longest(500)])
    channel_url = Line(t.lazy("meetings.f.channel_url"), [Longest(500)])
    contact_email = Line(
        t.lazy("meetings.f.contact_email"),
        [Optional(), Email(message=t.lazy("error.email_invalid", example="nom@commune.ma"))],
    )
    contact_phone = Line(t.lazy("meetings.f.contact_phone"), [Longest(20)])
    controller_ar = lines("controller", "ar", 300)
    controller_fr = lines("controller", "fr", 300)
    recipients_ar = lines("recipients", "ar", 400)
    recipients_fr = lines("recipients", "fr", 400)
    receipt_number = Line(t.lazy("meetings.f.receipt_number"), [Longest(60)])
    receipt_on = DateParts(t.lazy("meetings.f.receipt_on"))
    retention_months = number("retention_months")
    formulas = Lines(t.lazy("meetings.f.formulas"), description=t.lazy("meetings.f.formulas.hint"))
    categories = SelectMultipleField(t.lazy("meetings.f.categories"), validate_choice=False)

    @classmethod
    def of(cls, meeting: Any) -> MeetingForm:
        """The form as it stands before anything is typed."""
        shown = {name: value for name, value in vars(meeting).items() if not name.startswith("_")}
        for name in ("opens", "closes"):
            wall: datetime | None = shown[f"registration_{name}"]
            shown[f"{name}_day"] = wall.date() if wall else None
            shown[f"{name}_hour"] = wall.time() if wall else None
        return cls(formdata=None, data=shown | {"formulas": "\n".join(meeting.formulas)})

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        skipped = {"opens_day", "opens_hour", "closes_day", "closes_hour", "categories", "_key", "csrf_token"}
        found = {field.short_name: field.data for field in self if field.short_name not in skipped}
        found["formulas"] = [line for line in (self.formulas.data or "").split("\n") if line]
        for name in ("capacity", "retention_months"):
            found[name] = found[name] or 0
        for name in ("opens", "closes"):
            day, hour = self[f"{name}_day"].data, self[f"{name}_hour"].data
            found[f"registration_{name}"] = datetime.combine(day, hour or time(9)) if day else None
        return {name: value if value is not None or name in _MAY_BE_NONE else "" for name, value in found.items()}


_MAY_BE_NONE = {"receipt_on", "registration_opens", "registration_closes"}
for _name, _longest in _ONE_LINE.items():
    for _lang in LANGS:
        setattr(MeetingForm, f"{_name}_{_lang}",
                lines(_name, _lang, _longest, needed=(_name, _lang) == ("title", "ar")))  # fmt: skip
for _name in _LONG:
    for _lang in LANGS:
        setattr(MeetingForm, f"{_name}_{_lang}", long_text(_name, _lang))


class NewMeetingForm(Form):
    """The least that a meeting needs to be there."""

    slug = Line(t.lazy("meetings.f.slug"), [Required(), Longest(60)], description=t.lazy("meetings.f.slug.hint"))
    code = Line(t.lazy("meetings.f.code"), [Required(), Longest(12)])
    title_ar = lines("title", "ar", 300, needed=True)
    title_fr = lines("title", "fr", 300)
    place_ar = lines("place", "ar", 120, needed=True)
    starts_on = DateParts(t.lazy("meetings.f.starts_on"), [Required()])
    ends_on = DateParts(t.lazy("meetings.f.ends_on"), [Required()])

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {
            name: self[name].data or "" for name in ("code", "title_ar", "title_fr", "place_ar", "starts_on", "ends_on")
        }


class PhaseForm(Form):
    """A step to another phase, with its reason and, when it is a postponement, the new first day."""

    reason = Lines(t.lazy("meetings.f.reason"), [Longest(2000)])
    starts_on = DateParts(t.lazy("meetings.f.new_start"))
