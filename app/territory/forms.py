"""The form of a day off."""

from __future__ import annotations

from wtforms import SelectField

from app.kernel.forms import DateParts, Form, Line, Longest, Required, options
from app.kernel.languages import t

KINDS = ("fixed", "islamic", "exceptional")
STATUSES = ("confirmed", "estimated")


class DayOffForm(Form):
    """A day without work."""

    day = DateParts(t.lazy("territory.day"), [Required()])
    name_ar = Line(t.lazy("territory.name_ar"), [Required(), Longest(120)])
    name_fr = Line(t.lazy("territory.name_fr"), [Longest(120)])
    kind = SelectField(t.lazy("territory.kind"), choices=lambda: options((k, t(f"territory.kind.{k}")) for k in KINDS))
    sure = SelectField(
        t.lazy("territory.status"), choices=lambda: options((k, t(f"territory.status.{k}")) for k in STATUSES)
    )
    source = Line(t.lazy("territory.source"), [Longest(120)])
