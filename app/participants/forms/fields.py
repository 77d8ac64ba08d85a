"""Fields and checks that several forms of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Field

from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.kernel.text import mask_identity_numbers
from app.participants.contacts import mail_address, phone_number


class Ranked(Field):  # type: ignore[misc]
    """Values in an order, sent once a row by the ranked list."""

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [value for value in valuelist if value]

    def process_data(self, value: Iterable[str] | None) -> None:
        self.data = list(value or [])


def moved(values: list[str], form: Any, name: str) -> list[str] | None:
    """The order after the button that was pressed without a script; None when no such button was pressed."""
    for step, ending in ((-1, "up"), (1, "down")):
        value = form.get(f"{name}-{ending}")
        if value in values:
            at = values.index(value)
            to = min(max(at + step, 0), len(values) - 1)
            rest = [one for one in values if one != value]
            return [*rest[:to], value, *rest[to:]]
    return None


def sentence(refusal: Refusal) -> str:
    """The words of a refusal for a field."""
    return str(t(refusal.key, **refusal.params))


def put_error(field: Any, words: str) -> None:
    """Add a sentence to a field's errors."""
    field.errors = [*field.errors, words]


def read_contact(field: Any, read: Callable[..., str]) -> None:
    """Read a phone or a mail field; what cannot be read stays as it was typed, with its sentence."""
    try:
        field.data = read(field.data, field=field.name)
    except Refusal as refusal:
        put_error(field, sentence(refusal))


def read_phone(field: Any) -> None:
    """The phone as E.164 in the field, or its sentence at it."""
    read_contact(field, phone_number)


def read_mail(field: Any) -> None:
    """The address in lower case in the field, or its sentence at it."""
    read_contact(field, mail_address)


def drop_identity_numbers(fields: Iterable[Any]) -> None:
    """Take identity-card numbers out of free text (law 09-08), and say so at the field."""
    for field in fields:
        if not isinstance(field.data, str):
            continue
        text, found = mask_identity_numbers(field.data)
        if found:
            field.data = text
            put_error(field, t.plain("error.identity_number"))
