"""The shape of input on the pages of recommendations."""

from __future__ import annotations

import json
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from app.kernel.errors import Refusal
from app.kernel.forms import Form, Line, Lines, Longest, Required
from app.kernel.languages import t
from app.recommendations import states
from app.recommendations.loaders import Recommendation


class AnyOf(SelectMultipleField):  # type: ignore[misc]
    """Codes of bodies that were chosen before; whether they exist is asked when they are kept."""

    def pre_validate(self, form: Any) -> None:
        """Every code is taken here."""


class CaptureForm(Form):
    """One recommendation on a page without a script; `base` says on which revisions its texts were written."""

    ident = HiddenField()
    base = HiddenField()
    body = Lines(t.lazy("capture.text"), [Longest(states.LONGEST["body"])])
    authentic = SelectField(
        t.lazy("capture.language"), choices=[SelectChoice(one, t.lazy(f"lang.{one}")) for one in ("ar", "fr")],
        default="ar", validate_choice=False,
    )  # fmt: skip
    axis = RadioField(t.lazy("capture.axis"), validate_choice=False)
    addressees = AnyOf(t.lazy("capture.addressee"))
    addressee = Line(t.lazy("capture.addressee"))
    addressee_id = HiddenField()
    horizon = Line(t.lazy("capture.horizon"))
    priority = SelectField(
        t.lazy("capture.priority"),
        choices=[SelectChoice("", t.lazy("capture.priority.none"))]
        + [SelectChoice(one, t.lazy(f"capture.priority.{one}")) for one in states.PRIORITIES],
        validate_choice=False,
    )
    indicator = Line(t.lazy("capture.indicator"), [Longest(states.LONGEST["indicator"])])
    flagged = BooleanField(t.lazy("capture.flagged"))
    note = Lines(t.lazy("capture.note"), [Longest(states.LONGEST["note"])])
    on_behalf_of = Line(t.lazy("capture.behalf"), [Longest(160)])

    def values(self) -> dict[str, Any]:
        """The fields of the recommendation that the page shows, as capture devices send them."""
        return {
            f"body.{self.authentic.data or 'ar'}": self.body.data or "", "axis": self.axis.data or "",
            "addressees": list(self.addressees.data or []), "horizon": self.horizon.data or "",
            "priority": self.priority.data or "", "indicator": self.indicator.data or "",
            "flagged": bool(self.flagged.data), "note": self.note.data or "",
        }  # fmt: skip

    def base_rev(self) -> dict[str, int]:
        """The revisions of the page; an altered hidden field counts as none."""
        try:
            found = json.loads(self.base.data or "{}")
        except ValueError:
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return {str(name): rev for name, rev in pairs if isinstance(rev, int) and rev >= 0}


def capture_form(row: Recommendation | None) -> CaptureForm:
    """The form filled with a recommendation, or empty for a new one; what was sent wins."""
    if row is None:
        return CaptureForm(authentic="ar")
    lang = row.authentic if row.authentic in {"ar", "fr"} else "ar"
    texts = {one.field: one for one in row.texts}
    return CaptureForm(
        ident=row.id, base=json.dumps({name: one.rev for name, one in texts.items()}), authentic=lang,
        body=row.text(f"body.{lang}"), axis=row.text("axis"), addressees=row.text("addressees").split(),
        horizon=row.horizon.strftime("%d/%m/%Y") if row.horizon else "", priority=row.priority, indicator=row.indicator,
        flagged=row.flagged, note=row.note,
    )  # fmt: skip


class ChoiceForm(Form):
    """Which of two texts, or a third."""

    variant = HiddenField()
    text = Lines(t.lazy("conflict.third"), [Longest(states.LONGEST["body"])])


class ReasonForm(Form):
    """A reason, kept in the journal."""

    reason = Lines(t.lazy("review.send_back.reason"), [Longest(2000)])


class MergeForm(Form):
    """The text after merging, and what was kept from each."""

    text = Lines(t.lazy("review.merge.text"), [Required(), Longest(states.LONGEST["body"])])
    kept = Lines(t.lazy("review.merge.kept"), [Longest(2000)])
    rev = HiddenField()


class SplitForm(Form):
    """The text that stays and the new recommendation."""

    rest = Lines(t.lazy("capture.text"), [Required(), Longest(states.LONGEST["body"])])
    part = Lines(t.lazy("review.split.part"), [Required(), Longest(states.LONGEST["body"])])
    rev = HiddenField()


class TextsForm(Form):
    """Title and body in Arabic and French, with the revisions they were written on."""

    base = HiddenField()
    title_ar = Line(t.lazy("review.title_field.ar"), [Longest(states.LONGEST["title"])])
    title_fr = Line(t.lazy("review.title_field.fr"), [Longest(states.LONGEST["title"])])
    body_ar = Lines(t.lazy("review.text.ar"), [Longest(states.LONGEST["body"])])
    body_fr = Lines(t.lazy("review.text.fr"), [Longest(states.LONGEST["body"])])
    out_of_scope = BooleanField(t.lazy("review.out_of_scope"))
    base_rev = CaptureForm.base_rev

    def values(self) -> dict[str, Any]:
        """The texts as capture devices send them."""
        return {
            "title.ar": self.title_ar.data or "", "title.fr": self.title_fr.data or "",
            "body.ar": self.body_ar.data or "", "body.fr": self.body_fr.data or "",
            "out_of_scope": bool(self.out_of_scope.data),
        }  # fmt: skip


def refused(form: Form, refusal: Refusal) -> None:
    """Show a refusal at the field of the page that holds the value it speaks of."""
    name = (refusal.field or "").replace(".", "_")
    at = {"addressees": "addressee"}.get(name, "body" if name.startswith("body_") and name not in form else name)
    form.attach(Refusal(refusal.code, field=at, status=refusal.status, **refusal.params))
