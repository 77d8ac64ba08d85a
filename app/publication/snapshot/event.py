"""What a snapshot says of the meeting itself: its texts, programme, agenda, categories, documents and quotations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from app.kernel.clock import stamp
from app.meetings import queries
from app.meetings.models import Document, Meeting, Programme, Sitting, Speaker, Workshop
from app.territory.models import Body

CODES = ("ar", "fr", "en", "zgh")


def texts(thing: Any, field: str) -> dict[str, str]:
    """The field in every language it has."""
    found = {code: getattr(thing, f"{field}_{code}", "") for code in CODES}
    return {code: text for code, text in found.items() if text}


def day(value: date | datetime | None) -> str | None:
    """A day or a wall time as ISO 8601 writes it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if value else None


def body(row: Body | None) -> dict[str, Any] | None:
    """A body by its code and names."""
    return {"code": row.code, "kind": row.kind, "name": texts(row, "name")} if row else None


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """The meeting's own texts, place and days; nothing of the registration and nobody's contact."""
    fields = ("title", "short", "kicker", "lead", "article", "place", "venue")
    return {
        "slug": meeting.slug, "code": meeting.code, "kind": meeting.kind, "lang": meeting.lang,
        "starts_on": day(meeting.starts_on), "ends_on": day(meeting.ends_on), "zone": meeting.zone,
        "published_on": day(meeting.published_on), "channel_url": meeting.channel_url,
        "formulas": list(meeting.formulas or []), "commune": body(meeting.commune),
        "organiser": body(meeting.organiser), "host": body(meeting.host),
        **{field: texts(meeting, field) for field in fields},
    }  # fmt: skip


def of_programme(programme: Programme, counted: int) -> dict[str, Any]:
    """The programme with its ordered axes, tracks and partners."""
    lists = ("objectives", "capacity_fields", "beneficiaries", "phases", "track_words")
    fields = ("name", "criteria", "extension", "coordinator", "membership_note")
    return {
        "slug": programme.slug, "acronym": programme.acronym, "launch_year": programme.launch_year,
        "years": programme.years, "starts_on": day(programme.starts_on), "ends_on": day(programme.ends_on),
        "owner": body(programme.owner), "partners": [body(row.body) for row in programme.partners],
        "announced_communes": programme.announced_communes, "counted_communes": counted,
        "axes": [{"number": row.position, "title": texts(row, "title")} for row in programme.axes],
        "tracks": [{"number": row.position, "title": texts(row, "title")} for row in programme.tracks],
        **{name: [dict(one) for one in getattr(programme, name) or []] for name in lists},
        **{field: texts(programme, field) for field in fields},
    }  # fmt: skip


def of_workshops(workshops: Iterable[Workshop]) -> list[dict[str, Any]]:
    """The workshops in their order, with those who conduct them."""
    return [
        {
            "code": row.code, "letter": row.letter, "number": row.position, "track": row.track.position,
            "title": texts(row, "title"), "room": texts(row.room, "name") if row.room else {},
            "officers": [{"role": one.role, "name": texts(one, "name")} for one in row.officers],
        }
        for row in workshops
    ]  # fmt: skip


def of_agenda(sittings: Iterable[Sitting]) -> list[dict[str, Any]]:
    """The agenda in its order; hours are those of the wall, in the meeting's zone."""
    return [
        {
            "id": row.id, "kind": row.kind, "starts": day(row.starts), "ends": day(row.ends),
            "title": texts(row, "title"), "by": texts(row, "by"), "note": texts(row, "note"),
            "room": texts(row.room, "name") if row.room else {},
            "workshop": row.workshop.code if row.workshop else None, "live": row.live,
            "speakers": [_speaker(one) for one in row.speakers],
        }
        for row in sittings
    ]  # fmt: skip


def _speaker(row: Speaker) -> dict[str, Any]:
    return {field: texts(row, field) for field in ("honorific", "name", "rank", "post", "unit")}


def of_documents(rows: Iterable[Document]) -> list[dict[str, Any]]:
    """The public documents in the organiser's order; the telegram has its own place besides."""
    return [
        {
            "id": row.id, "kind": row.kind, "title": texts(row, "title"), "lang": row.lang, "url": row.url,
            "day": day(row.day), "sitting": row.sitting_id,
            "file": {"format": row.file.kind, "size": row.file.size, "sha256": row.file.sha256} if row.file else None,
        }
        for row in rows if row.visibility == "public"
    ]  # fmt: skip


def of_telegram(rows: Iterable[Document]) -> dict[str, Any] | None:
    """The telegram, whole and as sealed."""
    row = next((one for one in rows if one.kind == "telegram" and one.visibility == "public"), None)
    if row is None:
        return None
    return {
        "title": texts(row, "title"), "lang": row.lang, "text": row.text, "addressee": row.addressee,
        "occasion": row.occasion, "signatory": row.signatory,
        "sealed_at": stamp(row.sealed_at) if row.sealed_at else None,
    }  # fmt: skip


def of_event(meeting: Meeting) -> dict[str, Any]:
    """Everything of the meeting but its recommendations (about a dozen queries, whatever its size)."""
    programme = queries.programme_of(meeting)
    documents = queries.documents(meeting)
    return {
        "meeting": of_meeting(meeting),
        "programme": of_programme(programme, queries.count_members(programme, meeting.ends_on)),
        "categories": [row.code for row in queries.categories(meeting)],
        "workshops": of_workshops(queries.workshops(meeting)),
        "agenda": of_agenda(queries.sittings(meeting)),
        "quotes": [
            {"text": texts(row, "text"), "person": texts(row, "person"), "sitting": row.sitting_id}
            for row in queries.quotes(meeting)
        ],
        "documents": of_documents(documents),
        "streams": of_documents(queries.streams(meeting)),
        "telegram": of_telegram(documents),
    }
