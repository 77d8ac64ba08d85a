"""The report of an edition in one language, as PDF and Word take it; what has no translation says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.kernel.languages import date_range, format_date, isolate, t
from app.paper.shapes import Agenda, Documents, Glyph, Quote, Report, ReportRecommendation, ReportTrack, Telegram
from app.paper.words import page_pattern
from app.publication.papers.chapters import agenda, annexes, documents, foreword, with_function
from app.publication.snapshot.reading import Published, Snapshot, named, said

GLYPHS: Mapping[str, Glyph] = {
    "adopted": "adopted", "adopted_as_amended": "amended", "deferred": "deferred", "not_adopted": "not_adopted",
}  # fmt: skip


def report(snapshot: Snapshot, lang: str, url: str) -> Report:
    """The whole edition as a report; `url` is the page it lives on. A draft carries the word across each page."""
    meeting = snapshot.meeting
    data: Report = {
        "org": _organisation(snapshot, lang),
        "title": said(meeting["title"], lang)[0],
        "when": when(snapshot, lang),
        "edition": edition_line(snapshot, lang),
        "summary": _summary(snapshot, lang),
        "qr": url,
        "live": t.plain("paper.live_page", lang=lang, url=url.removeprefix("https://").removeprefix("http://")),
        "running": f"{said(meeting['short'], lang)[0] or data_title(snapshot, lang)} · {edition_line(snapshot, lang)}",
        "contents": t.plain("paper.contents", lang=lang),
        "page": page_pattern(lang),
        "foreword": foreword(snapshot, lang),
        "tracks": [_track(snapshot, one, lang) for one in snapshot.data["workshops"]],
        "annexes": annexes(snapshot, lang),
    }
    if snapshot.draft:
        data["draft"] = t.plain("paper.draft", lang=lang)
    else:
        data["hash"] = snapshot.sha256
    _add_optional(data, snapshot, lang)
    whole: Report = unbroken(data, meeting["formulas"])
    return whole


def unbroken(value: Any, formulas: Sequence[str]) -> Any:
    """The same words with every official formula on one line: its blanks become unbreakable."""
    if isinstance(value, dict):
        return {name: unbroken(one, formulas) for name, one in value.items()}
    if isinstance(value, list):
        return [unbroken(one, formulas) for one in value]
    if isinstance(value, str):
        for formula in sorted(formulas, key=len, reverse=True):
            value = value.replace(formula, formula.replace(" ", "\u00a0"))
    return value


def _add_optional(data: Report, snapshot: Snapshot, lang: str) -> None:
    meeting = snapshot.meeting
    if kicker := said(meeting["kicker"], lang)[0]:
        data["kicker"] = kicker
    if other := meeting["title"].get("fr" if lang == "ar" else "ar"):
        data["title_other"] = other
    if quotes := [_quote(snapshot, one, lang) for one in snapshot.data["quotes"]]:
        data["quotes"] = quotes
    lines: Agenda | None = agenda(snapshot, lang)
    if lines:
        data["agenda"] = lines
    listed: Documents | None = documents(snapshot, lang)
    if listed:
        data["documents"] = listed
    telegram = snapshot.data["telegram"]
    if telegram and telegram["text"]:
        data["telegram"] = _telegram(telegram)


def data_title(snapshot: Snapshot, lang: str) -> str:
    """The meeting's title in the language."""
    return said(snapshot.meeting["title"], lang)[0]


def when(snapshot: Snapshot, lang: str) -> str:
    """Place and days."""
    first, last = (date.fromisoformat(snapshot.meeting[end]) for end in ("starts_on", "ends_on"))
    days = date_range(first, last, lang=lang)
    place = said(snapshot.meeting["place"], lang)[0]
    return f"{place}{'، ' if lang == 'ar' else ', '}{days}" if place else days


def edition_line(snapshot: Snapshot, lang: str) -> str:
    """Which edition, and of which day; a draft has no day."""
    if snapshot.published_on is None:
        return t.plain("publication.edition_n", lang=lang, number=snapshot.number)
    return t.plain(
        "paper.edition", lang=lang, number=snapshot.number, date=format_date(snapshot.published_on, lang=lang)
    )


def _summary(snapshot: Snapshot, lang: str) -> str:
    count = t.plain("count.recommendations", lang=lang, count=len(snapshot.adopted))
    parts = [t.plain("paper.report", lang=lang), count]
    if snapshot.edition["erratum"]:
        parts.append(t.plain("publication.erratum_line", lang=lang, text=snapshot.edition["erratum"]))
    return " · ".join(parts)


