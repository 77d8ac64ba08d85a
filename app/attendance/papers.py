"""The papers of the door: badges, name tents, attendance sheets and certificates, worded in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Literal, cast

from app.attendance import codes, wording
from app.attendance.queries.badges import Holder
from app.attendance.queries.lists import DoorList
from app.kernel.clock import Clock
from app.kernel.languages import current_language, date_range, format_date, pick, speaking, t
from app.meetings.models import Meeting
from app.paper import pdf, shapes
from app.paper.words import page_pattern, printed_line
from app.participants.models import Participant

# The colour of the band on a badge; the word stands in it.
TONES: Mapping[str, shapes.Tone] = {
    "chair": "authority", "authority_regional": "authority", "governor_director": "authority", "president": "president",
    "elected": "elected", "commune_staff": "staff", "central_cadre": "administration",
    "central_admin": "administration", "territorial_admin": "administration", "partner": "partner", "guest": "guest",
}  # fmt: skip


def code_shown(code: str) -> str:
    """A code as people read it: 7K3M-PX9D."""
    return f"{code[:4]}-{code[4:]}" if len(code) == 8 else code


def _when(meeting: Meeting) -> str:
    place = pick(meeting, "place", current_language())[0]
    return t.plain("attendance.place_dates", place=place, dates=date_range(meeting.starts_on, meeting.ends_on))


def _title(meeting: Meeting) -> str:
    return pick(meeting, "title", current_language())[0]


def organisation(meeting: Meeting) -> str:
    """Who holds the meeting, at the head of its papers."""
    return pick(meeting.organiser, "name", current_language())[0] if meeting.organiser is not None else ""


def _badge(holder: Holder) -> shapes.Badge:
    one = holder.participant
    badge: shapes.Badge = {
        "code": code_shown(one.code), "qr": codes.badge_text(one), "name_ar": one.name_ar or one.name_zgh,
        "name_latin": one.name_latin, "role": _in("ar", one), "role_latin": _in("fr", one),
        "workshops": [
            {"number": str(workshop.position), "label": wording.workshop_label(workshop),
             "room": wording.room_name(workshop.room)}
            for workshop in holder.workshops[:2]
        ],
    }  # fmt: skip
    if one.category in TONES:
        badge["tone"] = TONES[one.category]
    badge |= cast(shapes.Badge, _bodies(one))
    return badge


def _in(lang: str, one: Participant) -> str:
    with speaking(lang):
        return wording.category_word(one.category, one.address_form)


def _bodies(one: Participant) -> dict[str, str]:
    if one.body is None:
        return {"body": one.body_text}
    if one.body.kind == "commune":
        with_kind = {"body": f"{t.plain('body.commune', lang='ar')} {one.body.name_ar}"}
        french = one.body.name_fr
        return with_kind | ({"body_latin": f"{t.plain('body.commune', lang='fr')} {_de(french)}"} if french else {})
    return {"body": one.body.name_ar, "body_latin": one.body.name_fr}


def _de(name: str) -> str:
    """`de` before a name of a commune, elided before a vowel: Commune d’Aït Melloul."""
    return f"d’{name}" if name[:1].upper() in "AEIOUÉÈÊÂÎÏÔÛY" else f"de {name}"


def badges(meeting: Meeting, holders: Iterable[Holder], *, per_sheet: Literal[4, 8]) -> bytes:
    """Badges on sheets of A4 with cutting marks."""
    data: shapes.Badges = {
        "per_sheet": per_sheet, "meeting": _title(meeting), "when": _when(meeting),
        "badges": [_badge(holder) for holder in holders],
    }  # fmt: skip
    return _render("badges", data, t.plain("nav.badges"))


def tents(meeting: Meeting, holders: Iterable[Holder]) -> bytes:
    """Name tents, one sheet a person, folded across."""
    data: shapes.Tents = {
        "meeting": _title(meeting),
        "tents": [
            {"name_ar": one.name_ar or one.name_zgh, "name_latin": one.name_latin, "role": one.post or _in("ar", one),
             "body": wording.body_name(one), "tone": TONES.get(one.category, "guest")}
            for one in (holder.participant for holder in holders)
        ],
    }  # fmt: skip
    return _render("tents", data, t.plain("attendance.tents"))


def signatures(
    meeting: Meeting, people: Sequence[Participant], delegates: Mapping[str, Participant], lists: Sequence[DoorList],
    clock: Clock, *, address: str,
) -> bytes:  # fmt: skip
    """The attendance sheet of these half-days, in the order of precedence, by category."""
    days = list(dict.fromkeys(one.day for one in lists))
    when = format_date(days[0], weekday=True) if len(days) == 1 else date_range(days[0], days[-1])
    data: shapes.SignatureSheet = {
        "org": organisation(meeting), "title": t.plain("paper.attendance"), "meeting": _title(meeting), "when": when,
        "order": t.plain("paper.precedence"),
        "columns": {
            "order": t.plain("paper.column.order"), "name": t.plain("paper.column.name"),
            "category": t.plain("form.category.label"), "body": t.plain("attendance.body"),
            "signatures": [_column(one, several=len(days) > 1) for one in lists],
        },
        "groups": _groups(people, delegates), "printed": _printed(clock, meeting),
        "page": page_pattern(current_language()), "qr": address, "landscape": len(lists) > 2,
    }  # fmt: skip
    return _render("signature", data, t.plain("paper.attendance"))


def _column(one: DoorList, *, several: bool) -> str:
    if one.sitting is not None:
        return t.plain("paper.column.signature")
    half = wording.half_word(one)
    return (
        f"{format_date(one.day)}, {half}"
        if several and current_language() != "ar"
        else (f"{format_date(one.day)}، {half}" if several else half)
    )


def _groups(people: Sequence[Participant], delegates: Mapping[str, Participant]) -> list[shapes.SignatureGroup]:
    groups: list[shapes.SignatureGroup] = []
    order = 0
    for category, members in groupby(people, key=lambda one: one.category):
        rows: list[shapes.SignatureRow] = []
        for one in members:
            order += 1
            rows.append(_row(order, one, delegates.get(one.id)))
        groups.append({"title": wording.category_word(category), "rows": rows})
    return groups


def _row(order: int, one: Participant, delegate: Participant | None) -> shapes.SignatureRow:
    row: shapes.SignatureRow = {
        "order": order, "name": " ".join(part for part in (_honorific(one), wording.shown_name(one)) if part),
        "category": wording.category_word(one.category, one.address_form), "body": wording.body_name(one),
    }  # fmt: skip
    if delegate is not None:
        row["note"] = t.plain("attendance.represented_by", delegate=wording.shown_name(delegate))
    return row


def _honorific(one: Participant) -> str:
    """The form of address that was typed, else the usual one of a man or a woman."""
    if one.honorific:
        return one.honorific
    return t.plain(f"honorific.{one.address_form}") if one.address_form in ("m", "f") else ""


def _printed(clock: Clock, meeting: Meeting) -> str:
    return printed_line(clock.now(), lang=current_language(), zone=meeting.zone)


def certificates(meeting: Meeting, people: Iterable[Participant], clock: Clock, *, check: str) -> bytes:
    """The certificates of people who were there, one a page; `check` is the address their code leads to."""
    data: shapes.Certificates = {"certificates": [_certificate(meeting, one, clock, check=check) for one in people]}
    return _render("certificate", data, t.plain("paper.certificate"))


def _certificate(meeting: Meeting, one: Participant, clock: Clock, *, check: str) -> shapes.Certificate:
    name = wording.shown_name(one)
    other = one.name_latin if name != one.name_latin else one.name_ar
    body = t.plain(
        "paper.certificate.body", organiser=organisation(meeting), honorific=_honorific(one), name=name,
        body=wording.body_name(one), meeting=_title(meeting), dates=date_range(meeting.starts_on, meeting.ends_on),
        place=pick(meeting, "place", current_language())[0],
    )  # fmt: skip
    data: shapes.Certificate = {
        "org": [line for line in (t.plain("site.kingdom"), organisation(meeting)) if line],
        "title": t.plain("paper.certificate"), "name": name, "body": body,
        "place_date": t.plain(
            "attendance.made_at", place=pick(meeting, "place", current_language())[0],
            date=format_date(clock.today(meeting.zone)),
        ),
        "check": t.plain("attendance.certificate_check", code=code_shown(one.code)), "qr": check,
    }  # fmt: skip
    if other and other != name:
        data["name_other"] = other
    return data


def _render(template: str, data: Mapping[str, Any], title: str, made: datetime | None = None) -> bytes:
    return pdf.render(template, data, lang=current_language(), title=title, made=made)
