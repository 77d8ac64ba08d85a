"""One operation while it is applied, and what its answer shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock, stamp
from app.kernel.errors import Refusal
from app.meetings.models import Meeting, Workshop
from app.recommendations import queries, rules, states
from app.recommendations.actions import texts
from app.recommendations.advice import advice_of
from app.recommendations.models import Recommendation, Variant
from app.recommendations.queries import Author


class Waits(Exception):
    """The operation rests on one that has not arrived: keep it until this recommendation moves."""

    def __init__(self, ident: str) -> None:
        super().__init__(ident)
        self.ident = ident


@dataclass
class Act:
    """One operation while it is applied: on what, by whom, with which texts on which revisions."""

    workshop: Workshop
    meeting: Meeting
    ident: str
    kind: str
    base_rev: Mapping[str, int]
    fields: Mapping[str, str]
    data: Mapping[str, Any]
    actor: Actor
    author: Author
    clock: Clock
    op_id: str
    row: Recommendation | None = None
    variants: list[Variant] = field(default_factory=list)

    def check(self) -> None:
        """Refuse where capture is closed, the list frozen, or the actor has no right in this workshop."""
        require(self.actor, states.CAPTURE, self.workshop)
        rules.check_open(self.workshop, self.meeting, queries.frozen(self.workshop.id))
        found = queries.find(self.ident)
        if found is not None and found.workshop_id != self.workshop.id:
            raise Refusal("not_allowed", status=403)
        self.row = found
        self.fields = {name: texts.checked(self.meeting, name, text) for name, text in self.fields.items()}

    def here(self) -> Recommendation:
        """The recommendation, or wait for its creation."""
        if self.row is None:
            raise Waits(self.ident)
        return self.row

    def other(self, key: str) -> Recommendation:
        """Another recommendation that the operation names, or wait for it; refuses with `malformed`."""
        ident = self.data.get(key)
        if not isinstance(ident, str):
            raise Refusal("malformed", field=key)
        found = queries.in_meeting(self.meeting, ident)
        if found is None:
            raise Waits(ident)
        return found

    def wait_for_base(self) -> None:
        """Wait when a text rests on a revision that has not been made yet."""
        for name in self.fields:
            if self.base_rev.get(name, 0) > (texts.revision_of(self.row, name) if self.row else 0):
                raise Waits(self.ident)

    def take_fields(self) -> list[str]:
        """Take every text of the operation; gives the fields whose text in place changed."""
        row = self.here()
        changed = []
        for name, text in self.fields.items():
            if self._own_variant(name, text):
                continue
            before = texts.revision_of(row, name)
            variant = texts.take(
                recommendation=row, meeting=self.meeting, field=name, text=text, base_rev=self.base_rev.get(name, 0),
                author=self.author, clock=self.clock, op_id=self.op_id,
            )  # fmt: skip
            self.variants += [variant] if variant else []
            if texts.revision_of(row, name) != before:
                changed.append(name)
        return changed

    def _own_variant(self, name: str, text: str) -> bool:
        """Whether somebody goes on writing their own variant (`variant_of`: {field: id}); the text in place stays."""
        named = self.data.get("variant_of")
        ident = named.get(name) if isinstance(named, Mapping) else None
        variant = queries.find_variant(self.here(), str(ident)) if ident else None
        if variant is None or variant.resolved_at is not None:
            return False
        if (variant.field, variant.author_id) != (name, self.author.id):
            return False
        variant.text, variant.at = text, self.clock.now()
        self.variants.append(variant)
        return True

    def record(self, kind: str, subject: Any = None, *, fields: list[str] | None = None, ids: tuple[str, ...] = (),
               **values: Any) -> None:  # fmt: skip
        """One entry of the journal, with the number people say."""
        if subject is None:
            row = self.here()
            row.rev += 1
            row.changed_at = self.clock.now()
            subject, values = row, {"code": row.draft_code, "rev": row.rev} | values
        journal.record(f"recommendation.{kind}", subject, actor=self.actor, clock=self.clock, meeting=self.meeting,
                       fields=fields or (), values=values, ids=ids)  # fmt: skip

    def answer(self) -> dict[str, Any]:
        """The contract's answer: revisions and texts of the operation's fields, and the open variants."""
        row = self.row
        if row is None:
            return {"rev": 0, "fields": {}, "variants": []}
        found = {one.field: one for one in row.texts}
        texts_now = {
            name: {"rev": found[name].rev, "text": found[name].text} if name in found else {"rev": 0, "text": ""}
            for name in self.fields
        }
        variants = [variant_document(one) for one in queries.open_variants([row.id])]
        return {"rev": row.rev, "fields": texts_now, "variants": variants, "id": row.id, "code": row.draft_code,
                "state": row.state, "position": row.position, "advice": advice_of(row).document(),
                "addressees": addressee_documents(row)}  # fmt: skip


def variant_document(variant: Variant) -> dict[str, Any]:
    """A variant as the contract shows it."""
    return {"id": variant.id, "field": variant.field, "text": variant.text, "author": variant.author,
            "author_id": variant.author_id, "at": stamp(variant.at), "base_rev": variant.base_rev}  # fmt: skip


def addressee_documents(row: Recommendation) -> list[dict[str, Any]]:
    """The bodies of a recommendation, each with its names."""
    return [
        {"value": one.body.code or one.body_id, "label": {"ar": one.body.name_ar, "fr": one.body.name_fr}}
        for one in row.addressees
    ]
