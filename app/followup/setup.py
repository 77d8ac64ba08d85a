"""What templates of the follow-up may call."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from app.followup import derived
from app.followup.states import Work
from app.kernel.languages import LANGUAGES, current_language


def init_app(app: Flask) -> None:
    """Register the filter `kind_of_work` and the functions `lang_now` and `lang_attrs`."""
    app.jinja_env.filters["kind_of_work"] = kind_of_work
    app.jinja_env.globals.update(lang_now=current_language, lang_attrs=lang_attrs)


def kind_of_work(state: str) -> str:
    """The mark of a state of the work."""
    return derived.KIND_OF_WORK[Work(state)]


def lang_attrs(lang: str) -> Markup:
    """The attributes of a passage somebody typed in this language."""
    return LANGUAGES[lang].attributes if lang in LANGUAGES else Markup("")