def _organisation(snapshot: Snapshot, lang: str) -> list[str]:
    bodies = (snapshot.programme["owner"], snapshot.meeting["organiser"])
    names = [named(body["name"], lang)[0] for body in bodies if body]
    return list(dict.fromkeys(names)) or [data_title(snapshot, lang)]


def _quote(snapshot: Snapshot, quote: Mapping[str, Any], lang: str) -> Quote:
    text = said(quote["text"], lang)[0].strip("«»“” \u00a0\u202f")
    marks = {"ar": "«{}»", "fr": "«\u00a0{}\u00a0»"}.get(lang, "“{}”")
    sitting = next((one for one in snapshot.data["agenda"] if one["id"] == quote["sitting"]), None)
    by = [named(quote["person"], lang)[0], said(sitting["title"], lang)[0] if sitting else ""]
    return {"text": marks.format(text), "by": with_function(by, lang)}


def _track(snapshot: Snapshot, workshop: Mapping[str, Any], lang: str) -> ReportTrack:
    """One workshop with what it proposed: adopted by number, then what was deferred or not adopted."""
    items = [one for one in snapshot.recommendations if one.data["workshop"] == workshop["code"]]
    track = snapshot.tracks.get(workshop["track"])
    title = t.plain("meetings.workshop_n", lang=lang, number=workshop["number"])
    data: ReportTrack = {
        "title": title, "recommendations": [_recommendation(one, lang) for one in items], "intro": _intro(items, lang),
    }  # fmt: skip
    if name := said((track or workshop)["title"], lang)[0]:
        data["subtitle"] = name
    return data


def _intro(items: list[Published], lang: str) -> str:
    """How many were proposed and what became of them, one count a sentence; which text has authority."""
    sentences = [t.plain("paper.proposed", lang=lang, count=len(items))]
    for outcome in ("adopted", "adopted_as_amended", "deferred", "not_adopted"):
        if count := sum(1 for one in items if one.outcome == outcome):
            sentences.append(t.plain(f"paper.outcome.{outcome}", lang=lang, count=count))
    return " ".join([*sentences, t.plain("paper.authority", lang=lang)])


def _recommendation(item: Published, lang: str) -> ReportRecommendation:
    text, shown = item.shown(lang)
    data: ReportRecommendation = {
        "number": item.code, "text": text, "status": t.plain(f"text.{item.outcome}", lang=lang),
        "glyph": GLYPHS[item.outcome],
    }  # fmt: skip
    if addressee := addressees(item, lang):
        data["addressee"] = addressee
    if item.horizon:
        data["due"] = t.plain("publication.due", lang=lang, date=format_date(item.horizon, lang=lang))
    notes = _notes(item, lang, shown)
    if notes and shown != lang:
        data["missing"] = " · ".join(notes)
    elif notes:
        data["status"] = " · ".join([data["status"], *notes])
    return data


def _notes(item: Published, lang: str, shown: str) -> list[str]:
    """What a reader of this language must know of the text: no translation, or how far it is to be trusted."""
    notes = []
    if shown != lang:
        notes.append(t.plain("paper.not_translated", lang=lang))
    elif lang != item.authentic:
        notes.append(t.plain(f"text.translation.{item.data['texts'][lang]['translation']}", lang=lang))
    reason = item.decision["reason"] if item.decision and not item.adopted else ""
    if reason:
        notes.append(t.plain("publication.because", lang=lang, reason=reason))
    return notes


def addressees(item: Published, lang: str) -> str:
    """Those addressed, in their order; a group by its name."""
    names = [named(one["name"], lang)[0] for one in item.data["addressees"]]
    if item.data["addressee_group"]:
        names.insert(0, t.plain(f"publication.group.{item.data['addressee_group']}", lang=lang))
    return ("، " if lang == "ar" else ", ").join(isolate(name) for name in names)


def _telegram(telegram: Mapping[str, Any]) -> Telegram:
    paragraphs = [telegram["addressee"], telegram["occasion"], *telegram["text"].split("\n")]
    data: Telegram = {
        "title": said(telegram["title"], telegram["lang"])[0],
        "paragraphs": [one.strip() for one in paragraphs if one.strip()],
    }
    if telegram["signatory"]:
        data["signatory"] = telegram["signatory"]
    return data
