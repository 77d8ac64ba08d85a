"""A snapshot as pages and papers read it: plain data with the few names that its readers share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.kernel.languages import LANGUAGES, current_language
from app.publication.states import ADOPTED


def said(texts: Mapping[str, str], lang: str | None = None) -> tuple[str, str]:
    """The text in the language, else in Arabic, French, English, Amazigh, and the language it is in."""
    lang = lang or current_language()
    for code in dict.fromkeys([lang, *LANGUAGES]):
        if texts.get(code):
            return texts[code], code
    return "", lang


def named(texts: Mapping[str, str], lang: str | None = None) -> tuple[str, str]:
    """The same for a name: a page in Latin letters takes the French spelling before the Arabic one."""
    lang = lang or current_language()
    return (texts["fr"], "fr") if lang == "en" and not texts.get("en") and texts.get("fr") else said(texts, lang)


class Published:
    """One recommendation of a snapshot."""

    def __init__(self, data: Mapping[str, Any], snapshot: Snapshot) -> None:
        self.data = data
        self.snapshot = snapshot
        self.id: str = data["id"]
        self.number: int | None = data["number"]
        self.outcome: str = data["outcome"]
        self.authentic: str = data["authentic"]
        self.horizon = date.fromisoformat(data["horizon"]) if data["horizon"] else None
        self.decision: Mapping[str, Any] | None = data["decision"]

    @property
    def code(self) -> str:
        """`2022/13`, or the draft code of what was not adopted."""
        return str(self.data["reference"] or self.data["draft"])

    @property
    def adopted(self) -> bool:
        return self.outcome in ADOPTED

    @property
    def bodies(self) -> dict[str, str]:
        """The body by language."""
        return {lang: text["body"] for lang, text in self.data["texts"].items() if text["body"]}

    @property
    def authentic_text(self) -> tuple[str, str]:
        """The text that has authority, and its language."""
        return said(self.bodies, self.authentic)

    def shown(self, lang: str | None = None) -> tuple[str, str]:
        """The text for a reader of this language, else the authentic one, and the language it is in."""
        lang = lang or current_language()
        return (self.bodies[lang], lang) if lang in self.bodies else self.authentic_text

    def title(self, lang: str | None = None) -> tuple[str, str]:
        """A short name: the title if it has one in the language of the text shown, else the text itself."""
        text, code = self.shown(lang)
        return self.data["texts"].get(code, {}).get("title") or text, code

    @cached_property
    def workshop(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.snapshot.workshops[self.data["workshop"]]
        return found

    @cached_property
    def axis(self) -> Mapping[str, Any] | None:
        return self.snapshot.axes.get(self.data["axis"])

    @cached_property
    def sitting(self) -> Mapping[str, Any] | None:
        """The sitting that decided on it."""
        wanted = self.decision["sitting"] if self.decision else None
        return next((one for one in self.snapshot.data["agenda"] if one["id"] == wanted), None)

    @property
    def decided_at(self) -> datetime | None:
        return datetime.fromisoformat(self.decision["at"]) if self.decision else None

    @property
    def captured_on(self) -> date:
        return date.fromisoformat(self.data["captured_on"])

    def addressees(self, role: str) -> list[Mapping[str, Any]]:
        """Those addressed in this role."""
        return [one for one in self.data["addressees"] if one["role"] == role]


class Snapshot:
    """The content of one edition."""

    def __init__(self, data: Mapping[str, Any], sha256: str = "") -> None:
        self.data = data
        self.sha256 = sha256
        self.meeting: Mapping[str, Any] = data["meeting"]
        self.programme: Mapping[str, Any] = data["programme"]
        self.edition: Mapping[str, Any] = data["edition"]
        self.number: int = data["edition"]["number"]
        self.workshops = {one["code"]: one for one in data["workshops"]}
        self.axes = {one["number"]: one for one in data["programme"]["axes"]}
        self.tracks = {one["number"]: one for one in data["programme"]["tracks"]}

    @cached_property
    def recommendations(self) -> list[Published]:
        return [Published(one, self) for one in self.data["recommendations"]]

    @property
    def adopted(self) -> list[Published]:
        return [one for one in self.recommendations if one.adopted]

    def numbered(self, number: int) -> Published | None:
        """The recommendation with this definitive number."""
        return next((one for one in self.recommendations if one.number == number), None)

    @property
    def published_on(self) -> date | None:
        day = self.edition["published_on"]
        return date.fromisoformat(day) if day else None

    @property
    def draft(self) -> bool:
        return self.edition["published_at"] is None
