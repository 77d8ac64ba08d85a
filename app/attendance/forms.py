"""What is typed at the door."""

from __future__ import annotations

from app.kernel.forms import Form, Line, Longest, Required
from app.kernel.languages import t


class CheckInForm(Form):
    """A code typed by hand, and the gate it was typed at."""

    code = Line(
        t.lazy("attendance.code"), [Required("error.code_missing"), Longest(40)],
        description=t.lazy("attendance.code.hint"),
    )  # fmt: skip
    gate = Line(t.lazy("attendance.gate"), [Longest(60)])
    list = Line()
    forced = Line()


class LendForm(Form):
    """The gate a phone is lent for."""

    gate = Line(t.lazy("attendance.gate"), [Required(), Longest(60)], description=t.lazy("attendance.gate.hint"))
