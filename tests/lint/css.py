"""What a style sheet must keep for both directions: logical properties only, and Arabic left as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2

_PHYSICAL_NAME = re.compile(
    r"(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right)"
    r"|border-(?:left|right)(?:-(?:width|style|color))?"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|left|right|overflow-x|overflow-y"
)
_ALLOWED_NAMES = {"overflow-x", "overflow-y"}  # Logical overflow is not in every browser we serve.
_SIDE_VALUES = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])")
_SIDED = {"text-align", "text-align-last", "float", "clear", "caption-side", "justify-content", "justify-self",
          "justify-items", "background-position", "object-position", "transform-origin", "resize"}  # fmt: skip
_FOUR_SIDES = {"margin", "padding", "inset", "border-width", "border-style", "border-color", "scroll-margin",
               "scroll-padding"}  # fmt: skip
_NOT_ARABIC = re.compile(
    r""":lang\(["']?(?:fr|en|zgh)|:not\(:lang\(["']?ar|\[dir=["']?ltr|:dir\(ltr\)|\[lang\|?=["']?(?:fr|en|zgh)"""
)


def lint_css(source: str, name: str = "") -> list[str]:
    """The findings of a style sheet, each with its line."""
    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    return [f"{name}:{finding}" for finding in _rules(rules, latin=False)]


def _rules(nodes: list[Any], *, latin: bool) -> Iterator[str]:
    for node in nodes:
        if node.type == "error":
            yield f"{node.source_line}: {node.message}"
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword != "page":
            # A rule for every letter (@font-face) has no selector; what holds rules or declarations is read alike.
            yield from _block(node.content, latin=latin)
        elif node.type == "qualified-rule":
            yield from _block(node.content, latin=latin or _only_latin(tinycss2.serialize(node.prelude)))


def _block(content: list[Any], *, latin: bool) -> Iterator[str]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield from _declaration(node, latin=latin)
        else:
            yield from _rules([node], latin=latin)


def _only_latin(selector: str) -> bool:
    return all(_NOT_ARABIC.search(part) for part in selector.split(","))


def _declaration(node: Any, *, latin: bool) -> Iterator[str]:
    name, value = node.lower_name, tinycss2.serialize(node.value).strip().lower()
    place = f"{node.source_line}: {name}: {value}"
    if _PHYSICAL_NAME.fullmatch(name) and name not in _ALLOWED_NAMES:
        yield f"{place}: a side of the screen; say inline-start or inline-end"
    if name in _SIDED and _SIDE_VALUES.search(value):
        yield f"{place}: a side of the screen; say start or end"
    if name in _FOUR_SIDES and _uneven(node.value):
        yield f"{place}: the third value is not the fourth's match; use the -inline property"
    if name == "border-radius" and _uneven_corners(node.value):
        yield f"{place}: corners differ by side; use border-start-start-radius and its like"
    if name == "text-align" and value == "justify":
        yield f"{place}: Arabic is not justified by spaces"
    if not latin:
        yield from _arabic(name, value, place)


def _arabic(name: str, value: str, place: str) -> Iterator[str]:
    if name == "letter-spacing" and not re.fullmatch(r"0\w*|normal|inherit|unset|initial", value):
        yield f"{place}: breaks the joins of Arabic letters"
    if name in ("font-style", "font") and re.search(r"\b(italic|oblique)\b", value):
        yield f"{place}: Arabic has no italics"
    if name == "text-transform" and value not in ("none", "inherit", "unset", "initial"):
        yield f"{place}: Arabic has no capitals"


def _values(tokens: list[Any]) -> list[str]:
    parts = [[]]  # type: list[list[Any]]
    for token in tokens:
        if token.type == "whitespace":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip().lower() for part in parts if part]


def _uneven(tokens: list[Any]) -> bool:
    values = _values(tokens)
    return len(values) == 4 and values[1] != values[3]


def _uneven_corners(tokens: list[Any]) -> bool:
    values = _values(tokens)
    if "/" in values or len(values) < 2:
        return "/" in values
    start, end, low_end, low_start = (values * 2)[:4] if len(values) == 2 else (*values, *values[1:2])[:4]
    return start != end or low_end != low_start
