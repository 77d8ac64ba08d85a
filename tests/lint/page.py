"""A page read by the rules of HTML, with the language, the direction and the isolation each text stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
CODE = {"code", "kbd", "samp", "pre", "var"}
SILENT = {"script", "style", "template", "noscript"}
DIRECTIONS = {"ar": "rtl", "fr": "ltr", "en": "ltr", "zgh": "ltr"}
SPOKEN_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder")
ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")


@dataclass(frozen=True)
class Text:
    """A run of text and what stands round it."""

    text: str
    where: str
    lang: str
    dir: str
    isolated: bool
    code: bool
    drawing: bool

    @property
    def bare(self) -> str:
        """The text without what stands between U+2068 and U+2069, innermost first."""
        text, before = self.text, ""
        while text != before:
            text, before = ISOLATED.sub(" ", text), text
        return text


@dataclass
class Page:
    """A whole page, or the fragment of one when it has no doctype."""

    source: str
    lang: str
    whole: bool
    root: Element
    errors: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    parents: dict[Element, Element] = field(default_factory=dict)

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names, in the order of the page; all of them when no name is given."""
        for element in self.root.iter():
            if isinstance(element.tag, str) and (not names or local(element) in names):
                yield element

    def ancestors(self, element: Element) -> Iterator[Element]:
        """The elements an element stands in, the nearest first."""
        while (above := self.parents.get(element)) is not None:
            yield above
            element = above

    def names(self, element: Element) -> str:
        """What a reader without eyes is told an element is called."""
        by = " ".join(self.text_of(self.by_id(name)) for name in element.get("aria-labelledby", "").split())
        return (by or element.get("aria-label") or self.text_of(element) or element.get("title") or "").strip()

    def by_id(self, name: str) -> Element | None:
        """The element of this id."""
        return next((element for element in self.all() if element.get("id") == name), None)

    def text_of(self, element: Element | None) -> str:
        """The text an element says aloud, with the names of its pictures."""
        if element is None or element.get("aria-hidden") == "true" or local(element) in SILENT:
            return ""
        parts = [element.text or "", element.get("alt") or ""]
        if local(element) == "svg":
            parts.append(element.get("aria-label") or "")
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self.text_of(child))
            parts.append(child.tail or "")
        return " ".join(" ".join(parts).split())


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def where(element: Element) -> str:
    """How a finding names an element."""
    name = element.get("id") or element.get("name") or element.get("class") or ""
    return f"<{local(element)}{' ' + name if name else ''}>"


def read_page(html: str, lang: str) -> Page:
    """Read a page as a browser does, keeping the errors of its markup."""
    whole = html.lstrip()[:9].lower() == "<!doctype"
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    # A row of a table alone is not wrong: it is what a table receives, so a fragment is read inside its table.
    container = "tbody" if re.match(r"\s*<tr\b", html) else "tr" if re.match(r"\s*<t[dh]\b", html) else "div"
    root = parser.parse(html) if whole else parser.parseFragment(html, container=container)
    page = Page(html, lang, whole, root)
    page.errors = [f"line {line}: {code} {dict(data)}" for (line, _column), code, data in parser.errors]
    page.parents = {child: parent for parent in root.iter() for child in parent}
    start = Text("", "", lang, DIRECTIONS[lang], False, False, False)
    page.texts = list(_texts(root, start))
    return page


def _texts(element: Element, above: Text) -> Iterator[Text]:
    if not isinstance(element.tag, str) or local(element) in SILENT:
        return
    lang = element.get("lang") or above.lang
    direction = element.get("dir") or above.dir
    here = Text(
        text="",
        where=where(element),
        lang=lang,
        dir=direction,
        isolated=above.isolated or local(element) == "bdi" or (bool(element.get("dir")) and local(element) != "html"),
        code=above.code or local(element) in CODE,
        drawing=above.drawing or element.tag.startswith(SVG),
    )
    yield from _run(element.text, here)
    for name in SPOKEN_ATTRIBUTES:
        yield from _run(element.get(name), here, f"{here.where} {name}")
    for child in element:
        yield from _texts(child, here)
        yield from _run(child.tail, here)


def _run(text: str | None, here: Text, place: str | None = None) -> Iterator[Text]:
    if text and text.strip():
        where = place or here.where
        # An attribute is text of its own: the page's markup isolates nothing inside it.
        yield Text(text, where, here.lang, here.dir, here.isolated and place is None, here.code, here.drawing)
