"""The pieces of WordprocessingML that python-docx does not know: directions, complex fonts, fields, bookmarks.

Source: ECMA-376 part 1, 17.3.1.6 (bidi), 17.3.2.30 (rtl), 17.3.2.26 (rFonts), 17.4.1 (bidiVisual), 17.16 (fields).
"""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from app.paper.bidi import direction_of, runs

# Faces which Windows and LibreOffice have or replace well: a Word file carries no font.
ARABIC_FACE = "Sakkal Majalla"
LATIN_FACE = "Calibri"
LANGUAGES = {"ar": "ar-MA", "fr": "fr-FR", "en": "en-GB"}
_NUMBERS = re.compile(r"[+\d \u202f.:/-]+")


def element(name: str, **attributes: str) -> Any:
    """Make one element in the w: namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def put(properties: Any, name: str, **attributes: str) -> None:
    """Set a property of a paragraph, run, style or table; an older one of that name is replaced."""
    for old in properties.findall(qn(f"w:{name}")):
        properties.remove(old)
    properties.append(element(name, **attributes))


def style(document: Any, name: str, *, size: float, bold: bool = False, colour: str = "", rtl: bool) -> Any:
    """Give a style its Latin and Arabic face, size, weight and direction."""
    chosen = document.styles[name]
    chosen.font.size, chosen.font.bold, chosen.font.italic = Pt(size), bold, False
    if colour:
        chosen.font.color.rgb = RGBColor.from_string(colour)
    properties = chosen.element.get_or_add_rPr()
    put(properties, "rFonts", ascii=LATIN_FACE, hAnsi=LATIN_FACE, eastAsia=LATIN_FACE, cs=ARABIC_FACE)
    put(properties, "szCs", val=str(round(size * 2.3)))  # Arabic is set 15 % larger than the Latin beside it.
    put(properties, "bCs", val="1" if bold else "0")
    put(properties, "iCs", val="0")
    if rtl:
        put(chosen.element.get_or_add_pPr(), "bidi")
    _order(properties)
    return chosen


def write(paragraph: Any, text: str, lang: str, *, bold: bool | None = None) -> Any:
    """Add a text to a paragraph, one run a direction; the paragraph takes the direction of the language."""
    base = direction_of(lang)
    if base == "rtl":
        put(paragraph._p.get_or_add_pPr(), "bidi")
    elif _styled_rtl(paragraph):
        put(paragraph._p.get_or_add_pPr(), "bidi", val="0")
    for piece, way in runs(text, base):
        run = paragraph.add_run(_unbroken(piece) if way == "ltr" and base == "rtl" else piece)
        run.bold = bold
        properties = run._r.get_or_add_rPr()
        if bold:
            put(properties, "bCs")
        if way == "rtl":
            put(properties, "rtl")
            put(properties, "lang", val="fr-FR", bidi="ar-MA")
        else:
            put(properties, "lang", val=LANGUAGES.get(lang if base == "ltr" else "fr", "fr-FR"), bidi="ar-MA")
        _order(properties)
    return paragraph


def field(paragraph: Any, code: str, shown: str, *, rtl: bool) -> None:
    """Add a field (PAGE, NUMPAGES); `shown` stands until the program computes it."""
    start_field(paragraph, code, rtl=rtl)
    run = paragraph.add_run(shown)
    if rtl:
        put(run._r.get_or_add_rPr(), "rtl")
    end_field(paragraph)


def start_field(paragraph: Any, code: str, *, rtl: bool = False, dirty: bool = False) -> None:
    """Open a field whose result, up to `end_field`, may run over several paragraphs; dirty asks for a fresh result."""
    begin, instruction, separate = (paragraph.add_run() for _ in range(3))
    begin._r.append(element("fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {})))
    words = element("instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {code} "
    instruction._r.append(words)
    separate._r.append(element("fldChar", fldCharType="separate"))
    for run in (begin, instruction, separate):
        if rtl:
            run._r.insert(0, element("rPr"))
            run._r.rPr.append(element("rtl"))


def end_field(paragraph: Any) -> None:
    """Close the field opened last."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def pages(paragraph: Any, pattern: str, lang: str) -> None:
    """Write "page x of y": {page} and {total} of the pattern become fields."""
    for piece in re.split(r"(\{page\}|\{total\})", re.sub("[\u2066-\u2069]", "", pattern)):
        if piece in ("{page}", "{total}"):
            field(paragraph, "PAGE" if piece == "{page}" else "NUMPAGES", "1", rtl=direction_of(lang) == "rtl")
        elif piece:
            write(paragraph, piece, lang)


def table_direction(table: Any, lang: str) -> None:
    """Let the first column of a table stand where the language begins."""
    if direction_of(lang) == "rtl":
        table._tbl.tblPr.insert(0, element("bidiVisual"))
        style_of = table._tbl.tblPr.find(qn("w:tblStyle"))
        if style_of is not None:
            table._tbl.tblPr.insert(0, style_of)


def _styled_rtl(paragraph: Any) -> bool:
    properties = paragraph.style.element.pPr
    return properties is not None and properties.find(qn("w:bidi")) is not None


def _unbroken(piece: str) -> str:
    """Keep a spaced number on one line and in one piece, for programs that go by letters and not by runs."""
    return piece.replace(" ", "\u00a0") if _NUMBERS.fullmatch(piece) else piece


_RUN_ORDER = "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs highlight u vertAlign rtl cs lang"
_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind contextualSpacing jc "
    "outlineLvl rPr"
)


def _order(properties: Any) -> None:
    _sort(properties, _RUN_ORDER)


def _order_paragraph(properties: Any) -> None:
    _sort(properties, _PARAGRAPH_ORDER)


def _sort(properties: Any, order: str) -> None:
    """Put properties in the order of the schema: Word refuses a file that has them in another."""
    places = {qn(f"w:{name}"): at for at, name in enumerate(order.split())}
    children = sorted(properties, key=lambda child: places.get(child.tag, len(places)))
    for child in children:
        properties.append(child)


def tidy(document: Any) -> None:
    """Bring every paragraph's properties into the order of the schema, in body, tables and styles."""
    margins = [part._element for section in document.sections for part in (section.header, section.footer)]
    for root in (document.element, document.styles.element, *margins):
        for properties in root.iter(qn("w:pPr")):
            _order_paragraph(properties)
