"""The report of an edition as a Word file, for the last touch by the secretariat.

Its content and its order are those of the PDF of the same edition (`shapes.Report`); which one has authority is said
by whoever publishes them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.paper.bidi import LRI, PDI, bare, direction_of, first_strong
from app.paper.qr import qr_png
from app.paper.shapes import Agenda, Documents, ReportRecommendation, ReportTrack, Section, Telegram
from app.paper.shapes import Report as ReportData
from app.paper.word.parts import LANGUAGES, element, end_field, pages, start_field, style, table_direction, tidy, write

_GREEN, _SECOND = "0E4F3D", "3B4A47"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def report(data: ReportData, *, lang: str, made: datetime | None = None) -> bytes:
    """Make the report of an edition as .docx: headings, contents, numbered recommendations, page x of y.

    Arabic paragraphs carry w:bidi and their runs w:rtl with fonts and sizes for complex scripts; phones, codes and
    dates are runs of their own. `made` is written into the file as its time of creation.
    """
    document = Document()
    _properties(document, data, lang, made or _EPOCH)
    _styles(document, lang)
    _margins(document, data, lang)
    _Writer(document, lang).report(data)
    tidy(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Adds the chapters of one report to one document, in one language."""

    def __init__(self, document: Any, lang: str) -> None:
        self.document = document
        self.lang = lang

    def report(self, data: ReportData) -> None:
        self._cover(data)
        self._contents(data)
        for section in data.get("foreword", []):
            self._section(section)
        for quote in data.get("quotes", []):
            self._say(quote["text"], "Quote")
            self._say(quote["by"], "Source")
        if "agenda" in data:
            self._agenda(data["agenda"])
        for track in data["tracks"]:
            self._track(track)
        if "documents" in data:
            self._documents(data["documents"])
        for section in data.get("annexes", []):
            self._section(section)
        if "telegram" in data:
            self._telegram(data["telegram"])

    def _say(self, text: str, style_name: str, lang: str = "") -> Any:
        return write(self.document.add_paragraph(style=style_name), text, lang or self.lang)

    def _page(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _cover(self, data: ReportData) -> None:
        for line in data["org"]:
            self._say(line, "Facts")
        self._say(data["title"], "Title")
        self._say(data["when"], "Subtitle")
        if data.get("kicker"):
            self._say(data["kicker"], "Facts")
        if other := data.get("title_other"):
            self._say(other, "Facts", "ar" if first_strong(other) == "rtl" else "fr")
        write(self.document.add_paragraph(style="Facts"), data["edition"], self.lang, bold=True)
        self._say(data["summary"], "Facts")
        if data.get("draft"):
            write(self.document.add_paragraph(style="Subtitle"), data["draft"], self.lang, bold=True)
        if data.get("qr"):
            picture = self.document.add_paragraph(style="Facts")
            shape = picture.add_run().add_picture(BytesIO(qr_png(data["qr"], scale=8)), width=Mm(32))
            shape._inline.docPr.set("descr", data["qr"])
        if data.get("hash"):
            self._say(f"{LRI}SHA-256 {data['hash']}{PDI}", "Facts")
        self._page()

    def _contents(self, data: ReportData) -> None:
        self._say(data["contents"], "Contents heading")
        titles = [part["title"] for part in data.get("foreword", [])]
        titles += [data["agenda"]["title"]] if "agenda" in data else []
        titles += [part["title"] for part in data["tracks"]]
        titles += [data["documents"]["title"]] if "documents" in data else []
        titles += [part["title"] for part in data.get("annexes", [])]
        titles += [data["telegram"]["title"]] if "telegram" in data else []
        entries = [self.document.add_paragraph(style="Normal") for _ in titles]
        start_field(entries[0], 'TOC \\o "1-2" \\h \\z \\u', dirty=True)
        for entry, title in zip(entries, titles, strict=True):
            write(entry, title, self.lang)
        end_field(entries[-1])
        self._page()

    def _section(self, section: Section) -> None:
        self._say(section["title"], "Heading 1")
        for words in section["paragraphs"]:
            self._say(words, "Normal")

    def _agenda(self, agenda: Agenda) -> None:
        self._say(agenda["title"], "Heading 1")
        for day in agenda["days"]:
            self._say(day["title"], "Heading 2")
            table = self.document.add_table(rows=0, cols=2, style="Table Grid")
            table.autofit = False
            table_direction(table, self.lang)
            for column, width in zip(table.columns, (Mm(30), Mm(140)), strict=True):
                column.width = width
            for item in day["items"]:
                time, title = table.add_row().cells
                time.width, title.width = Mm(30), Mm(140)
                write(time.paragraphs[0], item["time"], self.lang)
                write(title.paragraphs[0], item["title"], self.lang, bold=True)
                if item.get("detail"):
                    write(title.add_paragraph(style="Facts"), item["detail"], self.lang)

    def _track(self, track: ReportTrack) -> None:
        heading = self._say(track["title"], "Heading 1")
        heading.paragraph_format.page_break_before = True
        if track.get("subtitle"):
            self._say(track["subtitle"], "Subtitle")
        if track.get("intro"):
            self._say(track["intro"], "Normal")
        for item in track["recommendations"]:
            self._recommendation(item)

    def _recommendation(self, item: ReportRecommendation) -> None:
        """Number and text in one paragraph, so that both are found and copied together; then who, when and state."""
        lang = self.lang
        if item.get("missing"):
            lang = "ar" if first_strong(item["text"]) == "rtl" else "fr"
        paragraph = self.document.add_paragraph(style="Recommendation")
        write(paragraph, item["number"], lang, bold=True)
        paragraph.add_run("\t")
        write(paragraph, item["text"], lang)
        facts = [item.get("addressee", ""), item.get("due", ""), item["status"], item.get("missing", "")]
        self._say(" · ".join(fact for fact in facts if fact), "Recommendation facts")

    def _documents(self, documents: Documents) -> None:
        self._say(documents["title"], "Heading 1")
        for item in documents["items"]:
            self._say(item["title"], "List Bullet")
            if item.get("meta"):
                self._say(item["meta"], "Recommendation facts")

    def _telegram(self, telegram: Telegram) -> None:
        heading = self._say(telegram["title"], "Heading 1")
        heading.paragraph_format.page_break_before = True
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for words in telegram["paragraphs"]:
            self._say(words, "Normal")
        if telegram.get("signatory"):
            write(self.document.add_paragraph(), telegram["signatory"], self.lang, bold=True)


def _properties(document: Any, data: ReportData, lang: str, made: datetime) -> None:
    core = document.core_properties
    core.title, core.author, core.subject = bare(data["title"]), bare(data["org"][-1]), bare(data["edition"])
    core.language, core.comments, core.keywords = LANGUAGES[lang], "", ""
    core.last_modified_by = core.author
    core.created = core.modified = made.astimezone(UTC).replace(tzinfo=None)
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), LANGUAGES["fr" if lang == "ar" else lang])
        old.set(qn("w:bidi"), "ar-MA")


