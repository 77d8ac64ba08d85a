"""The language in the path, the switch, and what templates may call."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

import flask_babel
from flask import Flask, abort, current_app, g, request
from markupsafe import Markup

from app.kernel.languages import formats, sentences
from app.kernel.languages.attributes import AttributesInPlainText, attribute_text
from app.kernel.languages.formats import DEFAULT_LANGUAGE, LANGUAGES, bdi, ltr
from app.kernel.languages.words import current_language, direction, page_words, text_attrs


def language_links() -> list[dict[str, Any]]:
    """The same page in each language, with the name the language gives itself; for the switch and `hreflang`."""
    own = f"/{g.lang}" if g.get("lang") else ""
    path = request.path.removeprefix(own) if own else "/"
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if own and request.query_string else ""
    return [
        {
            "lang": language.code,
            "label": language.name,
            "short": language.short,
            "dir": language.direction,
            "url": f"{request.script_root}/{language.code}{quote(path)}{query}",
            "current": language.code == current_language(),
        }
        for language in LANGUAGES.values()
    ]


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the language out of the path; a path in no language of ours is a page that does not exist."""
    _forget_language()
    first = request.path.split("/", 2)[1]
    lang = (values or {}).pop("lang", None)
    if lang is None and endpoint is None and first in LANGUAGES:
        lang = first
    if lang is not None and lang not in LANGUAGES:
        abort(404)
    if lang is not None:
        g.lang = lang


def _forget_language(_error: BaseException | None = None) -> None:
    # Several requests may share one application context, as they do in tests.
    g.pop("lang", None)
    flask_babel.refresh()


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    """Put the language in force into addresses that have a place for it."""
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current_language()


def _language_of_page() -> dict[str, Any]:
    return {"lang": current_language(), "dir": direction()}


def _in_page(sentence: Callable[..., str]) -> Callable[..., str]:
    """The sentence for a template: where it is Arabic in a page of another language, it says so."""

    @wraps(sentence)
    def shown(*arguments: Any, **options: Any) -> str:
        text = sentence(*arguments, **options)
        if current_language() == DEFAULT_LANGUAGE or not formats.has_arabic(text):
            return text
        return Markup("<span {}>{}</span>").format(LANGUAGES[DEFAULT_LANGUAGE].attributes, text)

    return shown


def init_app(app: Flask) -> None:
    """Teach the application its languages: Flask-Babel, the language in the path, and what templates may call."""
    babel = flask_babel.Babel(configure_jinja=False)  # Its own filters would carry hours through pytz.
    selector = lambda: str(LANGUAGES[current_language()].locale)  # noqa: E731
    babel.init_app(app, default_locale="ar_MA", default_timezone="UTC", locale_selector=selector)
    app.url_value_preprocessor(_take_language)
    app.teardown_request(_forget_language)
    app.url_defaults(_give_language)
    app.context_processor(_language_of_page)
    app.jinja_env.globals.update(
        t=page_words,
        languages=LANGUAGES,
        current_language=current_language,
        direction=direction,
        language_links=language_links,
        text_attrs=text_attrs,
        date_range=_in_page(sentences.date_range),
        time_range=_in_page(sentences.time_range),
        list_join=sentences.page_list_join,
        pick=lambda thing, field: formats.pick(thing, field, current_language())[0],
        passage=lambda thing, field: formats.passage(thing, field, current_language()),
    )
    app.jinja_env.add_extension(AttributesInPlainText)
    app.jinja_env.filters.update(
        attribute_text=attribute_text,
        date=sentences.format_date,
        day=lambda value, **options: sentences.format_date(value, weekday=True, **options),
        time=formats.time_text,
        datetime=_in_page(sentences.format_datetime),
        number=lambda value: formats.number(value, current_language()),
        percent=lambda value: ltr(formats.percent(value, current_language())),
        phone=lambda value: ltr(formats.phone_text(value)) if value else "",
        bdi=bdi,
        ltr=ltr,
        filesize=_in_page(sentences.file_size),
        ago=_in_page(sentences.ago),
        months=_in_page(sentences.months),
    )
