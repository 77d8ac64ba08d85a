"""What each paper is made from: the words are final, in the language of the paper, and plain text.

Nothing here is translated or looked up: the caller words dates, counts, states and labels. A text may hold isolates
(U+2066 to U+2069); phones, codes, dates and percentages are isolated anyway. Where a field is optional, leaving it
out and leaving it empty mean the same. `qr` is always the text that the printed code holds. `page` is a pattern with
{page} and {total}. `printed` is the whole line that says when the paper was printed.
"""

from typing import Literal, NotRequired, TypedDict

Tone = Literal["authority", "president", "elected", "staff", "administration", "partner", "team", "guest"]
Glyph = Literal[
    "verified", "reported", "progress", "planned", "none", "blocked", "silent", "refused", "closed", "not_applicable",
    "waiting", "adopted", "amended", "deferred", "not_adopted",
]  # fmt: skip


class BadgePlace(TypedDict):
    """A workshop on a badge: its number in the star, its label and its room."""

    number: str
    label: str
    room: NotRequired[str]


class Badge(TypedDict):
    """One person's badge; of the two names, bodies and roles, one may be missing."""

    code: str
    qr: str
    name_ar: str
    name_latin: str
    role: str
    role_latin: NotRequired[str]
    tone: NotRequired[Tone]
    body: NotRequired[str]
    body_latin: NotRequired[str]
    workshops: NotRequired[list[BadgePlace]]


class Badges(TypedDict):
    """Template `badges`: A4 sheets of four upright (96 x 138 mm) or eight flat (96 x 67 mm) badges to be cut."""

    per_sheet: Literal[4, 8]
    meeting: str
    when: str
    badges: list[Badge]


class Tent(TypedDict):
    """One name tent; the name is shown in both scripts when both are known."""

    name_ar: str
    name_latin: str
    role: NotRequired[str]
    body: NotRequired[str]
    tone: NotRequired[Tone]


class Tents(TypedDict):
    """Template `tents`: one A4 sheet a person, folded across; the same face on both sides."""

    meeting: str
    tents: list[Tent]


class SignatureColumns(TypedDict):
    """Headings of the attendance sheet; one entry of `signatures` for each half-day to be signed."""

    order: str
    name: str
    category: str
    body: str
    signatures: list[str]


class SignatureRow(TypedDict):
    """One person to sign; `note` stands small under the name (who is represented)."""

    order: int | str
    name: str
    note: NotRequired[str]
    category: NotRequired[str]
    body: NotRequired[str]


class SignatureGroup(TypedDict):
    """A category in order of precedence."""

    title: NotRequired[str]
    rows: list[SignatureRow]


class SignatureSheet(TypedDict):
    """Template `signature`: attendance sheet in order of precedence, headings repeated on each page."""

    org: str
    title: str
    meeting: str
    when: str
    order: NotRequired[str]
    columns: SignatureColumns
    groups: list[SignatureGroup]
    printed: str
    page: str
    landscape: NotRequired[bool]
    qr: NotRequired[str]


class Quote(TypedDict):
    """A quotation and who said it, when."""

    text: str
    by: str


class AgendaItem(TypedDict):
    """One sitting: its hour, its title, and who speaks or where."""

    time: str
    title: str
    detail: NotRequired[str]


class AgendaDay(TypedDict):
    """One day of the agenda."""

    title: str
    items: list[AgendaItem]


class Agenda(TypedDict):
    """Summary of the agenda."""

    title: str
    days: list[AgendaDay]


class ReportRecommendation(TypedDict):
    """One recommendation as published; `missing` says that its translation is not there and the original is shown."""

    number: str
    text: str
    status: str
    glyph: NotRequired[Glyph]
    addressee: NotRequired[str]
    due: NotRequired[str]
    missing: NotRequired[str]


class ReportTrack(TypedDict):
    """A track (or workshop) with its recommendations."""

    title: str
    subtitle: NotRequired[str]
    intro: NotRequired[str]
    recommendations: list[ReportRecommendation]


class Listed(TypedDict):
    """A document of the meeting: title, and format, size and language in words."""

    title: str
    meta: NotRequired[str]


class Documents(TypedDict):
    """The list of documents."""

    title: str
    items: list[Listed]


