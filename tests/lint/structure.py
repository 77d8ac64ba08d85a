"""What the markup of a page must keep: one heading, names for controls, no inline script, a token in each form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from tests.lint.page import DIRECTIONS, Page, local, where

Rule = Callable[[Page], Iterator[str]]

UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
LEFT_TO_RIGHT = {"email", "url", "tel", "password"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "headers")
_DATA = re.compile(r"application/(ld\+)?json|importmap")


def language(page: Page) -> Iterator[str]:
    """The page says its language and direction, and every passage in another language says both."""
    html = page.root if page.whole else None
    if html is not None and html.get("lang") != page.lang:
        yield f"<html> has lang={html.get('lang')!r} instead of {page.lang!r}"
    if html is not None and html.get("dir") != DIRECTIONS[page.lang]:
        yield f"<html> has dir={html.get('dir')!r} instead of {DIRECTIONS[page.lang]!r}"
    for element in page.all():
        expected = DIRECTIONS.get(element.get("lang", ""))
        said = element.get("dir")
        if expected is None or element is html:
            continue
        if said in ("ltr", "rtl") and said != expected:
            yield f"{where(element)} has lang={element.get('lang')!r} and dir={said!r}"
        if said is None and local(element) not in ("a", "bdi") and _direction_above(page, element) != expected:
            yield f"{where(element)} has lang={element.get('lang')!r} and no dir"


def _direction_above(page: Page, element: Element) -> str:
    for above in page.ancestors(element):
        if above.get("dir"):
            return above.get("dir") or ""
    return DIRECTIONS[page.lang]


def one_heading(page: Page) -> Iterator[str]:
    """A page has one h1 with words in it, and a title with words in it."""
    if not page.whole:
        return
    headings = list(page.all("h1"))
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
    if any(not page.text_of(heading) for heading in headings):
        yield "the h1 is empty"
    titles = [element for element in page.all("title") if element.tag == "title"]
    if len(titles) != 1 or not (titles[0].text or "").strip(" ·|-\n"):
        yield "the title is empty or missing"


def plain_where_plain(page: Page) -> Iterator[str]:
    """No markup stands in an attribute or a title, where it would be shown as letters."""
    markup = re.compile(r"</?(bdi|span|b|strong|em|a)\b")
    for element in page.all():
        if local(element) in ("title", "option", "textarea") and markup.search(element.text or ""):
            yield f"markup inside {where(element)}"
        for name, value in element.attrib.items():
            if name not in ("srcdoc", "value") and not name.startswith("data-") and markup.search(value):
                yield f"markup inside {where(element)} {name}"


def names(page: Page) -> Iterator[str]:
    """Every field has a label, every button and link says what it is."""
    labelled = {label.get("for") for label in page.all("label") if page.text_of(label)}
    for field in page.all("input", "select", "textarea", "meter", "progress"):
        if local(field) == "input" and field.get("type", "text") in UNLABELLED:
            continue
        around = any(local(above) == "label" and page.text_of(above) for above in page.ancestors(field))
        named = field.get("aria-label") or (field.get("aria-labelledby") and page.names(field))
        if not (around or named or (field.get("id") in labelled and field.get("id"))):
            yield f"{where(field)} has no label"
    for control in page.all("button", "a", "summary"):
        if local(control) == "a" and control.get("href") is None:
            continue
        if control.get("aria-hidden") == "true" and control.get("tabindex") == "-1":
            continue  # Neither heard nor reached: the first button of a form, which Enter presses.
        if not page.names(control) and not any(page.names(child) for child in control.iter("img")):
            yield f"{where(control)} has no name"


def ids(page: Page) -> Iterator[str]:
    """An id is given once, and what refers to one finds it."""
    counts = Counter(element.get("id") for element in page.all() if element.get("id") is not None)
    yield from (f"id {name!r} is given {count} times" for name, count in counts.items() if count > 1)
    if not page.whole:
        return
    for element in page.all():
        for name in REFERENCES:
            for target in (element.get(name) or "").split():
                if target not in counts:
                    yield f"{where(element)} {name} names {target!r}, which is not on the page"


def nothing_inline(page: Page) -> Iterator[str]:
    """No script, style or handler stands in the page: the content policy would refuse it."""
    for element in page.all():
        kind = element.get("type", "")
        if local(element) == "script" and not element.get("src") and not _DATA.fullmatch(kind):
            yield "inline script"
        if local(element) == "style":
            yield "inline style sheet"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{where(element)} has {name}="
            if value.strip().lower().startswith("javascript:"):
                yield f"{where(element)} has a javascript: address"


def pictures(page: Page) -> Iterator[str]:
    """A picture has an alt, a drawing is hidden or has a name."""
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"{where(image)} has no alt"
    for drawing in page.all("svg"):
        hidden = any(part.get("aria-hidden") == "true" for part in (drawing, *page.ancestors(drawing)))
        title = next((child for child in drawing if local(child) == "title"), None)
        named = drawing.get("aria-label") or drawing.get("aria-labelledby") or title is not None
        if not hidden and not (drawing.get("role") in ("img", "group", "graphics-document") and named):
            yield f"{where(drawing)} is neither hidden nor named"


def forms(page: Page) -> Iterator[str]:
    """Every form that writes carries the token, and none sends what it writes in an address."""
    for form in page.all("form"):
        if form.get("method", "get").lower() == "post":
            fields = {field.get("name") for field in form.iter("input")}
            if "csrf_token" not in fields:
                yield f"{where(form)} posts without csrf_token"


def directions_of_fields(page: Page) -> Iterator[str]:
    """Addresses, phones and passwords are typed left to right, free text in the direction of its own letters."""
    if DIRECTIONS[page.lang] == "ltr":
        return
    for field in page.all("input"):
        kind = field.get("type", "text")
        if kind in LEFT_TO_RIGHT and field.get("dir") != "ltr":
            yield f"{where(field)} of type {kind} has no dir=ltr"
        if kind in ("text", "search") and field.get("dir") is None:
            yield f"{where(field)} has no dir"
    for field in page.all("textarea"):
        if field.get("dir") is None:
            yield f"{where(field)} has no dir"


def tables(page: Page) -> Iterator[str]:
    """A table has headings, and says what it is about."""
    for table in page.all("table"):
        if table.get("role") in ("presentation", "none"):
            continue
        if next(table.iter("th"), None) is None:
            yield f"{where(table)} has no heading cell"
        named = table.get("aria-label") or page.by_id(table.get("aria-labelledby", "")) is not None
        if not (page.text_of(next(table.iter("caption"), None)) or named):
            yield f"{where(table)} has no caption"


def order_of_focus(page: Page) -> Iterator[str]:
    """Nothing is put before the order of the page."""
    for element in page.all():
        if element.get("tabindex", "0").lstrip("-").isdigit() and int(element.get("tabindex", "0")) > 0:
            yield f"{where(element)} has tabindex {element.get('tabindex')}"


RULES: list[Rule] = [
    language,
    one_heading,
    plain_where_plain,
    names,
    ids,
    nothing_inline,
    pictures,
    forms,
    directions_of_fields,
    tables,
    order_of_focus,
]
