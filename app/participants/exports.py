"""What leaves the house about people: a person's own data, and the organiser's list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from app.jobs.queries import mails_to
from app.kernel.clock import Clock, stamp, to_wall
from app.kernel.languages import format_date, pick, t
from app.meetings.models import Meeting
from app.paper import sheets
from app.paper.pdf import render
from app.participants.actions.filling import snapshot
from app.participants.mails import code_shown
from app.participants.models import Participant
from app.participants.queries.listing import Wanted, body_names, everybody, titular_names, wish_codes
from app.participants.queries.people import history


def personal(participant: Participant) -> bytes:
    """Everything kept about somebody, as JSON they can read and take elsewhere (law 09-08, right of access)."""
    said = {key: value for key, value in snapshot(participant).items() if key != "wishes"}
    mails = mails_to(participant.email) if participant.email else []
    held = {
        "meeting": participant.meeting.title_ar, "code": participant.code, "status": participant.status,
        "registration": said | {"wishes": [wish.workshop.title_ar for wish in participant.wishes],
                                "other_phones": participant.other_phones},
        "source": participant.source,
        "consent": {"text_version": participant.privacy_version, "image": participant.image_consent,
                    "at": stamp(participant.consented_at) if participant.consented_at else None},
        "registered_at": stamp(participant.registered_at) if participant.registered_at else None,
        "history": [{"at": stamp(line.at), "what": line.kind, "by": line.actor_label, "values": line.values}
                    for line in history(participant)],
        "mails": [{"at": stamp(mail.queued_at), "subject": mail.subject}
                  for mail in mails if participant.id in (mail.key or "")],
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


MEDIA = {"xlsx": sheets.XLSX, "csv": sheets.CSV}
COLUMNS: tuple[tuple[str, float, sheets.Kind], ...] = (
    ("order", 8, "number"), ("code", 12, "code"), ("name_ar", 28, "text"), ("name_latin", 28, "text"),
    ("honorific", 12, "text"), ("rank", 20, "text"), ("post", 30, "text"), ("category", 24, "text"),
    ("body", 28, "text"), ("body_code", 14, "code"), ("province", 24, "text"), ("email", 28, "code"),
    ("phone", 18, "code"), ("wishes", 14, "code"), ("status", 18, "text"), ("titular", 26, "text"),
    ("language", 10, "text"), ("needs", 26, "text"), ("registered_on", 18, "moment"),
)  # fmt: skip


PRINTED = (("order", 0.4), ("name", 2.0), ("body", 1.6), ("category", 1.4), ("status", 1.0))


def people(meeting: Meeting, asked: Wanted, kind: str, lang: str) -> bytes:
    """The list as an address filters and orders it, every column; six queries however many people there are."""
    columns = [sheets.Column(t.plain(f"participants.sheet.{name}"), width, hold) for name, width, hold in COLUMNS]
    rows = rows_of(meeting, asked, lang)
    if kind == "csv":
        return sheets.csv_file(columns, rows)
    return sheets.xlsx(t.plain("nav.participants"), columns, rows, lang=lang)


def rows_of(meeting: Meeting, asked: Wanted, lang: str) -> Iterator[list[sheets.Cell]]:
    """One row a person, in the order of the address."""
    everyone = everybody(meeting, asked)
    wishes = wish_codes(meeting)
    names = body_names(lang)
    titulars = titular_names(meeting)
    words = {key: t.plain(key) for key in _words(everyone)}
    for number, one in enumerate(everyone, 1):
        body = one.body
        yield [
            number, code_shown(one.code), one.name_ar, one.name_latin, _title(one, words), one.rank, one.post,
            words[_category(one)], names.get(body.id, "") if body else one.body_text, (body.code or "") if body else "",
            names.get(body.parent_id or "", "") if body else "", one.email, one.phone, wishes.get(one.id, ""),
            words[f"participant.{one.status}"], titulars.get(one.titular_id or "", ""), words[f"lang.{one.language}"],
            one.needs, to_wall(one.registered_at, meeting.zone) if one.registered_at else None,
        ]  # fmt: skip


def _words(everyone: Iterable[Participant]) -> set[str]:
    keys = {f"participant.{one.status}" for one in everyone} | {_category(one) for one in everyone}
    keys |= {f"lang.{one.language}" for one in everyone}
    return keys | {"honorific.m", "honorific.f"}


def _category(one: Participant) -> str:
    return f"category.{one.category}.{one.address_form if one.address_form in ('m', 'f') else 'm'}"


def _title(one: Participant, words: Mapping[str, str]) -> str:
    return one.honorific or (words[f"honorific.{one.address_form}"] if one.address_form in ("m", "f") else "")


def paper(meeting: Meeting, asked: Wanted, lang: str, clock: Clock) -> bytes:
    """The list on paper: place in the order, name, body, capacity, state."""
    everyone = everybody(meeting, asked)
    names = body_names(lang)
    words = {key: t.plain(key) for key in _words(everyone)}
    rows = [
        [str(number), one.name, names.get(one.body_id or "", one.body_text), words[_category(one)],
         words[f"participant.{one.status}"]]
        for number, one in enumerate(everyone, 1)
    ]  # fmt: skip
    now = to_wall(clock.now(), meeting.zone)
    data = {
        "org": pick(meeting.organiser, "name", lang)[0] if meeting.organiser else "",
        "title": t.plain("nav.participants"), "subtitle": pick(meeting, "title", lang)[0],
        "columns": [{"title": t.plain(f"participants.sheet.{name}"), "width": width} for name, width in PRINTED],
        "groups": [{"rows": rows}], "empty": t.plain("empty.filter"), "landscape": True,
        "page": t.plain("paper.page", page="{page}", total="{total}"),
        "printed": t.plain("paper.printed", date=format_date(now), time=now.strftime("%H:%M")),
    }  # fmt: skip
    return render("list", data, lang=lang, title=t.plain("nav.participants"), made=clock.now())
