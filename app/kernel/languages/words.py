"""The sentences of the product in its four languages, and the language somebody is spoken to in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import flask_babel
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.support import Translations
from flask import Request, current_app, g, has_app_context, has_request_context, request
from markupsafe import Markup, escape

from app.kernel.languages import formats
from app.kernel.languages.formats import DEFAULT_LANGUAGE, LANGUAGES, bdi, isolate

CATALOGUES = Path(__file__).resolve().parents[2] / "translations"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class UnknownWord(LookupError):
    """A key that no file of words has: a mistake of the program."""


def current_language() -> str:
    """The code of the language in force: the one set by `speaking`, else the path's, else what the browser asks for."""
    chosen = _spoken.get()
    if chosen is None and has_app_context():
        chosen = g.get("lang")
    if chosen is None and has_request_context():
        chosen = preferred_language(request)
    return chosen or DEFAULT_LANGUAGE


def direction(lang: str | None = None) -> str:
    """`rtl` or `ltr` for the language; Amazigh in Tifinagh is `ltr`."""
    return LANGUAGES[lang or current_language()].direction


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak another language for a while: a mail, a paper, a job."""
    token = _spoken.set(LANGUAGES[lang].code)
    with ExitStack() as stack:
        stack.callback(_spoken.reset, token)
        if has_app_context() and "babel" in current_app.extensions:
            stack.enter_context(flask_babel.force_locale(str(LANGUAGES[lang].locale)))
        yield


def preferred_language(asked: Request) -> str:
    """The language a browser asks for, Arabic when it asks for none of ours."""
    return asked.accept_languages.best_match(list(LANGUAGES), default=DEFAULT_LANGUAGE)


@dataclass(frozen=True)
class _Catalogue:
    messages: Translations
    sentences: Mapping[str, str | tuple[str, str]]
    _kept: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Markup] = field(default_factory=dict)
    """Sentences without values, as a page shows them."""

    def said(self, key: str, sentence: str) -> str:
        """The sentence in this language, found once."""
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = str(self.messages.pgettext(key, sentence))
        return kept


def _key_of(message: Message) -> str:
    # Babel leaves the context of a compiled message as the bytes it read.
    return message.context.decode() if isinstance(message.context, bytes) else str(message.context)


def _sentence_of(message: Message) -> str | tuple[str, str]:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


@cache
def _catalogue(lang: str) -> _Catalogue:
    path = CATALOGUES / lang / "LC_MESSAGES" / "messages.mo"
    if not path.exists():
        raise UnknownWord(f"{path} is missing: run `python tools/catalogues.py build`")
    with path.open("rb") as file:
        sentences = {_key_of(message): _sentence_of(message) for message in read_mo(file) if message.id}
    with path.open("rb") as file:
        return _Catalogue(Translations(file), sentences)


def sentence_for(key: str, lang: str, count: Any) -> tuple[str, str]:
    """The sentence for the key and the language it is in: Arabic where Amazigh has none."""
    spoken = lang if key in _catalogue(lang).sentences else DEFAULT_LANGUAGE
    catalogue = _catalogue(spoken)
    sentence = catalogue.sentences.get(key)
    if sentence is None:
        if not has_app_context() or current_app.debug or current_app.testing:
            raise UnknownWord(key)
        current_app.logger.error("no words for %s", key)
        return key.replace("%", "%%"), spoken
    if isinstance(sentence, str):
        return catalogue.said(key, sentence), spoken
    if count is None:
        raise TypeError(f"{key} agrees with a number: give count=")
    return str(catalogue.messages.npgettext(key, *sentence, int(count))), spoken


def _shown(value: Any, lang: str) -> Any:
    """A value as the language writes it; text and markup stay as they are."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return formats.number(value, lang)
    if isinstance(value, datetime):
        raise TypeError("a moment in a sentence: say format_datetime(…) or format_date(…) with its zone")
    if isinstance(value, date):
        return formats.date_text(value, lang)
    return formats.time_text(value) if isinstance(value, time) else value


