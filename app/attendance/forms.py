"""What is typed at the door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.kernel.forms import Form, Line, Longest, Required
from app.kernel.languages import t
from app.participants.actions.filling import Details
from app.participants.contacts import phone_number
from app.participants.names import name_of


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


class WalkInForm(Form):
    """Somebody at the desk: who, from where, in which capacity; a phone if they give one."""

    name = Line(t.lazy("participants.name"), [Required("error.name_missing"), Longest(160)])
    category = SelectField(t.lazy("form.category.label"), [Required()])
    body = Line(t.lazy("form.body.label"), [Required(), Longest(200)])
    body_id = StringField()
    phone = Line(t.lazy("form.phone.label"), [Longest(40)])

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = [SelectChoice(code, t.plain(f"category.{code}.pl")) for code in categories]
        if self.category.data is None:
            self.category.data = "elected" if "elected" in categories else next(iter(categories), None)

    def details(self, resolve: Callable[[str, str | None], Any]) -> Details:
        """What was typed, as registration takes it; a body that is not known keeps its typed name.

        Raises the refusal of a phone that cannot be read.
        """
        found = resolve(self.body.data or "", self.body_id.data or None)
        phone = phone_number(self.phone.data, field="phone") if self.phone.data else ""
        return Details(
            name=name_of(self.name.data or ""), category=self.category.data, body=found.body,
            body_text="" if found.body is not None else (self.body.data or ""), phone=phone,
        )  # fmt: skip
