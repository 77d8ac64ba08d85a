"""A date typed in three fields is read, kept as typed, and refused in words."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from app.kernel.forms import Day, Form, Required
from app.kernel.languages import speaking
from app.kernel.transaction import LiqaaFlask


class Dated(Form):
    """One day, asked for."""

    due = Day("الأجل", [Required()])


def typed(day: str, month: str, year: str) -> Dated:
    return Dated(MultiDict({"due-day": day, "due-month": month, "due-year": year}), meta={"csrf": False})


@pytest.mark.parametrize("parts", [("25", "3", "2022"), ("٢٥", "٠٣", "٢٠٢٢"), (" 25 ", "03", "2022")])
def test_day_in_either_digits_is_read_as_a_date(app: LiqaaFlask, parts: tuple[str, str, str]) -> None:
    with app.test_request_context("/ar/", method="POST"), speaking("ar"):
        form = typed(*parts)
        assert form.validate()
        assert form.due.data == date(2022, 3, 25)


def test_day_that_does_not_exist_is_refused_and_kept_as_typed(app: LiqaaFlask) -> None:
    with app.test_request_context("/ar/", method="POST"), speaking("ar"):
        form = typed("31", "2", "2022")
        assert not form.validate()
        assert form.due.parts == {"day": "31", "month": "2", "year": "2022"}
        assert "غير موجود" in form.due.errors[0]


def test_day_left_empty_asks_for_it_by_name(app: LiqaaFlask) -> None:
    with app.test_request_context("/ar/", method="POST"), speaking("ar"):
        form = typed("", "", "")
        assert not form.validate()
        assert form.due.errors == ["املؤوا خانة «\u2068الأجل\u2069»."]


def test_day_known_before_shows_its_three_parts(app: LiqaaFlask) -> None:
    with app.test_request_context("/ar/"), speaking("ar"):
        form = Dated(data={"due": date(2022, 3, 25)}, meta={"csrf": False})
        assert form.due.parts == {"day": "25", "month": "3", "year": "2022"}
