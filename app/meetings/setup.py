"""What the templates of this and later rooms may call about meetings."""

from __future__ import annotations

from typing import Any

from flask import Flask
from markupsafe import Markup

from app.kernel.languages import LANGUAGES, current_language, pick
from app.live.rules import workshops_by
from app.meetings import queries
from app.meetings.prose import prose, whole


def init_app(app: Flask) -> None:
    """Register what templates call (`latin_first`, `prose_of`, `whole_in` and others), and say who works where."""
    workshops_by(lambda meeting: {workshop.id for workshop in queries.workshops(meeting)})
    app.jinja_env.globals.update(
        latin_first=latin_first, prose_of=prose_of, prose_text=prose, whole_in=whole_in, gap=gap
    )


def latin_first(thing: Any, field: str) -> str:
    """A name for a reader: in an English page a name known in French letters comes before the Arabic one."""
    lang = current_language()
    latin = getattr(thing, f"{field}_fr", "") if lang not in {"ar", "fr"} else ""
    own = getattr(thing, f"{field}_{lang}", "")
    return own or latin or pick(thing, field, lang)[0]


def prose_of(thing: Any, field: str, formulas: list[str] | None = None) -> Markup:
    """A running text of several languages as a block; in another language than the page's it says so."""
    text, code = pick(thing, field, current_language())
    attributes = Markup("") if code == current_language() else Markup(" ") + LANGUAGES[code].attributes
    return Markup('<div class="prose"{}>{}</div>').format(attributes, prose(text, formulas or ()))


def whole_in(text: str, formulas: list[str] | None = None) -> Markup:
    """A line of text whose official formulas stay whole."""
    return whole(text, formulas or ())


def gap() -> str:
    """What stands between two parts of a line: the comma of the page's language."""
    return "، " if current_language() == "ar" else ", "
