"""The shape of what people type about accounts."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import StopValidation

from app.kernel.forms import Form, Line, Longest, Required, options
from app.kernel.languages import t
from app.kernel.languages.formats import LANGUAGES


class Email:
    """Validator of a mail address that can be written to (the domain is not asked)."""

    def __call__(self, form: Any, field: Any) -> None:
        from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  # Slow to import.

        try:
            field.data = validate_email(field.data, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError as error:
            raise StopValidation(t("error.email_invalid", example="nom@commune.ma")) from error


SPOKEN = options((code, t.lazy(f"lang.{code}")) for code in LANGUAGES if code != "zgh")
ADDRESS = options(
    [("", t.lazy("accounts.address_form.none")), ("m", t.lazy("honorific.m")), ("f", t.lazy("honorific.f"))]
)


def _email() -> Line:
    return Line(t.lazy("form.email.label"), [Required(), Longest(254), Email()])


class SignInForm(Form):
    """Address, password, and the code of the second factor when there is one."""

    email = Line(t.lazy("form.email.label"), [Required(), Longest(254)])
    password = PasswordField(t.lazy("accounts.password"), [Required()])
    code = StringField(t.lazy("accounts.code"), description=t.lazy("accounts.code.hint"))


class LinkForm(Form):
    """The address a link is sent to."""

    email = _email()


class PasswordForm(Form):
    """A new password, typed once and shown on request."""

    password = PasswordField(
        t.lazy("accounts.new_password"), [Required(), Longest(200)], description=t.lazy("accounts.new_password.hint")
    )


class ProfileForm(Form):
    """How somebody is named, addressed and written to."""

    name = Line(t.lazy("accounts.name"), [Required("error.name_missing"), Longest(160)])
    language = SelectField(t.lazy("form.language.label"), choices=SPOKEN)
    address_form = SelectField(t.lazy("form.honorific.label"), choices=ADDRESS, validate_choice=False)


class SecondFactorForm(Form):
    """The code that proves the app is there."""

    code = StringField(t.lazy("accounts.code"), [Required()])
    sealed = HiddenField()


class AccountForm(ProfileForm):
    """A new account by an administrator."""

    email = _email()


class RoleForm(Form):
    """A role and the thing it is held in, chosen from a list or found by words."""

    role = SelectField(t.lazy("accounts.role"), validate_choice=False)
    scope_id = SelectField(t.lazy("accounts.scope"), validate_choice=False)
    scope_words = Line(t.lazy("accounts.scope"), [Longest(200)])


class SearchForm(Form):
    """What is searched for among the accounts."""

    class Meta(Form.Meta):
        csrf = False

    q = Line(t.lazy("nav.search"))
    closed = BooleanField(t.lazy("accounts.closed"))
