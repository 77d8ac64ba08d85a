"""A person's browser that only does what a page offers: follows its links and sends its forms with what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from werkzeug.test import TestResponse

from app.kernel.text import strip_bidi
from tests.client import Browser

BASE = "http://localhost"


@dataclass
class Sheet:
    """A form as the page holds it: where it goes, and what it would send untouched."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    ident: str = ""


class Reader(HTMLParser):
    """Reads the forms and links of a page; a field outside its form names it by `form`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Sheet] = []
        self.links: list[str] = []
        self.outside: list[tuple[str, str, str]] = []
        self._form: Sheet | None = None
        self._select: str = ""
        self._options: list[tuple[str, bool]] = []
        self._area: tuple[str, list[str]] | None = None
        self.feed(page)
        for ident, name, value in self.outside:
            for sheet in self.forms:
                if sheet.ident == ident:
                    sheet.fields.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._form = Sheet(has.get("action", ""), ident=has.get("id", ""))
            if has.get("method", "").lower() == "post":
                self.forms.append(self._form)
        elif tag == "a" and "href" in has:
            self.links.append(has["href"])
        elif tag == "input" and has.get("name"):
            self._input(has)
        elif tag == "button" and has.get("formaction") and self._form is not None:
            self.forms.append(Sheet(has["formaction"], self._form.fields))  # The same fields, sent elsewhere.
        elif tag == "select":
            self._select, self._options = has.get("name", ""), []
        elif tag == "option" and self._select:
            self._options.append((has.get("value", ""), "selected" in has))
        elif tag == "textarea" and has.get("name"):
            self._area = (has["name"], [])

    def _input(self, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in {"submit", "button", "file", "reset"}:
            return
        if kind not in {"checkbox", "radio"} or "checked" in has:
            default = "on" if kind in {"checkbox", "radio"} else ""
            self._put(has["name"], has.get("value", default), has.get("form", ""))

    def _put(self, name: str, value: str, form: str = "") -> None:
        if form:
            self.outside.append((form, name, value))
        elif self._form is not None:
            self._form.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [v for v, _ in self._options[:1]]
            if chosen:
                self._put(self._select, chosen[0])
            self._select = ""
        elif tag == "textarea" and self._area:
            self._put(self._area[0], "".join(self._area[1]).removeprefix("\r").removeprefix("\n"))
            self._area = None


class Hands:
    """One person at a browser without JavaScript; remembers where they were and every link they saw."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.seen: set[str] = set()
        self.linked: set[str] = set()

    def open(self, path: str, status: int = 200) -> str:
        """Ask for a page, following redirections; gives its source."""
        answer = self.answer(path)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.headers.get('Location')}"
        return answer.get_data(as_text=True)

    def answer(self, path: str) -> TestResponse:
        """Ask for a page; its links are remembered."""
        self.seen.add(path)
        return self._remember(self.browser.get(path), path)

    def send(self, page: str | TestResponse, action: str, /, status: int = 303, **fields: Any) -> TestResponse:
        """Fill in the form of the page whose address ends in `action`, and send it with the page's own token.

        A field named None is left away; what the page had filled in already is sent as it is.
        """
        answer = self.answer(page) if isinstance(page, str) else page
        here = answer.request.path
        forms = Reader(answer.get_data(as_text=True)).forms
        found = [form for form in forms if urlsplit(form.action or here).path.endswith(action)]
        assert found, f"{here} ({answer.status_code}) has no form that goes to {action}: {[f.action for f in forms]}"
        data: dict[str, Any] = {**found[0].fields, **fields}
        data = {name: value for name, value in data.items() if value is not None}
        target = urljoin(here, found[0].action or here)
        sent = self.browser.client.post(target, data=data, base_url=BASE)
        assert sent.status_code == status, f"{target}: {sent.status_code} {errors(sent)}"
        return self._remember(sent, target)

    def on(self, answer: TestResponse) -> str:
        """Go where an answer leads to; gives the address."""
        target = urlsplit(urljoin(BASE + (answer.request.path if answer.request else "/"), answer.location))
        return target.path + (f"?{target.query}" if target.query else "")

    def _remember(self, answer: TestResponse, path: str) -> TestResponse:
        if answer.mimetype == "text/html":
            reader = Reader(answer.get_data(as_text=True))
            own = [urlsplit(urljoin(BASE + path, link)) for link in reader.links]
            self.linked |= {
                link.path + (f"?{link.query}" if link.query else "") for link in own if link.netloc == "localhost"
            }
        return answer


def words(page: str) -> str:
    """What a page says: without its markup and its marks of direction."""
    return " ".join(unescape(strip_bidi(re.sub(r"<[^>]+>", " ", page))[0]).split())


def errors(answer: TestResponse) -> str:
    """What a refused form says, for the reader of a failure."""
    text = answer.get_data(as_text=True)
    at = text.find("error")
    return text[at : at + 1500] if at >= 0 else text[:300]
