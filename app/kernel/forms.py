"""The shape of input: forms that speak the reader's language, keep what was typed and carry their own key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from app.kernel.database import new_id
from app.kernel.errors import Refusal, Unavailable
from app.kernel.languages import t
from app.kernel.text import clean, clean_multiline, digits_western

EXAMPLE_DATE = "30/09/2030"


class Required:
    """Validator of a field that must be filled in; names the field in its sentence."""

    field_flags = {"required": True}

    def __init__(self, key: str = "error.required") -> None:
        self.key = key

    def __call__(self, form: Any, field: Any) -> None:
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors[:] = []
            raise StopValidation(
                str(t(self.key, field=field.label.text) if self.key == "error.required" else t(self.key))
            )


class Longest:
    """Validator of a text that may have `maximum` characters."""

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self.field_flags = {"maxlength": maximum}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and len(field.data) > self.maximum:
            raise StopValidation(str(t("error.too_long", max=self.maximum)))


class WordedTranslations:
    """Turns the messages of WTForms' own validators into ours: what to do, never 'invalid'."""

    MESSAGES = {
        "Not a valid choice.": "error.choice",
        "Not a valid choice": "error.choice",
        "Invalid Choice: could not coerce.": "error.choice",
        "Not a valid integer value.": "error.number",
        "Not a valid date value.": "error.date",
        "The CSRF token is missing.": "error.form_expired",
        "The CSRF session token is missing.": "error.form_expired",
        "The CSRF token has expired.": "error.form_expired",
        "The CSRF tokens do not match.": "error.form_expired",
    }

    def gettext(self, text: str) -> str:
        key = self.MESSAGES.get(text)
        return str(t(key)) if key else text

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours: `_key` makes its repeat harmless, `attach` puts a refusal where it belongs."""

    form_key = HiddenField(name="_key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.form_key.data:
            self.form_key.data = new_id()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> WordedTranslations:
            return WordedTranslations()

    def attach(self, refusal: Refusal) -> None:
        """Show a refusal's sentence at its field, or in the summary when it has none; nothing typed is lost."""
        sentence = str(t(refusal.key, **refusal.params))
        if isinstance(refusal, Unavailable):
            g.lacking = True  # The page that shows it is answered as what it is: 503, not 422.
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]

    @property
    def bad(self) -> bool:
        """Whether anything is to be mended."""
        return bool(self.errors)

    def hidden(self) -> Markup:
        """The CSRF token and the form's key, as every form that posts needs them."""
        # Without ids: a page may hold several forms, and nothing points at a hidden field.
        row = Markup('<input type="hidden" name="{}" value="{}">')
        return Markup("").join(row.format(field.name, field._value()) for field in self if _is_hidden(field))


class DateParts(Field):  # type: ignore[misc]
    """A date typed as day, month and year (`name-day`, `name-month`, `name-year`); `parts` keep what was typed."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.parts: dict[str, str] | None = None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three parts; digits of any script are taken."""
        super().process(None, data, extra_filters)
        names = {part: f"{self.name}-{part}" for part in ("day", "month", "year")}
        if not formdata or not any(name in formdata for name in names.values()):
            return
        self.parts = {part: digits_western(str(formdata.get(name, ""))).strip() for part, name in names.items()}
        typed = "".join(self.parts.values())
        self.raw_data = [typed]
        self.data = None
        if typed:
            try:
                self.data = date(int(self.parts["year"]), int(self.parts["month"]), int(self.parts["day"]))
            except ValueError:
                self.process_errors.append(t("error.date_invalid", example=EXAMPLE_DATE))


def _is_hidden(field: Any) -> bool:
    return isinstance(field, HiddenField)


def cleaned(text: str | None) -> str | None:
    """Filter for one-line fields: NFC, no control or direction characters, single spaces."""
    return clean(text) if text else text


def cleaned_lines(text: str | None) -> str | None:
    """The same for fields of several lines."""
    return clean_multiline(text) if text else text


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """The choices of a select or radio field, from (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]


class Line(StringField):  # type: ignore[misc]
    """A field of one line, cleaned on the way in."""

    def __init__(self, label: Any = None, validators: Any = None, filters: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, filters=(*filters, cleaned), **kwargs)


class Lines(TextAreaField):  # type: ignore[misc]
    """A field of several lines, cleaned on the way in."""

    def __init__(self, label: Any = None, validators: Any = None, filters: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, filters=(*filters, cleaned_lines), **kwargs)
