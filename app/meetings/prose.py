"""Running text as people type it, turned into paragraphs and lists; official formulas stay whole.

An empty line ends a paragraph; lines that begin with `-` or with a number and a full stop make a list; a line that
begins with `## ` is a heading. Nothing else is markup, and everything is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_BULLET = re.compile(r"[-*•]\s*(.+)")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(.+)")


def whole(text: str, formulas: Iterable[str]) -> Markup:
    """The text escaped, each official formula in it in a box that moves to the next line as one."""
    known = sorted((one for one in formulas if one), key=len, reverse=True)
    if not known:
        return escape(text)
    pieces = re.split("(" + "|".join(re.escape(one) for one in known) + ")", text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(piece) if piece in known else escape(piece) for piece in pieces
    )


def prose(text: str, formulas: Iterable[str] = ()) -> Markup:
    """The running text as paragraphs, headings and lists."""
    formulas = list(formulas)
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return Markup("\n").join(_block(block, formulas) for block in blocks)


def _block(block: str, formulas: list[str]) -> Markup:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if lines[0].startswith("## "):
        head = Markup("<h2>{}</h2>").format(whole(lines[0][3:], formulas))
        return head + (_block("\n".join(lines[1:]), formulas) if lines[1:] else "")
    for pattern, tag in ((_BULLET, "ul"), (_NUMBER, "ol")):
        found = [pattern.fullmatch(line) for line in lines]
        first = next((at for at, match in enumerate(found) if match), None)
        if first is not None and all(found[first:]):
            items = Markup("").join(
                Markup("<li>{}</li>").format(whole(match[1], formulas)) for match in found[first:] if match
            )
            lead = _paragraph(lines[:first], formulas)
            return lead + (Markup("<ul>{}</ul>") if tag == "ul" else Markup("<ol>{}</ol>")).format(items)
    return _paragraph(lines, formulas)


def _paragraph(lines: list[str], formulas: list[str]) -> Markup:
    if not lines:
        return Markup("")
    return Markup("<p>{}</p>").format(Markup("<br>").join(whole(line, formulas) for line in lines))
