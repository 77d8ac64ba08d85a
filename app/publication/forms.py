"""What the desk of the publication types in."""

from __future__ import annotations

from typing import Any

from app.kernel.forms import Form, Line, Lines, Longest
from app.kernel.languages import t
from app.publication.snapshot.reading import Published
from app.publication.states import LANGUAGES

LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS = 6000, 120, 1000


class ErratumForm(Form):
    """The correction of one recommendation: its texts, the erratum everybody reads, and the reason for the journal."""

    body_ar = Lines(t.lazy("publication.form.body_ar"), [Longest(LONGEST_TEXT)])
    body_fr = Lines(t.lazy("publication.form.body_fr"), [Longest(LONGEST_TEXT)])
    body_en = Lines(t.lazy("publication.form.body_en"), [Longest(LONGEST_TEXT)])
    erratum = Lines(
        t.lazy("publication.erratum"), [Longest(LONGEST_WORDS)], description=t.lazy("publication.form.erratum_hint")
    )
    reason = Line(
        t.lazy("publication.reason"), [Longest(LONGEST_WORDS)], description=t.lazy("publication.form.reason_hint")
    )

    def texts(self) -> dict[str, str]:
        """The wording by field, as the action takes it."""
        given: dict[str, Any] = {f"body.{lang}": self[f"body_{lang}"].data or "" for lang in LANGUAGES}
        return {field: text for field, text in given.items() if text}


def typed(item: Published) -> dict[str, str]:
    """The wording in force, to be changed in the form."""
    return {f"body_{lang}": item.bodies.get(lang, "") for lang in LANGUAGES}
