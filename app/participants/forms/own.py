"""Forms behind one's own link: what is changed, who comes instead, why somebody does not come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import BooleanField

from app.kernel.forms import Form, Lines, Longest
from app.kernel.languages import t
from app.participants.actions.filling import Details
from app.participants.forms.fields import Ranked
from app.participants.forms.registration import PersonForm, RegistrationForm


class AskForm(Form):
    """A question that is answered by its one button."""


class ReasonForm(Form):
    """The same with a reason, which the journal keeps."""

    reason = Lines(t.lazy("participants.reason"), [Longest(500)], description=t.lazy("participants.reason_hint"))


class ChangeForm(RegistrationForm):
    """Everything the registration says, on one page."""

    def check(self, resolve: Callable[[str, str | None], Any]) -> bool:
        """Check every field; whether nothing is to be mended."""
        names = [name for name in self._fields if name not in {"csrf_token", "_key", "form_key", "seen"}]
        return self.check_fields(names, resolve)


class DelegateForm(PersonForm):
    """Somebody who is named by another; the body is the titular's or the invitation's."""

    wishes = Ranked(t.lazy("form.wishes.label"))
    image_consent = BooleanField(t.lazy("form.consent.image"))

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, categories=categories, **kwargs)
        if len(categories) == 1:
            self.category.choices = [(categories[0], "")]
            self.category.data = categories[0]
            self.category.raw_data = [categories[0]]

    def check(self) -> bool:
        """Check the person; whether nothing is to be mended."""
        names = ("name", "name_latin", "address_form", "category", "post", "email", "phone", "language")
        return self.check_fields(names, lambda text, chosen: None)

    def of_body(self, body: Any, body_text: str, **more: Any) -> Details:
        """The person with the body of whoever names them."""
        return self.details(body=body, body_text=body_text, **more)
