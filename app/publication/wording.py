"""Texts of several languages as markup for this reader."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from app.kernel.languages import LANGUAGES, current_language
from app.publication.snapshot.reading import named, said


def in_language(text: str, lang: str) -> Markup:
    """A text of a known language, isolated; in another language than the page's it says so."""
    attributes = Markup("") if lang == current_language() else Markup(" ") + LANGUAGES[lang].attributes
    return Markup("<bdi{}>{}</bdi>").format(attributes, text)


def told(texts: Mapping[str, str]) -> Markup:
    """The text for this reader; in another language than the page's it says so."""
    return in_language(*said(texts))


def told_name(texts: Mapping[str, str]) -> Markup:
    """A name for this reader: in Latin letters, if it has them, wherever the page is in Latin letters."""
    return in_language(*named(texts))
