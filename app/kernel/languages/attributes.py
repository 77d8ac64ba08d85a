"""Words inside an attribute, a title or an option, where markup would be shown as letters.

A template may write `aria-label="{{ t('a11y.options_for', name=name) }}"`, or hand words to a macro that does. Jinja
does not know that the place is an attribute; this extension reads the template's own text as it is compiled, and puts
`attribute_text` round every expression that stands in such a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import escape

from app.kernel.languages.formats import without_markup

_TAG = re.compile(r"<(title|option|textarea)\b|</?[a-zA-Z]")
_QUOTE_OR_END = re.compile("[\"'>]")


def attribute_text(value: Any) -> Any:
    """Markup as plain text, isolated as it was; anything else as it is."""
    return without_markup(value) if hasattr(value, "__html__") and "<" in escape(value) else value


class _Place:
    """Where in a page the template's own text has come to."""

    def __init__(self) -> None:
        self.quote = ""
        self.in_tag = False
        self.element = ""

    @property
    def takes_plain_text(self) -> bool:
        """Whether what is shown here must be text alone."""
        return bool(self.quote or (self.element and not self.in_tag))

    def read(self, text: str) -> None:
        """Go on through a run of the template's own text."""
        at = 0
        while at < len(text):
            at = self._step(text, at)

    def _step(self, text: str, at: int) -> int:
        if self.quote:
            end = text.find(self.quote, at)
            self.quote = "" if end >= 0 else self.quote
        elif self.in_tag:
            found = _QUOTE_OR_END.search(text, at)
            end = found.start() if found else -1
            if found and found.group() == ">":
                self.in_tag = False
            elif found:
                self.quote = found.group()
        elif self.element:
            end = text.find(f"</{self.element}", at)
            self.element = "" if end >= 0 else self.element
        else:
            return self._find_tag(text, at)
        return len(text) if end < 0 else end + 1

    def _find_tag(self, text: str, at: int) -> int:
        found = _TAG.search(text, at)
        if not found:
            return len(text)
        self.in_tag, self.element = True, found.group(1) or ""
        return found.end()


class AttributesInPlainText(Extension):
    """Puts `attribute_text` round what a template shows in attributes, titles and options."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The template's tokens, with the filter added where it is needed."""
        place = _Place()
        wrapped = False
        for token in stream:
            if token.type == "data" and (stream.name is None or stream.name.endswith(".html")):
                place.read(token.value)
            if token.type == "variable_end" and wrapped:
                yield from _tokens(token.lineno, ("rparen", ")"), ("pipe", "|"), ("name", "attribute_text"))
                wrapped = False
            yield token
            if token.type == "variable_begin" and place.takes_plain_text:
                wrapped = True
                yield Token(token.lineno, "lparen", "(")


def _tokens(line: int, *parts: tuple[str, str]) -> Iterator[Token]:
    for kind, value in parts:
        yield Token(line, kind, value)
