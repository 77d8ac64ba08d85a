"""One line of a list, read into a person, a reserved seat or a rejected row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.text import clean, fold, looks_like_identity_number, mask_identity_numbers
from app.participants.importing.capacities import CategoryReader
from app.participants.importing.contacts import Read, read_mails, read_phones, says_nothing, told_apart
from app.participants.importing.dates import column_is_day_first, read_date
from app.participants.importing.lines import Line
from app.participants.importing.names import NameRead, in_order, is_formula, normal, read_name
from app.participants.importing.outcome import Row
from app.participants.importing.remarks import is_sensitive, status_remarked, status_said
from app.participants.importing.sheet import Sheet, Value
from app.participants.importing.titles import REMARKED_RANK, REPRESENTED
from app.participants.importing.wishes import WishReader
from app.territory.matching import NOT_FOUND, KnownBody, Match, Matcher
from app.territory.seed import HCP_CODE

_CHOICE = re.compile(fold(r"choix|choice|souhait|wish|رغب|اختيار|priorit|أولوي"))
"""Headings of columns of choices: «الرغبة الأولى» is a rank, "Atelier 1" a workshop."""
_DANGEROUS = re.compile(r"(?:HYPERLINK|WEBSERVICE|IMPORT|DDE|CALL|EXEC|FILTERXML|RTD|IMAGE|\|)", re.IGNORECASE)
_MARK = re.compile(r"^(?:x|✓|✔|☑|oui|yes|نعم|o|1\.0)$", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """What the title of a group says of the people under it."""

    area: str = ""
    body: KnownBody | None = None
    category: str = ""
    wish: str = ""


class PeopleReader:
    """Reads the lines of one sheet into rows; pure, one answer for one line."""

    def __init__(
        self,
        sheet: Sheet,
        lines: Sequence[Line],
        headings: dict[int, str],
        *,
        bodies: Matcher,
        wishes: WishReader,
        categories: CategoryReader,
        year: int | None,
    ) -> None:
        self._sheet, self._bodies, self._wishes, self._categories = sheet, bodies, wishes, categories
        self._year = year
        people = [line for line in lines if line.kind == "person"]
        self._has_wishes = any("wish" in line.cells for line in people)
        self._day_first = column_is_day_first([value for line in people for value in line.values("date")])
        columns = {number for line in people for number, _ in line.cells.get("wish", ())}
        named = {
            number: wishes.named(heading)
            for number in columns
            if not _CHOICE.search(fold(heading := headings.get(number, "")))
        }
        self._matrix = {n: code for n, code in named.items() if code} if len(columns) > 1 else {}
        self._section = Section()

    def group(self, text: str) -> None:
        """The title of a group: a region or province narrows the names, a body, category or workshop stands for all."""
        text, _ = normal(text)
        found = self._bodies.match(text)
        body = found.body if found.kind in ("code", "exact", "alias") else None
        section = Section(wish=self._wishes.named(text) or "" if re.search(r"\d|ورش|atelier", fold(text)) else "")
        if body is not None and body.kind in ("region", "province", "prefecture"):
            section.area = text
        elif body is not None:
            section.body = body
        elif not section.wish:
            section.category = self._categories.read(text, None)
        self._section = section

    def end_group(self) -> None:
        """A total closes the group above it."""
        self._section = Section()

    def row(self, line: Line) -> Row:
        """The person of a line, or the seat, or the reason for its rejection."""
        row = Row(self._sheet.name, line.row)
        name = self._name(line, row)
        row.role = self._kept(line.text_of("function"), row, "function") or name.role
        self._contacts(line, row)
        match = self._body(line, row, name)
        self._category(line, row, match.body, name)
        self._date(line, row)
        self._standing(line, row, name)
        self._remarks(line, row)
        row.honorific = self._kept(line.text_of("honorific"), row, "honorific") or name.honorific or row.honorific
        row.represented_by = row.represented_by or name.represented_by
        self._outcome(row, name)
        if row.outcome != "reserved":
            self._wish(line, row)
        if line.row in self._sheet.marks.hidden_rows:
            row.flag("hidden_row")
        return row

    def _kept(self, text: str, row: Row, field: str) -> str:
        """A text as it is kept: cleaned, without identity numbers, and never a formula."""
        if not text:
            return ""
        kept, turned = normal(text)
        if turned:
            row.flag("bidi_removed", field, kept)
        kept, masked = mask_identity_numbers(kept)
        if masked:
            row.flag("identity_number_dropped", field)
        return "" if is_formula(kept) else kept

    def _name(self, line: Line, row: Row) -> NameRead:
        parts = []
        formula = False
        for field in ("name", "given", "family"):
            for number, value in line.cells.get(field, ()):
                written = self._sheet.marks.formulas.get((line.row, number))
                if written and (_DANGEROUS.search(written) or not isinstance(value, str) or value == written):
                    formula = True
                elif isinstance(value, str) and not says_nothing(value):
                    parts.append((field, value))
        if len(parts) == 1 or any(field == "name" for field, _ in parts):
            text = " / ".join(value for _, value in parts)
        else:
            text = " ".join(in_order(parts))
        name = read_name(text, self._bodies)
        if formula and not name.is_named:
            name.formula = True
            name.flag("formula_in_name")
        row.name_ar, row.name_latin, row.name_zgh = name.ar, name.latin, name.zgh
        for code in name.flags:
            if code != "role_without_person":
                title = name.honorific or name.role
                row.flag(code, "name", "" if code == "identity_number_dropped" else text,
                         **({"title": title} if code == "title_in_name" else {}))  # fmt: skip
        return name

    def _contacts(self, line: Line, row: Row) -> None:
        phones, mails = Read(), Read()
        for field in ("phone", "mail"):
            for value in line.values(field):
                address, number = told_apart(value, is_mail=field == "mail")
                for said, read, into, where in (
                    (address, read_mails, mails, "email"), (number, read_phones, phones, "phone")
                ):  # fmt: skip
                    found = read(said) if said is not None else Read()
                    for each in found.values:
                        into.add(each)
                    for code in found.flags:
                        row.flag(code, where, said)
        row.phones = phones.values
        row.email = mails.values[0] if mails.values else ""
        if len(phones.values) > 1:
            row.flag("second_phone", "phone", phones.values[1])
        if len(mails.values) > 1:
            row.flag("second_email", "email", mails.values[1])

    def _body(self, line: Line, row: Row, name: NameRead) -> Match:
        said = self._kept(line.text_of("body"), row, "body")
        area = line.text_of("province")
        region = line.text_of("region")
        if region and self._bodies.area(clean(region)) is None and not said:
            said = self._kept(region, row, "body")
        match = self._bodies.match(said, province=area or region, code=line.text_of("body_code"))
        if match.kind == "ambiguous" and not (area or region) and self._section.area:
            # The title of the group decides between homonyms; it never contradicts a name that is clear.
            narrowed = self._bodies.match(said, province=self._section.area)
            match = match if narrowed.wrong_province else narrowed
        if match.kind in ("none", "proposed"):
            inside = next((found for text in (said, row.role, name.role) if text
                           and (found := self._bodies.mentioned(text)).bodies), NOT_FOUND)  # fmt: skip
            if inside.bodies:
                match = inside
            elif match.kind == "none" and not said and self._section.body:
                match = Match("exact", (self._section.body,))
        row.body_match = match.kind
        if match.body is not None:
            row.body_id = match.body.id
            row.body_code = match.body.code if match.body.code and HCP_CODE.fullmatch(match.body.code) else ""
        self._flag_body(row, match, said, area or region)
        return match

    def _flag_body(self, row: Row, match: Match, said: str, area: str) -> None:
        if match.kind == "none" and said:
            row.flag("body_unknown", "body", said)
        if match.kind in ("ambiguous", "proposed"):
            row.body_choices = tuple(body.id for body in match.bodies)
            choices = [self._label(body) for body in match.bodies]
            row.flag(f"body_{match.kind}", "body", said, choices="، ".join(choices))
        if match.wrong_province:
            row.flag("body_wrong_province", "body", said, province=clean(area))

    def _label(self, body: KnownBody) -> str:
        province = self._bodies.province_of(body)
        return f"{body.names[0]} ({province.names[0]})" if province and province is not body else body.names[0]

    def _category(self, line: Line, row: Row, body: KnownBody | None, name: NameRead) -> None:
        texts = [line.text_of("category"), row.role, name.role]
        found = next((code for text in texts if text and (code := self._categories.read(text, body))), "")
        if not found and body is not None and body.kind == "partner":
            found = self._categories.labelled("partner")
        row.category = found or self._section.category
        if not row.category and any(texts):
            row.flag("category_unknown", "category", next(text for text in texts if text))

    def _date(self, line: Line, row: Row) -> None:
        for value in line.values("date"):
            read = read_date(value, year=self._year, day_first=self._day_first or None)
            row.registered_on = row.registered_on or read.day
            if read.flag:
                pair = {"first": str(read.first), "second": str(read.second)} if read.first else {}
                row.flag(read.flag, "registered_on", value, **pair)
            if read.day and self._year and not self._year - 2 <= read.day.year <= self._year + 1:
                row.flag("date_implausible", "registered_on", value)

    def _standing(self, line: Line, row: Row, name: NameRead) -> None:
        row.status = status_said(" ".join(line.texts("status"))) or name.status
        name_cells = [(line.row, n) for field in ("name", "given", "family") for n, _ in line.cells.get(field, ())]
        if name_cells and all(cell in self._sheet.marks.struck for cell in name_cells):
            row.status = "cancelled"
            row.flag("struck_out")

    def _remarks(self, line: Line, row: Row) -> None:
        for cell in line.values("identity"):
            if cell is not None and not (isinstance(cell, str) and says_nothing(cell)):
                row.flag("identity_number_dropped", "identity")
        for field in ("ignored", "index"):
            if any(isinstance(v, str) and looks_like_identity_number(v) for v in line.values(field)):
                row.flag("identity_number_dropped", "identity")
        row.represented_by = self._kept(line.text_of("represented_by"), row, "represented_by")
        notes = self._kept(line.text_of("notes"), row, "notes")
        if not notes:
            return
        if found := REMARKED_RANK.search(notes):
            row.honorific = found.group(1) or found.group(2)
        if (found := REPRESENTED.search(notes)) and not row.represented_by:
            row.represented_by = found.group(1).strip()
        row.status = row.status or status_remarked(notes)
        if is_sensitive(notes):
            row.flag("sensitive_dropped", "notes")
        else:
            row.notes = notes

    def _outcome(self, row: Row, name: NameRead) -> None:
        if name.is_named:
            return
        if not name.formula and (name.reserved or row.role):
            row.outcome = "reserved"
            row.flag("role_without_person", "name")
            return
        row.outcome = "rejected"
        if not name.formula:
            row.flag("name_missing", "name")

    def _wish(self, line: Line, row: Row) -> None:
        cells = line.cells.get("wish", [])
        ranked: list[tuple[int, str]] = []
        codes: list[str] = []
        for number, value in cells:
            marked = self._matrix.get(number)
            if marked and (rank := _rank(value)):
                ranked.append((rank, marked))
            elif not marked:
                read = self._wishes.read(value)
                codes += read.codes
                for code in read.flags:
                    row.flag(code, "wishes", value, **self._choices(read.codes))
        codes = [code for _, code in sorted(ranked, key=lambda each: each[0])] + codes
        row.wishes = list(dict.fromkeys(codes)) or ([self._section.wish] if self._section.wish else [])
        if len(row.wishes) > 1:
            row.flag("two_wishes", "wishes", **self._choices(tuple(row.wishes)))
        if row.wishes:
            row.flags = [flag for flag in row.flags if flag.code != "no_workshop"]
        elif self._has_wishes and not any(flag.code == "wish_unknown" for flag in row.flags):
            row.flag("no_workshop", "wishes")

    @staticmethod
    def _choices(codes: Sequence[str]) -> dict[str, str]:
        return {"choices": "، ".join(codes)} if len(codes) > 1 else {}


def _rank(value: Value) -> int:
    """The rank a cell of a column of one workshop gives it: a cross is first, a number its rank, nothing is none."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return int(value) if 0 < value < 50 else 0
    if not isinstance(value, str):
        return 0
    text = clean(value)
    return int(text) if text.isdecimal() and int(text) < 50 else int(bool(_MARK.match(text)))
