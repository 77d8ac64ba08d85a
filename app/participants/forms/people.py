"""Forms of the organiser: somebody's details, decisions for many, a merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import BooleanField, StringField

from app.kernel.forms import Form, Line, Lines, Longest, Required
from app.kernel.languages import t
from app.kernel.text import digits_western
from app.participants.actions.filling import Details
from app.participants.forms.fields import Ranked, put_error
from app.participants.forms.registration import PersonForm


class OrganiserForm(PersonForm):
    """Everything about somebody that an organiser may write."""

    honorific = Line(t.lazy("participants.title_before"), [Longest(60)], description=t.lazy("participants.title_hint"))
    precedence = StringField(t.lazy("participants.precedence"), description=t.lazy("participants.precedence_hint"))
    wishes = Ranked(t.lazy("form.wishes.label"))
    any_workshop = BooleanField(t.lazy("participants.any_workshop"))
    needs = Lines(t.lazy("form.needs.label"), [Longest(500)], description=t.lazy("form.needs.hint"))

    def check(self, resolve: Callable[[str, str | None], Any]) -> bool:
        """Check everything; whether nothing is to be mended. Only name and category are needed."""
        names = ["name", "name_latin", "address_form", "honorific", "rank", "language", "category", "post", "email",
                 "phone", "needs"]  # fmt: skip
        if self.body.data:
            names += ["body", "body_id"]
        good = self.check_fields(names, resolve)
        western = digits_western((self.precedence.data or "").strip())
        if western and not (western.isdigit() and len(western) < 6):
            put_error(self.precedence, t.plain("error.number"))
        return good and not self.precedence.errors

    def whole(self, **more: Any) -> Details:
        """What was written."""
        western = digits_western((self.precedence.data or "").strip())
        wishes = () if self.any_workshop.data else tuple(self.wishes.data)
        return self.details(
            honorific=self.honorific.data or "", precedence=int(western) if western else None, wishes=wishes,
            needs=self.needs.data or "", **more,
        )  # fmt: skip

    def order_wishes(self, known: Sequence[str]) -> None:
        """Keep the workshops that exist, each once, and put those not ranked yet at the end."""
        said = [ident for ident in dict.fromkeys(self.wishes.data) if ident in known]
        self.wishes.data = said + [ident for ident in known if ident not in said]


class ViewForm(Form):
    """The name under which a view of the list is kept."""

    name = Line(t.lazy("participants.view_name"), [Required(), Longest(80)])
    query = StringField()


class MergeForm(Form):
    """For each field that differs, which of the two stays."""

    def __init__(self, *args: Any, fields: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = list(fields)

    def chosen(self, args: Any) -> dict[str, str]:
        """Which side each field comes from: `kept` or `gone`."""
        return {name: "gone" if args.get(f"side-{name}") == "gone" else "kept" for name in self.differing}


class DecideForm(Form):
    """A decision with its reason."""

    reason = Lines(t.lazy("participants.reason"), [Longest(500)], description=t.lazy("participants.reason_hint"))
