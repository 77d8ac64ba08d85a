"""Telephone numbers and mail addresses as people type them, and as they are stored."""

from __future__ import annotations

import re

import phonenumbers

from app.kernel.errors import Refusal
from app.kernel.text import clean, digits_western

COUNTRY = "MA"
PHONE_EXAMPLE = "06 12 34 56 78"
MAIL_EXAMPLE = "nom@commune.example"

_MAIL = re.compile(r"[^@\s,;<>()\[\]\"\\]{1,64}@[^@\s,;<>()\[\]\"\\.]+(?:\.[^@\s,;<>()\[\]\"\\.]+)+")
_LETTERS = re.compile(r"[^\W\d_]")


def phone_number(text: str | None, *, field: str = "phone") -> str:
    """The number as E.164, empty for nothing; any digits and any usual spelling of a Moroccan number are read.

    Refuses with `phone_incomplete` a number that lacks digits and with `phone_invalid` what is no number at all.
    """
    typed = digits_western(clean(text or "")).strip()
    if not typed:
        return ""
    # phonenumbers reads letters as the keys of a telephone: "O661234567" would be taken for a number.
    if _LETTERS.search(typed):
        raise Refusal("phone_invalid", field=field, example=PHONE_EXAMPLE)
    try:
        number = phonenumbers.parse(typed, COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise Refusal("phone_invalid", field=field, example=PHONE_EXAMPLE) from error
    if phonenumbers.is_valid_number(number):
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise Refusal("phone_incomplete", field=field)
    raise Refusal("phone_invalid", field=field, example=PHONE_EXAMPLE)


def mail_address(text: str | None, *, field: str = "email") -> str:
    """The address in lower case, empty for nothing; refuses with `email_invalid` what no server would take."""
    typed = clean(text or "").casefold()
    if not typed:
        return ""
    if len(typed) > 254 or not _MAIL.fullmatch(typed) or ".." in typed:
        raise Refusal("email_invalid", field=field, example=MAIL_EXAMPLE)
    return typed
