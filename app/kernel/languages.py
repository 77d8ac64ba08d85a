"""The words of the product in its four languages, and the language somebody is spoken to in.

Every sentence lives in `app/translations/words/*.csv` under a key; `tools/catalogues.py` compiles them to gettext
catalogues whose context is the key. In Python `t` answers plain text with each value between U+2068 and U+2069; in a
template `t` answers markup with each value in `<bdi>`. `t.plain` and `t.page` say which is meant: attributes, titles
and `<option>` need `t.plain`. A form's label is `t.lazy`, which waits for the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import flask_babel
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.support import Translations
from flask import Flask, Request, abort, current_app, g, has_app_context, has_request_context, request
from markupsafe import Markup, escape

from app.kernel import formats
from app.kernel.clock import current_clock
from app.kernel.formats import DEFAULT_LANGUAGE, LANGUAGES, bdi, isolate, ltr

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"

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


def _message(key: str, lang: str, count: Any) -> tuple[str, str]:
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
        return str(catalogue.messages.pgettext(key, sentence)), spoken
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
        return format_datetime(value, lang=lang)
    if isinstance(value, date):
        return formats.date_text(value, lang)
    return formats.time_text(value) if isinstance(value, time) else value


def _values(values: Mapping[str, Any], lang: str) -> dict[str, Any]:
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
        message, spoken = _message(key, lang or current_language(), values.get("count"))
        shown = _values(values, spoken)
        return message % {name: isolate(formats.without_markup(value)) for name, value in shown.items()}

    def page(self, key: str, /, *, lang: str | None = None, **values: Any) -> Markup:
        """The sentence as markup; each value is escaped in `<bdi>`; Arabic standing in for Amazigh says so."""
        wanted = lang or current_language()
        message, spoken = _message(key, wanted, values.get("count"))
        shown = _values(values, spoken)
        text = escape(message) % {name: bdi(value) for name, value in shown.items()}
        return text if spoken == wanted else Markup("<span {}>{}</span>").format(LANGUAGES[spoken].attributes, text)

    def lazy(self, key: str, /, **values: Any) -> Lazy:
        """The sentence for whoever will read it later."""
        return Lazy(key, **values)

    def forms(self, key: str, /, *, lang: str | None = None) -> dict[str, str]:
        """The forms of a counted sentence by the categories of `Intl.PluralRules`, with `{count}`, for a script."""
        wanted = lang or current_language()
        samples = {"ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}}
        chosen = samples.get(_message(key, wanted, 1)[1], {"one": 1, "other": 2})
        blanks = _Blanks()
        return {category: _message(key, wanted, sample)[0] % blanks for category, sample in chosen.items()}

    def exists(self, key: str, /) -> bool:
        """Whether some file of words has the key."""
        return key in _catalogue(DEFAULT_LANGUAGE).sentences


class _Blanks(dict[str, str]):
    """Gives each placeholder back as `{name}`."""

    def __missing__(self, name: str) -> str:
        return "{count}" if name == "num" else f"{{{name}}}"


t = Words(in_page=False)
page_words = Words(in_page=True)


def text_attrs(key: str) -> Markup:
    """The attributes of an element whose whole text is this key: none, unless Arabic stands in for Amazigh."""
    wanted = current_language()
    spoken = _message(key, wanted, 1)[1]
    return Markup("") if spoken == wanted else LANGUAGES[spoken].attributes


def format_date(value: date, *, lang: str | None = None, weekday: bool = False, zone: str | None = None) -> str:
    """25 مارس 2022; with the weekday when a person must come. A moment (aware) is shown in `zone`, else in Morocco."""
    pattern = formats.WEEKDAY if weekday else formats.DAY
    return formats.date_text(value, lang or current_language(), pattern, zone=zone)


def format_datetime(value: datetime, *, lang: str | None = None, zone: str | None = None) -> str:
    """The day and the hour as a sentence says them: يوم 25 مارس 2022 على الساعة 09:00."""
    day = format_date(value, lang=lang, zone=zone)
    return _composed("date.at", lang, date=day, time=formats.time_text(value, zone=zone))


def date_range(first: date, last: date | None = None, *, lang: str | None = None, weekday: bool = False) -> str:
    """The days of a meeting in words: يومي 25 و26 مارس 2022, with no dash and nothing said twice."""
    wanted = lang or current_language()
    start, end = _day_of(first), _day_of(last or first)
    if start == end:
        return _composed("date.one_day", lang, date=format_date(start, lang=lang, weekday=weekday))
    pattern = "EEEE d" if weekday else "d"
    if start.year != end.year:
        pattern += " MMMM y"
    elif start.month != end.month:
        pattern += " MMMM"
    opening = formats.date_text(start, wanted, pattern)
    closing = format_date(end, lang=lang, weekday=weekday)
    if end - start == timedelta(days=1):
        return _composed("date.two_days", lang, first=opening, second=closing)
    return _composed("date.day_span", lang, first=opening, last=closing)


def time_range(start: time | datetime, end: time | datetime, *, lang: str | None = None) -> str:
    """من 09:00 إلى 10:30."""
    return _composed("date.from_to", lang, start=formats.time_text(start), end=formats.time_text(end))


def ago(moment: datetime, *, now: datetime | None = None, lang: str | None = None, zone: str | None = None) -> str:
    """How long ago in minutes, hours, then days on the wall; after thirty days the date itself."""
    then, here = formats.wall_time(moment, zone), formats.wall_time(now or current_clock().now(), zone)
    minutes = max(0, int(((now or current_clock().now()) - moment).total_seconds() // 60))
    days = (_day_of(here) - _day_of(then)).days
    if minutes < 60:
        return _composed("date.minutes_ago", lang, count=minutes)
    if minutes < 24 * 60 and days < 2:
        return _composed("date.hours_ago", lang, count=minutes // 60)
    if days == 1:
        return t.plain("date.yesterday", lang=lang)
    return _composed("date.days_ago", lang, count=days) if days <= 30 else format_date(then, lang=lang)


def file_size(size: int, *, lang: str | None = None) -> str:
    """The size of a file in bytes, as people read it: 1,2 ميغابايت. Decimal units, one digit below ten."""
    amount, unit = size / 1000, "kilobytes"
    for larger in ("megabytes", "gigabytes"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    shown = round(amount, 1) if amount < 9.95 and unit != "kilobytes" else max(1, round(amount))
    return _composed(f"format.size.{unit}", lang, size=shown)


def months(count: int, *, lang: str | None = None) -> str:
    """A length of time in whole months; whole years are said in years."""
    if count and count % 12 == 0:
        return _composed("format.years", lang, count=count // 12)
    return _composed("format.months", lang, count=count)


def list_join(items: Iterable[Any], *, lang: str | None = None) -> str:
    """The items as a list in a sentence (أ، ب، وج), each isolated, as plain text."""
    return _joined([isolate(formats.without_markup(item)) for item in items], lang)


def page_list_join(items: Iterable[Any], *, lang: str | None = None) -> Markup:
    """The items as a list in a sentence, each in `<bdi>`, for a template."""
    return Markup("") + _joined([bdi(item) for item in items], lang)


def _joined(parts: Sequence[str], lang: str | None) -> str:
    if len(parts) < 2:
        return parts[0] if parts else ""
    message, spoken = _message("list.join", lang or current_language(), None)
    empty = parts[0][:0]  # Markup when the parts are, so that joining escapes nothing twice.
    comma = empty + ("، " if direction(spoken) == "rtl" else ", ")
    return (empty + message) % {"first": comma.join(parts[:-1]), "last": parts[-1]}


def _composed(key: str, lang: str | None, **parts: Any) -> str:
    """A sentence whose parts were made here in its own language, so that none is foreign and none is isolated."""
    wanted = lang or current_language()
    message, spoken = _message(key, wanted, parts.get("count"))
    return message % {name: str(value) for name, value in _values(parts, spoken).items()}


def _day_of(value: date) -> date:
    value = formats.wall_time(value)
    return value.date() if isinstance(value, datetime) else value


SHORT = {"ar": "ع", "fr": "Fr", "en": "En", "zgh": "ⵣ"}


def language_links() -> list[dict[str, Any]]:
    """The same page in each language, with the name the language gives itself; for the switch and `hreflang`."""
    own = f"/{g.lang}" if g.get("lang") else ""
    path = request.path.removeprefix(own) if own else "/"
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if own and request.query_string else ""
    return [
        {
            "lang": language.code,
            "label": language.name,
            "short": SHORT[language.code],
            "dir": language.direction,
            "url": f"{request.script_root}/{language.code}{quote(path)}{query}",
            "current": language.code == current_language(),
        }
        for language in LANGUAGES.values()
    ]


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the language out of the path; a path in no language of ours, or no path at all, answers 404 as it should."""
    g.pop("lang", None)
    first = request.path.split("/", 2)[1]
    lang = (values or {}).pop("lang", None)
    if lang is None and endpoint is None and first in LANGUAGES:
        lang = first
    if lang is not None and lang not in LANGUAGES:
        abort(404)
    if lang is not None:
        g.lang = lang


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    """Put the language in force into addresses that have a place for it."""
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current_language()


