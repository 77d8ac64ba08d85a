"""Forms by which somebody finds the way back: a lost link, an invitation's code."""

from __future__ import annotations

from app.kernel.forms import Form, Line, Longest, Required
from app.kernel.languages import t
from app.participants.forms.fields import read_mail


class LostLinkForm(Form):
    """The address to which a lost link is sent again."""

    email = Line(t.lazy("form.email.label"), [Required(), Longest(254)], description=t.lazy("participants.lost_hint"))

    def check(self) -> bool:
        """Check the address; whether nothing is to be mended."""
        self.email.validate(self)
        if not self.email.errors:
            read_mail(self.email)
        return not self.email.errors


class CodeForm(Form):
    """The code printed in a letter of invitation."""

    code = Line(t.lazy("participants.invitation_code"), [Required(), Longest(20)],
                description=t.lazy("participants.invitation_code_hint"))  # fmt: skip

    def check(self) -> bool:
        """Check that there is a code; whether nothing is to be mended."""
        return bool(self.code.validate(self))
