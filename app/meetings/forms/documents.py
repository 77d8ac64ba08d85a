"""Documents and quotations."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField

from app.kernel.forms import DateParts, Form, Line, Lines, Longest, options
from app.kernel.languages import current_language, pick, t
from app.meetings.forms.fields import LANGS, lines, long_text

KINDS = (
    "recommendations", "strategic_plan", "programme", "slides", "video", "photo", "stream", "telegram", "article",
)  # fmt: skip
VISIBILITIES = ("public", "participants", "organisers")


class DocumentForm(Form):
    """A document: a file, a link or a text; the telegram also has its addressee, occasion and signatory."""

    kind = SelectField(
        t.lazy("meetings.f.document_kind"), choices=lambda: options((k, t(f"document.{k}")) for k in KINDS)
    )
    title_ar = lines("title", "ar", 300, needed=True)
    title_fr = lines("title", "fr", 300)
    title_en = lines("title", "en", 300)
    lang = SelectField(t.lazy("meetings.f.content_lang"), choices=lambda: options((k, t(f"lang.{k}")) for k in LANGS))
    visibility = SelectField(
        t.lazy("meetings.f.visibility"),
        choices=lambda: options((k, t(f"meetings.visibility.{k}")) for k in VISIBILITIES),
    )
    file = FileField(t.lazy("action.attach"))
    url = Line(t.lazy("meetings.f.url"), [Longest(500)])
    text = Lines(t.lazy("meetings.f.text"), [Longest(60000)], description=t.lazy("meetings.f.text.hint"))
    sitting_id = SelectField(t.lazy("meetings.f.shown_in"), default="")
    day = DateParts(t.lazy("meetings.f.stream_day"))
    addressee = Line(t.lazy("meetings.f.addressee"), [Longest(300)])
    occasion = Line(t.lazy("meetings.f.occasion"), [Longest(300)])
    signatory = Line(t.lazy("meetings.f.signatory"), [Longest(300)])

    def offer(self, sittings: list[Any]) -> None:
        """The sittings to choose from."""
        lang = current_language()
        none = [("", t("meetings.no_sitting"))]
        self.sitting_id.choices = options(none + [(one.id, pick(one, "title", lang)[0]) for one in sittings])

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them, without the file."""
        names = ("kind", "title_ar", "title_fr", "title_en", "lang", "visibility", "url", "text", "addressee",
                 "occasion", "signatory")  # fmt: skip
        return {name: self[name].data or "" for name in names} | {
            "sitting_id": self.sitting_id.data or None, "day": self.day.data,
        }  # fmt: skip


class QuoteForm(Form):
    """Words of a person, as they were said."""

    text_ar = long_text("quote", "ar", 3000)
    text_fr = long_text("quote", "fr", 3000)
    text_en = long_text("quote", "en", 3000)
    person_ar = lines("person", "ar", 300, needed=True)
    person_fr = lines("person", "fr", 300)
    person_en = lines("person", "en", 300)

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {f"{name}_{lang}": self[f"{name}_{lang}"].data or "" for name in ("text", "person") for lang in LANGS}
