"""Forms of invitations: seats by category, to whom, until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from wtforms import Field, RadioField, StringField
from wtforms.utils import unset_value

from app.kernel.errors import Refusal
from app.kernel.forms import DateParts, Form, Line, Longest
from app.kernel.languages import t
from app.kernel.text import digits_western
from app.participants.actions.inviting import Offer
from app.participants.forms.fields import put_error, read_mail, read_phone, sentence
from app.participants.forms.registration import PersonForm, candidate

MOST = 500


class SeatCounts(Field):  # type: ignore[misc]
    """How many seats of each category, sent as `<name>-<category>`; what is no number is kept as it was typed."""

    typed: dict[str, str]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        given: Mapping[str, int] = data if data is not unset_value and data else {}
        self.errors = ()
        self.raw_data = None
        if formdata is not None and any(key.startswith(f"{self.name}-") for key in formdata):
            start = len(self.name) + 1
            self.typed = {key[start:]: formdata[key].strip() for key in formdata if key.startswith(f"{self.name}-")}
        else:
            self.typed = {code: str(count) for code, count in given.items()}
        self.data = {code: _number(text) for code, text in self.typed.items() if text}

    def check(self) -> None:
        """Put a sentence at the field when something is no number or nothing is offered."""
        counts = [count for count in self.data.values() if count is not None and count <= MOST]
        if len(counts) < len(self.data):
            put_error(self, t.plain("error.number"))
        elif not sum(counts):
            put_error(self, sentence(Refusal("seats_missing")))


def _number(text: str) -> int | None:
    western = digits_western(text)
    return int(western) if western.isdigit() else None


class OfferForm(Form):
    """Seats of one body, or the same for every target commune without an invitation."""

    whom = RadioField(t.lazy("participants.invite_whom"), default="communes")
    body = Line(t.lazy("form.body.label"), [Longest(200)], description=t.lazy("form.body.hint"))
    body_id = StringField()
    seats = SeatCounts(t.lazy("participants.seats_by_category"), description=t.lazy("participants.seats_hint"))
    answer_before = DateParts(t.lazy("participants.answer_before"))
    person = Line(t.lazy("participants.focal_name"), [Longest(160)])
    email = Line(t.lazy("form.email.label"), [Longest(254)])
    phone = Line(t.lazy("form.phone.label"), [Longest(40)])
    language = RadioField(t.lazy("form.language.label"), default="ar")

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(categories)
        self.language.choices = [(code, t.plain(f"lang.{code}")) for code in ("ar", "fr", "en")]
        self.whom.choices = [(one, t.plain(f"participants.whom.{one}")) for one in ("communes", "body")]
        self.candidates: list[Any] = []
        self.found_body: Any = None

    def check(self, resolve: Callable[[str, str | None], Any] | None) -> bool:
        """Check everything; whether nothing is to be mended. `resolve` finds the body, None where it is known."""
        for name in ("answer_before", "person", "language"):
            self._fields[name].validate(self)
        self.seats.check()
        read_mail(self.email)
        read_phone(self.phone)
        if resolve is not None and self.whom.data == "body":
            found = resolve(self.body.data or "", self.body_id.data or None)
            self.found_body, self.candidates = found.body, [candidate(one) for one in found.candidates]
            if found.body is None:
                put_error(self.body, sentence(Refusal("body_ambiguous" if found.exact else "body_unknown")))
        return not any(field.errors for field in self)

    def offer(self) -> Offer:
        """What was said, once it has been checked; the day given is the last day."""
        last = self.answer_before.data
        return Offer(
            seats={code: int(count or 0) for code, count in self.seats.data.items() if code in self.categories},
            answer_before=datetime.combine(last, time(23, 59)) if last else None, person=self.person.data or "",
            email=self.email.data or "", phone=self.phone.data or "", language=self.language.data or "ar",
        )  # fmt: skip


class InvitePersonForm(PersonForm):
    """Somebody who is invited by name."""

    answer_before = DateParts(t.lazy("participants.answer_before"))

    def check(self, resolve: Callable[[str, str | None], Any]) -> bool:
        """Check everything; whether nothing is to be mended."""
        self.answer_before.validate(self)
        names = ["name", "name_latin", "address_form", "category", "post", "email", "phone", "language"]
        if self.body.data:
            names += ["body", "body_id"]
        good = self.check_fields(names, resolve)
        return good and not self.answer_before.errors

    def offer(self) -> Offer:
        """The date until which the answer is awaited."""
        last = self.answer_before.data
        return Offer(seats={}, answer_before=datetime.combine(last, time(23, 59)) if last else None)
