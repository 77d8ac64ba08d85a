"""Forms of the import: the file, the columns, what happens to rows that are to be mended."""

from __future__ import annotations

from typing import Any

from wtforms import FileField, RadioField

from app.kernel.forms import Form
from app.kernel.languages import t


class UploadForm(Form):
    """The file to import."""

    file = FileField(t.lazy("participants.import.file"), description=t.lazy("participants.import.file_hint"))

    @property
    def upload(self) -> Any:
        """The file that was sent, None when there is none."""
        sent = self.file.data
        return sent if sent is not None and sent.filename else None


class CommitForm(Form):
    """All or nothing, or without the rows that are to be mended."""

    mode = RadioField(t.lazy("participants.import.mode"), default="all")

    def __init__(self, *args: Any, good: int, bad: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode.choices = [
            ("all", t.plain("participants.import.mode_all")),
            ("skip", t.plain("participants.import.mode_skip", count=good)),
        ]


def mapping_of(args: Any) -> dict[str, dict[str, str]]:
    """The columns chosen: sheet -> letters -> field, from fields named `column|<sheet>|<letters>`."""
    chosen: dict[str, dict[str, str]] = {}
    for key in args:
        if key.startswith("column|") and key.count("|") >= 2:
            sheet, letters = key[len("column|") :].rsplit("|", 1)
            chosen.setdefault(sheet, {})[letters] = args[key]
    return chosen
