"""What every page and every style sheet must keep, as functions that answer findings in words.

`lint_page(response, lang)` reads one answer as a browser would; an empty list means that nothing was found. The test
client calls it for each page any test fetches, so a page is checked as often as it is used.
"""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.wrappers import Response

from tests.lint import structure, writing
from tests.lint.page import Page, read_page

__all__ = ["lint_html", "lint_page"]


def lint_html(html: str, lang: str, *, values: Iterable[str] = ()) -> list[str]:
    """The findings of a page or fragment; `values` are texts a person typed, which must stand isolated."""
    page: Page = read_page(html, lang)
    found = [f"markup: {error}" for error in page.errors]
    for rule in (*structure.RULES, *writing.RULES):
        found += [f"{rule.__name__}: {finding}" for finding in rule(page)]
    return found + [f"user_text: {finding}" for finding in writing.user_text(page, values)]


def lint_page(response: Response, lang: str, *, values: Iterable[str] = ()) -> list[str]:
    """The findings of an answer; an answer that is not HTML has none."""
    if response.mimetype != "text/html" or response.status_code in (204, 301, 302, 303, 304, 307, 308):
        return []
    return lint_html(response.get_data(as_text=True), lang, values=values)