class Telegram(TypedDict):
    """The telegram of loyalty, on a page of its own, its text whole and untouched."""

    title: str
    paragraphs: list[str]
    signatory: NotRequired[str]


class Section(TypedDict):
    """A chapter of running text."""

    title: str
    paragraphs: list[str]


class Report(TypedDict):
    """Template `report` and `app.paper.word.report`: one edition, the same content in PDF and in Word."""

    org: list[str]
    title: str
    title_other: NotRequired[str]
    kicker: NotRequired[str]
    when: str
    edition: str
    summary: str
    hash: NotRequired[str]
    qr: NotRequired[str]
    live: NotRequired[str]
    draft: NotRequired[str]
    running: str
    contents: str
    page: str
    foreword: NotRequired[list[Section]]
    quotes: NotRequired[list[Quote]]
    agenda: NotRequired[Agenda]
    tracks: list[ReportTrack]
    documents: NotRequired[Documents]
    annexes: NotRequired[list[Section]]
    telegram: NotRequired[Telegram]


class Count(TypedDict):
    """One number of the council note: "251", its total in words ("من 282") and what it counts."""

    value: str
    label: str
    total: NotRequired[str]
    glyph: NotRequired[Glyph]


class NoteRow(TypedDict):
    """One commitment; `late` is a word added to its state, never instead of it."""

    number: str
    text: str
    status: str
    glyph: NotRequired[Glyph]
    due: NotRequired[str]
    late: NotRequired[str]
    next: NotRequired[str]


class NoteColumns(TypedDict):
    """Headings of the table of commitments."""

    number: str
    text: str
    status: str
    due: str


class OnePager(TypedDict):
    """Template `onepager`: the note which an elected official takes to the council session."""

    org: str
    kicker: str
    title: str
    sentence: str
    counts: list[Count]
    columns: NoteColumns
    rows: list[NoteRow]
    note: NotRequired[str]
    live: NotRequired[str]
    qr: NotRequired[str]
    printed: str
    page: str


class Certificate(TypedDict):
    """Template `certificate`: certificate of attendance; `body` is the worded sentence, `name` stands large."""

    org: list[str]
    title: str
    name: str
    name_other: NotRequired[str]
    body: str
    place_date: str
    signatory: NotRequired[list[str]]
    check: NotRequired[str]
    qr: NotRequired[str]


class Certificates(TypedDict):
    """The same template for several people, one page each."""

    certificates: list[Certificate]


class DoorItem(TypedDict):
    """What takes place in a room at an hour."""

    time: str
    title: str
    number: NotRequired[str]
    detail: NotRequired[str]


class Door(TypedDict):
    """One room's sign for one day."""

    room: str
    room_other: NotRequired[str]
    day: str
    items: list[DoorItem]
    qr: NotRequired[str]
    qr_label: NotRequired[str]


class Doors(TypedDict):
    """Template `door`: room signs, one page a room and day."""

    meeting: str
    doors: list[Door]


class ListColumn(TypedDict):
    """A column: heading, relative width, and whether its cells are codes (left to right) or left blank to write in."""

    title: str
    width: NotRequired[float]
    kind: NotRequired[Literal["text", "code", "blank"]]


class ListGroup(TypedDict):
    """Rows under a heading of their own; one text a column."""

    title: NotRequired[str]
    rows: list[list[str]]


class List(TypedDict):
    """Template `list`: any list. `filters` is the sentence that says which rows are shown; `lines` adds empty rows."""

    org: str
    title: str
    subtitle: NotRequired[str]
    filters: NotRequired[str]
    columns: list[ListColumn]
    groups: list[ListGroup]
    empty: NotRequired[str]
    lines: NotRequired[int]
    row_height: NotRequired[float]
    landscape: NotRequired[bool]
    qr: NotRequired[str]
    printed: str
    page: str


class Letter(TypedDict):
    """Template `letter`: a letter of invitation with its printed code and QR."""

    org: list[str]
    reference: NotRequired[str]
    place_date: str
    recipient: list[str]
    subject: str
    salutation: str
    paragraphs: list[str]
    code: NotRequired[str]
    code_label: NotRequired[str]
    qr: NotRequired[str]
    link: NotRequired[str]
    closing: NotRequired[str]
    signatory: NotRequired[list[str]]
    footer: NotRequired[str]