def shown_values(values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The values under the names gettext knows them by, as the language writes them."""
    return {("num" if name == "count" else name): _shown(value, lang) for name, value in values.items()}


class Lazy:
    """Words that wait until somebody reads them: labels of forms, names of states. Plain text or markup as needed."""

    def __init__(self, key: str, **values: Any) -> None:
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return t.plain(self.key, **self.values)

    def __html__(self) -> str:
        return t.page(self.key, **self.values)


class Words:
    """`t`: the sentence of a key in the language in force, with its values isolated."""

    def __init__(self, *, in_page: bool) -> None:
        self._in_page = in_page

    def __call__(self, key: str, /, *, lang: str | None = None, **values: Any) -> str:
        """The sentence, as plain text in Python and as markup in a template."""
        return (self.page if self._in_page else self.plain)(key, lang=lang, **values)

    def plain(self, key: str, /, *, lang: str | None = None, **values: Any) -> str:
        """The sentence as text; each value stands between U+2068 and U+2069."""
        message, spoken = sentence_for(key, lang or current_language(), values.get("count"))
        shown = shown_values(values, spoken)
        return message % {name: isolate(formats.without_markup(value)) for name, value in shown.items()}

    def page(self, key: str, /, *, lang: str | None = None, **values: Any) -> Markup:
        """The sentence as markup; each value is escaped in `<bdi>`; Arabic standing in for Amazigh says so."""
        wanted = lang or current_language()
        if not values:
            return self._page_without_values(key, wanted)
        message, spoken = sentence_for(key, wanted, values.get("count"))
        shown = shown_values(values, spoken)
        text = escape(message) % {name: bdi(value) for name, value in shown.items()}
        return _within(text, spoken, wanted)

    def _page_without_values(self, key: str, wanted: str) -> Markup:
        kept = _catalogue(wanted).pages
        if key not in kept:
            message, spoken = sentence_for(key, wanted, None)
            kept[key] = _within(escape(message) % {}, spoken, wanted)
        return kept[key]

    def lazy(self, key: str, /, **values: Any) -> Lazy:
        """The sentence for whoever will read it later."""
        return Lazy(key, **values)

    def forms(self, key: str, /, *, lang: str | None = None) -> dict[str, str]:
        """The forms of a counted sentence by the categories of `Intl.PluralRules`, with `{count}`, for a script."""
        wanted = lang or current_language()
        samples = {"ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}}
        chosen = samples.get(sentence_for(key, wanted, 1)[1], {"one": 1, "other": 2})
        blanks = _Blanks()
        return {category: sentence_for(key, wanted, sample)[0] % blanks for category, sample in chosen.items()}

    def exists(self, key: str, /) -> bool:
        """Whether some file of words has the key."""
        return key in _catalogue(DEFAULT_LANGUAGE).sentences


def _within(text: Markup, spoken: str, wanted: str) -> Markup:
    """The text as it is, or marked as Arabic that stands in for Amazigh."""
    return text if spoken == wanted else Markup("<span {}>{}</span>").format(LANGUAGES[spoken].attributes, text)


class _Blanks(dict[str, str]):
    """Gives each placeholder back as `{name}`."""

    def __missing__(self, name: str) -> str:
        return "{count}" if name == "num" else f"{{{name}}}"


t = Words(in_page=False)
page_words = Words(in_page=True)


def text_attrs(key: str) -> Markup:
    """The attributes of an element whose whole text is this key: none, unless Arabic stands in for Amazigh."""
    spoken = spoken_in(key, None)
    return Markup("") if spoken == current_language() else LANGUAGES[spoken].attributes


def spoken_in(key: str, lang: str | None) -> str:
    """The language the sentence will be in: the one asked for, or Arabic where Amazigh has none."""
    return sentence_for(key, lang or current_language(), 1)[1]


def composed(key: str, lang: str, **parts: Any) -> str:
    """A sentence whose parts were made here in its own language, so that none is foreign and none is isolated."""
    sentence = sentence_for(key, lang, parts.get("count"))[0]
    return sentence % {name: str(value) for name, value in shown_values(parts, lang).items()}
