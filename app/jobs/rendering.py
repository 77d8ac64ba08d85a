"""The two bodies of a mail from their templates: outside any request, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app
from jinja2 import Environment

from app.kernel.languages import direction, speaking
from app.kernel.languages.formats import without_markup

KEY = "liqaa-mail-text"


def rendered(template: str, language: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Text and HTML of `mail/<template>`; context processors do not run, for there may be no request."""
    settings = current_app.config["LIQAA"]
    context = {
        "lang": language, "dir": direction(language), "start": "right" if direction(language) == "rtl" else "left",
        "base_url": settings.base_url, "settings": settings, **values,
    }  # fmt: skip
    with speaking(language):
        text = _text_environment(current_app).get_template(f"mail/{template}.txt").render(context)
        html = current_app.jinja_env.get_template(f"mail/{template}.html").render(context)
    return _tidy(text), html


def _text_environment(app: Flask) -> Environment:
    """The app's templates with nothing escaped; what a page shows in `<bdi>` stands between U+2068 and U+2069."""
    if KEY not in app.extensions:
        app.extensions[KEY] = app.jinja_env.overlay(autoescape=False, finalize=without_markup)
    environment: Environment = app.extensions[KEY]
    return environment


def _tidy(text: str) -> str:
    """No more than one empty line in a row, none at the ends, so that templates may be written readably."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
