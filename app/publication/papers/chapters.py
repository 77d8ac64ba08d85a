"""The chapters round the recommendations: the meeting, its programme, who took part, agenda, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from app.kernel.languages import file_size, format_date, isolate, list_join, t, time_range
from app.paper.shapes import Agenda, AgendaDay, AgendaItem, Documents, Listed, Section
from app.publication.snapshot.reading import Snapshot, named, said

SHOWN = 16  # digits of a hash on paper


def pair(key: str, value: str, lang: str) -> str:
    """`Term: value` as the language writes it."""
    return t.plain("publication.pair", lang=lang, term=t.plain(key, lang=lang), value=value)


def with_function(parts: Iterable[str], lang: str) -> str:
    """Parts of a line with the comma of the language between them, empty ones left out."""
    return ("، " if lang == "ar" else ", ").join(part for part in parts if part)


def foreword(snapshot: Snapshot, lang: str) -> list[Section]:
    """The meeting, its article, the programme with axes and tracks, and who took part."""
    sections = [
        _section("publication.chapter.meeting", _meeting(snapshot, lang), lang),
        _section("meetings.read_article", _article(snapshot, lang), lang),
        _section("publication.chapter.programme", _programme(snapshot, lang), lang),
        _section("meetings.axes", numbered(snapshot.programme["axes"], lang), lang),
        _section("meetings.tracks", _tracks(snapshot, lang), lang),
        _section("meetings.took_part", _categories(snapshot, lang), lang),
    ]
    return [one for one in sections if one["paragraphs"]]


def _section(key: str, paragraphs: list[str], lang: str) -> Section:
    return {"title": t.plain(key, lang=lang), "paragraphs": [one for one in paragraphs if one]}


def _meeting(snapshot: Snapshot, lang: str) -> list[str]:
    meeting = snapshot.meeting
    kind = t.plain(f"meetings.kind.{meeting['kind']}", lang=lang)
    lines = [said(meeting["lead"], lang)[0], pair("publication.kind", kind, lang)]
    places = [said(meeting[field], lang)[0] for field in ("venue", "place")]
    lines.append(pair("meetings.where", with_function(dict.fromkeys(places), lang), lang) if any(places) else "")
    for field in ("organiser", "host"):
        if meeting[field]:
            lines.append(pair(f"publication.{field}", named(meeting[field]["name"], lang)[0], lang))
    if meeting["published_on"]:
        day = format_date(date.fromisoformat(meeting["published_on"]), lang=lang)
        lines.append(t.plain("paper.published_on", lang=lang, date=day))
    lines.append(t.plain("meetings.published_in", lang=lang, language=t.plain(f"lang.{meeting['lang']}", lang=lang)))
    return lines


def _article(snapshot: Snapshot, lang: str) -> list[str]:
    """The article's paragraphs and lines; in another language than the report's it says so first."""
    text, shown = said(snapshot.meeting["article"], lang)
    lines = [line.strip().removeprefix("## ") for line in text.split("\n") if line.strip()]
    return [t.plain("paper.not_translated", lang=lang), *lines] if lines and shown != lang else lines


def _programme(snapshot: Snapshot, lang: str) -> list[str]:
    programme = snapshot.programme
    name = said(programme["name"], lang)[0]
    lines = [f"{name} ({isolate(programme['acronym'])})" if programme["acronym"] else name]
    if programme["launch_year"]:
        lines.append(pair("meetings.launched", str(programme["launch_year"]), lang))
    if programme["owner"]:
        lines.append(pair("meetings.owner", named(programme["owner"]["name"], lang)[0], lang))
    if programme["years"]:
        lines.append(pair("meetings.duration", t.plain("format.years", lang=lang, count=programme["years"]), lang))
    partners = [named(one["name"], lang)[0] for one in programme["partners"] if one]
    if partners:
        lines.append(pair("meetings.partners", list_join(partners, lang=lang), lang))
    for field in ("objectives", "capacity_fields", "beneficiaries", "phases"):
        listed = [said(one, lang)[0] for one in programme[field]]
        if listed:
            lines.append(pair(f"meetings.{field}", list_join(listed, lang=lang), lang))
    for field in ("announced", "counted"):
        if programme[f"{field}_communes"]:
            count = t.plain("meetings.target_communes", lang=lang, count=programme[f"{field}_communes"])
            lines.append(pair(f"meetings.{field}", count, lang))
    lines.append(said(programme["membership_note"], lang)[0])
    for field in ("coordinator", "criteria", "extension"):
        if text := said(programme[field], lang)[0]:
            lines.append(pair(f"meetings.{field}", text, lang))
    return lines


def numbered(rows: Iterable[Mapping[str, Any]], lang: str) -> list[str]:
    """The titles with their number before them."""
    return [f"{row['number']}. {said(row['title'], lang)[0]}" for row in rows]


def _tracks(snapshot: Snapshot, lang: str) -> list[str]:
    """The tracks, by whatever words their sources call them, with those who conduct their workshops."""
    called = [said(one, lang)[0] for one in snapshot.programme["track_words"]]
    lines = [t.plain("paper.also_called", lang=lang, words=list_join(called, lang=lang))] if called else []
    for row in snapshot.programme["tracks"]:
        lines.append(f"{row['number']}. {said(row['title'], lang)[0]}")
        for workshop in snapshot.data["workshops"]:
            if workshop["track"] == row["number"]:
                lines += _officers(workshop, lang)
    return lines


def _officers(workshop: Mapping[str, Any], lang: str) -> list[str]:
    return [
        pair(f"meetings.officer.{one['role']}", named(one["name"], lang)[0], lang)
        for one in workshop["officers"] if one["role"] in {"coordinator", "rapporteur"}
    ]  # fmt: skip


def _categories(snapshot: Snapshot, lang: str) -> list[str]:
    codes = snapshot.data["categories"]
    return [f"{number}. {_category(snapshot, code, lang)}" for number, code in enumerate(codes, 1)]


def _category(snapshot: Snapshot, code: str, lang: str) -> str:
    """A category by its plural; the authority that receives the meeting by its region."""
    host = snapshot.meeting["host"]
    if code == "authority_regional" and host and host["kind"] == "region":
        return t.plain("meetings.host_authority", lang=lang, region=named(host["name"], lang)[0])
    return t.plain(f"category.{code}.pl", lang=lang)


def agenda(snapshot: Snapshot, lang: str) -> Agenda | None:
    """The sittings by day, with who speaks and where."""
    lines = snapshot.data["agenda"]
    if not lines:
        return None
    days: list[AgendaDay] = []
    for day, sittings in groupby(lines, key=lambda one: one["starts"][:10]):
        title = format_date(date.fromisoformat(day), lang=lang, weekday=True)
        days.append({"title": title, "items": [_sitting(one, lang) for one in sittings]})
    return {"title": t.plain("nav.agenda", lang=lang), "days": days}


def _sitting(sitting: Mapping[str, Any], lang: str) -> AgendaItem:
    starts, ends = (datetime.fromisoformat(sitting[end]) for end in ("starts", "ends"))
    item: AgendaItem = {"time": time_range(starts, ends, lang=lang), "title": said(sitting["title"], lang)[0]}
    speakers = [speaker(one, lang) for one in sitting["speakers"]] or [said(sitting["by"], lang)[0]]
    detail = with_function([*speakers, said(sitting["room"], lang)[0]], lang)
    note = said(sitting["note"], lang)[0]
    if detail or note:
        item["detail"] = " · ".join(part for part in (detail, note) if part)
    return item


def speaker(person: Mapping[str, Any], lang: str) -> str:
    """Form of address and name, then rank and post: one man may be Wali and Director General."""
    latin = lang if lang == "ar" else ("en" if person["name"].get("en") and lang == "en" else "fr")
    words = {field: said(person[field], latin)[0] for field in ("honorific", "name", "rank", "post")}
    name = f"{words['honorific']} {words['name']}".strip()
    if words["rank"] and words["post"]:
        function = t.plain("meetings.rank_post", lang=lang, rank=words["rank"], post=words["post"])
    else:
        function = words["rank"] or words["post"]
    return t.plain("meetings.name_function", lang=lang, name=name, function=function) if function else name


def documents(snapshot: Snapshot, lang: str) -> Documents | None:
    """The documents in the organiser's order, then the broadcasts of each day and the channel."""
    items: list[Listed] = [_document(snapshot, one, lang) for one in snapshot.data["documents"]]
    items += [_document(snapshot, one, lang) for one in snapshot.data["streams"] if one["url"] or one["title"]]
    if channel := snapshot.meeting["channel_url"]:
        items.append({"title": t.plain("meetings.channel", lang=lang), "meta": channel})
    return {"title": t.plain("nav.documents", lang=lang), "items": items} if items else None


