"""Computing the hashes of published editions again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.publication import queries
from app.publication.canonical import hash_of, hash_text
from app.publication.models import Edition


@dataclass(frozen=True)
class Finding:
    """One thing that is not what was published."""

    meeting: str
    edition: int
    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.meeting} edition {self.edition}, {self.what}: {self.reason}"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def verify() -> tuple[list[dict[str, Any]], list[Finding]]:
    """Every published edition with its counts, and everything that does not fit, in order."""
    editions, findings = [], []
    newest: dict[str, int] = {}
    rows = queries.all_editions()
    for edition, _slug in rows:
        newest[edition.meeting_id] = edition.number
    before: dict[str, str] = {}
    for edition, slug in rows:
        last = newest[edition.meeting_id] == edition.number
        found = _check(edition, previous=before.get(edition.meeting_id, ""), last=last)
        findings += [Finding(slug, edition.number, what, reason) for what, reason in found]
        before[edition.meeting_id] = edition.sha256
        editions.append(
            {"meeting": slug, "number": edition.number, "sha256": edition.sha256,
             "texts": len(queries.texts(edition)), "documents": len(queries.contents(edition))}
        )  # fmt: skip
    return editions, findings


def _check(edition: Edition, *, previous: str, last: bool) -> Iterator[tuple[str, str]]:
    if hash_of(edition.snapshot) != edition.sha256:
        yield "snapshot", "its content was altered"
    if edition.snapshot["edition"]["previous_sha256"] != previous:
        yield "snapshot", "does not follow the edition before it"
    items = {item["id"]: item for item in edition.snapshot["recommendations"]}
    yield from _check_texts(edition, items)
    for file in queries.contents(edition):
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            yield f"{file.kind} {file.lang}", "the document was altered"
    if last:
        yield from _check_place(items)


def _check_texts(edition: Edition, items: dict[str, Any]) -> Iterator[tuple[str, str]]:
    kept = {(row.recommendation_id, row.lang): row for row in queries.texts(edition)}
    for ident, item in items.items():
        for lang, text in item["texts"].items():
            name = f"text {item['reference'] or item['draft']} {lang}"
            if hash_text(text["body"]) != text["sha256"]:
                yield name, "is not the text of its hash"
            row = kept.pop((ident, lang), None)
            if row is None:
                yield name, "missing"
            elif row.text != text["body"] or row.sha256 != text["sha256"] or hash_text(row.text) != row.sha256:
                yield name, "was altered"
    for ident, lang in kept:
        yield f"text {ident} {lang}", "is not in the snapshot"


def _check_place(items: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts in place are those of the edition in force: they are frozen."""
    in_place = queries.bodies_in_place(items)
    for ident, item in items.items():
        for lang, text in item["texts"].items():
            if in_place.get((ident, lang)) != text["body"]:
                yield f"text {item['reference'] or item['draft']} {lang}", "the text in place is another"