def _styles(document: Any, lang: str) -> None:
    rtl = direction_of(lang) == "rtl"
    for name, base in _OWN_STYLES:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles[base]
    for name, size, bold, colour in _LOOK:
        style(document, name, size=size, bold=bold, colour=colour, rtl=rtl)
    document.styles["Normal"].paragraph_format.line_spacing = 1.25
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    hang = document.styles["Recommendation"].paragraph_format
    hang.left_indent, hang.first_line_indent = Mm(24), Mm(-24)
    hang.keep_with_next, hang.keep_together, hang.space_before = True, True, Pt(10)
    hang.tab_stops.add_tab_stop(Mm(24))
    facts = document.styles["Recommendation facts"].paragraph_format
    facts.left_indent, facts.space_after = Mm(24), Pt(8)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Quote"):
        _plain(document.styles[name])
    document.styles["Quote"].paragraph_format.space_before = Pt(10)


_OWN_STYLES: Iterable[tuple[str, str]] = [
    ("Facts", "Normal"), ("Source", "Normal"), ("Recommendation", "Normal"), ("Recommendation facts", "Normal"),
    ("Contents heading", "Normal"),
]  # fmt: skip
_LOOK: Iterable[tuple[str, float, bool, str]] = [
    ("Normal", 11.5, False, ""), ("Title", 26, True, _GREEN), ("Subtitle", 14, False, "14201B"),
    ("Heading 1", 19, True, _GREEN), ("Heading 2", 14, True, _GREEN), ("Quote", 12.5, False, "14201B"),
    ("List Bullet", 11.5, False, ""), ("Header", 9.5, False, _SECOND), ("Footer", 9.5, False, _SECOND),
    ("Facts", 10, False, _SECOND), ("Source", 10, False, _SECOND), ("Recommendation", 12.5, False, ""),
    ("Recommendation facts", 10, False, _SECOND), ("Contents heading", 19, True, _GREEN),
]  # fmt: skip


def _plain(chosen: Any) -> None:
    """Take away the rule, the letter-spacing and the theme faces that the built-in styles bring."""
    properties = chosen.element.get_or_add_rPr()
    for name in ("spacing", "kern"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    paragraph = chosen.element.get_or_add_pPr()
    for old in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(old)


def _margins(document: Any, data: ReportData, lang: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(22)
    inner, outer = Mm(22), Mm(16)
    section.right_margin, section.left_margin = (inner, outer) if lang == "ar" else (outer, inner)
    section.different_first_page_header_footer = True
    if lang == "ar":
        section._sectPr.find(qn("w:docGrid")).addprevious(element("bidi"))
    head = section.header.paragraphs[0]
    draft = data.get("draft", "")
    write(head, f"{data['running']} · {draft}" if draft else data["running"], lang)
    foot = section.footer.paragraphs[0]
    pages(foot, data["page"], lang)
    if data.get("live"):
        write(section.footer.add_paragraph(style="Footer"), data["live"], lang)
