"""Forms keep what was typed and say what to do."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.errors import Refusal
from app.kernel.forms import DateParts, Form, Line, Longest, Required
from app.kernel.languages import speaking, t
from app.kernel.transaction import LiqaaFlask


class Sample(Form):
    name = Line("الاسم", [Required(), Longest(5)])
    due = DateParts("الأجل")


def _form(app: LiqaaFlask, **data: str) -> Sample:
    with app.test_request_context(method="POST", data=data), speaking("ar"):
        form = Sample(meta={"csrf": False})
        form.validate()
        return form


def test_date_in_eastern_digits_is_read(app: LiqaaFlask) -> None:
    form = _form(app, name="ab", **{"due-day": "٢٥", "due-month": "3", "due-year": "2022"})
    assert form.due.data == date(2022, 3, 25)
    assert not form.bad


@pytest.mark.parametrize("day", ["31", "x", ""])
def test_date_that_does_not_exist_says_so_and_keeps_the_parts(app: LiqaaFlask, day: str) -> None:
    form = _form(app, name="ab", **{"due-day": day, "due-month": "2", "due-year": "2022"})
    assert form.due.errors == [t("error.date_invalid", lang="ar", example="30/09/2030")]
    assert form.due.parts == {"day": day, "month": "2", "year": "2022"}


def test_missing_and_long_texts_are_refused_at_the_field(app: LiqaaFlask) -> None:
    assert "الاسم" in _form(app, name=" ").name.errors[0]
    assert len(_form(app, name="abcdef").name.errors) == 1


def test_refusal_is_attached_to_its_field_or_to_the_form(app: LiqaaFlask) -> None:
    form = _form(app, name="ab")
    form.attach(Refusal("full", field="name"))
    form.attach(Refusal("server"))
    assert form.name.errors == [t("error.full", lang="ar")]
    assert len(form.form_errors) == 1
