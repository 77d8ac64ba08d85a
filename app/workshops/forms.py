"""What is typed on the board."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from app.kernel.forms import Form, Line, Longest, Required
from app.kernel.languages import t


class RuleForm(Form):
    """People to keep together or apart, by the codes of their badges."""

    kind = RadioField(
        t.lazy("workshops.rule.kind"),
        choices=[
            SelectChoice("together", t.lazy("workshops.rule.together")),
            SelectChoice("apart", t.lazy("workshops.rule.apart")),
        ],
        default="together",
    )
    codes = Line(
        t.lazy("workshops.rule.codes"), [Required(), Longest(400)], description=t.lazy("workshops.rule.codes.hint")
    )
    note = Line(t.lazy("workshops.rule.note"), [Longest(200)])