def _document(snapshot: Snapshot, document: Mapping[str, Any], lang: str) -> Listed:
    language = t.plain(f"lang.{document['lang']}", lang=lang)
    file = document["file"]
    if file:
        size = file_size(file["size"], lang=lang)
        meta = t.plain("document.meta", lang=lang, format=file["format"].upper(), size=size, language=language)
    else:
        meta = t.plain(f"document.{document['kind']}", lang=lang) if t.exists(f"document.{document['kind']}") else ""
    sitting = next((one for one in snapshot.data["agenda"] if one["id"] == document["sitting"]), None)
    day = format_date(date.fromisoformat(document["day"]), lang=lang) if document["day"] else ""
    shown = t.plain("paper.shown_in", lang=lang, sitting=said(sitting["title"], lang)[0]) if sitting else ""
    parts = (meta, day, shown, document["url"])
    return {"title": said(document["title"], lang)[0], "meta": " · ".join(part for part in parts if part)}


def annexes(snapshot: Snapshot, lang: str) -> list[Section]:
    """How to check the edition: the hash of each authentic text, the licence, and the erratum if it is one."""
    lines = [t.plain("paper.verify", lang=lang, digits=SHOWN, encoding="UTF-8"), *_hashes(snapshot)]
    sections: list[Section] = []
    if snapshot.edition["erratum"]:
        sections.append(_section("publication.erratum", [snapshot.edition["erratum"]], lang))
    if not snapshot.draft:
        sections.append(_section("publication.verify", lines, lang))
    terms = t.plain("publication.licence.text", lang=lang, licence="ODbL 1.0")
    sections.append(_section("publication.licence", [terms], lang))
    return sections


def _hashes(snapshot: Snapshot) -> list[str]:
    """The beginning of the hash of each authentic text, two on a line: enough to compare by eye."""
    found = [
        f"\u2066{item.code} {_grouped(item.data['texts'][item.authentic]['sha256'][:SHOWN])}\u2069"
        for item in snapshot.adopted if item.authentic in item.data["texts"]
    ]  # fmt: skip
    return [" · ".join(found[at : at + 2]) for at in range(0, len(found), 2)]


def _grouped(digits: str) -> str:
    return "\u00a0".join(digits[at : at + 4] for at in range(0, len(digits), 4))