def _language_of_page() -> dict[str, Any]:
    return {"lang": current_language(), "dir": direction()}


def init_app(app: Flask) -> None:
    """Teach the application its languages: Flask-Babel, the language in the path, and what templates may call."""
    babel = flask_babel.Babel(configure_jinja=False)  # Its own filters would carry hours through pytz.
    selector = lambda: str(LANGUAGES[current_language()].locale)  # noqa: E731
    babel.init_app(app, default_locale="ar_MA", default_timezone="UTC", locale_selector=selector)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.context_processor(_language_of_page)
    app.jinja_env.globals.update(
        t=page_words,
        languages=LANGUAGES,
        current_language=current_language,
        direction=direction,
        language_links=language_links,
        text_attrs=text_attrs,
        date_range=date_range,
        time_range=time_range,
        list_join=page_list_join,
        pick=lambda thing, field: formats.pick(thing, field, current_language())[0],
        passage=lambda thing, field: formats.passage(thing, field, current_language()),
    )
    app.jinja_env.filters.update(
        date=format_date,
        day=lambda value, **options: format_date(value, weekday=True, **options),
        time=formats.time_text,
        datetime=format_datetime,
        number=lambda value: formats.number(value, current_language()),
        percent=lambda value: ltr(formats.percent(value, current_language())),
        phone=lambda value: ltr(formats.phone_text(value)) if value else "",
        bdi=bdi,
        ltr=ltr,
        filesize=file_size,
        ago=ago,
        months=months,
    )
