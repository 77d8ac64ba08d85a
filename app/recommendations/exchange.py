"""Recommendations in the file of a meeting: texts with their history and variants, links, hand-overs; no ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.kernel.clock import stamp
from app.kernel.database import db, new_id
from app.kernel.errors import Refusal
from app.kernel.text import fold
from app.meetings.exchange.refs import References
from app.meetings.exchange.sections import Loading
from app.meetings.models import Meeting
from app.recommendations import queries
from app.recommendations.models import Addressee, FieldText, HandOver, Link, Recommendation, Revision, Variant

PLAIN = (
    "serial", "position", "state", "origin", "authentic", "priority", "indicator", "addressee_group", "out_of_scope",
    "flagged", "note", "review_reason", "captured_by", "on_behalf_of", "number", "state_before_merge", "rev",
)  # fmt: skip
MOMENTS = ("read_at", "decided_at", "published_at", "created_at", "changed_at")
TEXT = ("field", "text", "rev", "translation", "based_on")
REVISION = ("field", "rev", "text", "author")
VARIANT = ("field", "text", "base_rev", "author", "resolution", "resolved_by")
HANDED = ("version", "by", "reopened_by", "reason")

_ROW: dict[str, Any] = {"type": "object"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["list"],
    "additionalProperties": False,
    "properties": {
        "list": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "workshop", "serial", "position", "state", "created_at", "texts"],
                "properties": {
                    "code": {"type": "string"}, "workshop": {"type": "string"}, "state": {"type": "string"},
                    "serial": {"type": "integer", "minimum": 1}, "position": {"type": "integer", "minimum": 1},
                    "created_at": {"type": "string"}, "horizon": {"type": "string", "format": "date"},
                    "texts": {"type": "array", "items": {**_ROW, "required": ["field", "text", "rev"]}},
                    "revisions": {"type": "array", "items": {**_ROW, "required": ["field", "text", "rev", "at"]}},
                    "variants": {"type": "array", "items": {**_ROW, "required": ["field", "text", "base_rev", "at"]}},
                    "addressees": {"type": "array", "items": {**_ROW, "required": ["body"]}},
                },
            },
        },
        "links": {"type": "array", "items": {**_ROW, "required": ["from", "to", "kind"]}},
        "hand_overs": {"type": "array", "items": {**_ROW, "required": ["workshop", "version", "at"]}},
    },
}  # fmt: skip


def dump(meeting: Meeting, refs: References) -> dict[str, Any] | None:
    """Everything of the meeting's recommendations, by workshop and place; None when there is none."""
    rows = queries.of_meeting(meeting)
    if not rows:
        return None
    ids = [row.id for row in rows]
    revisions, variants = queries.all_revisions(ids), queries.all_variants(ids)
    for row in rows:
        refs.name("recommendation", row.draft_code, row)
    links = [link for link in queries.links_of(ids) if link.from_id in ids and link.to_id in ids]
    handed = queries.hand_overs([one.id for one in queries.workshops(meeting)])
    return _lean(
        {
            "list": [_row(row, refs, revisions[row.id], variants[row.id]) for row in rows],
            "links": sorted(
                ({"from": refs.ref("recommendation", one.from_id), "to": refs.ref("recommendation", one.to_id)}
                 | _lean({"kind": one.kind, "kept": one.kept}) for one in links),
                key=lambda one: (str(one["from"]), str(one["to"]), str(one["kind"])),
            ),
            "hand_overs": [_handed(one, refs) for one in handed],
        }
    )  # fmt: skip


def _row(row: Recommendation, refs: References, revisions: Sequence[Revision], variants: Sequence[Variant]) -> Any:
    axis, merged = refs.ref("axis", row.axis_id), refs.ref("recommendation", row.merged_into_id)
    return _lean(
        {"code": row.draft_code, "workshop": refs.ref("workshop", row.workshop_id)}
        | {name: getattr(row, name) for name in PLAIN}
        | {name: stamp(value) if (value := getattr(row, name)) else None for name in MOMENTS}
        | {"axis": axis, "horizon": row.horizon.isoformat() if row.horizon else None, "merged_into": merged}
    ) | {
        "texts": [_lean({name: getattr(one, name) for name in TEXT}, keep=("text",))
                  for one in sorted(row.texts, key=lambda one: one.field)],
        "addressees": [{"body": one.body.code or one.body_id, "role": one.role} for one in row.addressees],
        "revisions": [_lean({name: getattr(one, name) for name in REVISION} | {"at": stamp(one.at)}, keep=("text",))
                      for one in revisions],
        "variants": [
            _lean({name: getattr(one, name) for name in VARIANT}
                  | {"at": stamp(one.at), "resolved_at": stamp(one.resolved_at) if one.resolved_at else None},
                  keep=("text",))
            for one in variants
        ],
    }  # fmt: skip


def _handed(one: HandOver, refs: References) -> dict[str, Any]:
    return _lean(
        {"workshop": refs.ref("workshop", one.workshop_id), "at": stamp(one.at)}
        | {name: getattr(one, name) for name in HANDED}
        | {"reopened_at": stamp(one.reopened_at) if one.reopened_at else None}
    )


def _lean(data: dict[str, Any], keep: tuple[str, ...] = ()) -> dict[str, Any]:
    """Without what is missing or empty; a base revision of 0 says something and stays."""
    return {name: value for name, value in data.items() if name in keep or (value not in (None, "", [], False))}


def load(meeting: Meeting, data: Mapping[str, Any], loading: Loading) -> None:
    """Make the recommendations again, with their history; every date moves by the shift."""
    made: dict[str, Recommendation] = {}
    for one in data["list"]:
        made[one["code"]] = _make(meeting, one, loading)
        loading.refs.name("recommendation", one["code"], made[one["code"]])
    for one in data["list"]:
        if one.get("merged_into"):
            made[one["code"]].merged_into_id = loading.refs.ident("recommendation", one["merged_into"])
    for one in data.get("links", []):
        db.session.add(
            Link(from_id=loading.refs.ident("recommendation", one["from"]),
                 to_id=loading.refs.ident("recommendation", one["to"]), kind=one["kind"], kept=one.get("kept", ""))
        )  # fmt: skip
    for one in data.get("hand_overs", []):
        row = HandOver(workshop_id=loading.refs.ident("workshop", one["workshop"]), at=_at(one["at"], loading.shift),
                       reopened_at=_at(one.get("reopened_at"), loading.shift))  # fmt: skip
        _fill(row, one, HANDED)
        db.session.add(row)
    db.session.flush()


def _make(meeting: Meeting, one: Mapping[str, Any], loading: Loading) -> Recommendation:
    shift, refs = loading.shift, loading.refs
    row = Recommendation(id=new_id(), meeting_id=meeting.id)
    row.workshop = refs.row("workshop", one["workshop"])
    row.axis = refs.row("axis", one.get("axis"))
    _fill(row, one, PLAIN)
    for name in MOMENTS:
        setattr(row, name, _at(one.get(name), shift))
    row.changed_at = row.changed_at or row.created_at
    row.horizon = date.fromisoformat(one["horizon"]) + shift if one.get("horizon") else None
    row.texts = [_filled(FieldText(), text, TEXT) for text in one["texts"]]
    row.folded = fold(" ".join(text.text for text in row.texts if text.field.partition(".")[0] in {"title", "body"}))
    row.addressees = _addressees(one.get("addressees", []))
    db.session.add(row)
    db.session.flush()
    for kind, plain, rows in (
        (Revision, REVISION, one.get("revisions", [])),
        (Variant, VARIANT, one.get("variants", [])),
    ):
        for item in rows:
            made = _filled(kind(recommendation_id=row.id, at=_at(item["at"], shift)), item, plain)
            made.author = item.get("author", "")
            if item.get("resolved_at"):
                made.resolved_at = _at(item["resolved_at"], shift)
            db.session.add(made)
    return row


def _addressees(rows: Sequence[Mapping[str, Any]]) -> list[Addressee]:
    known = queries.bodies([one["body"] for one in rows])
    missing = [one["body"] for one in rows if one["body"] not in known]
    if missing:
        raise Refusal("exchange_body", codes=" ".join(missing))
    return [
        Addressee(body_id=known[one["body"]].id, body=known[one["body"]], role=one.get("role", "lead"), position=place)
        for place, one in enumerate(rows, 1)
    ]


def _fill(row: Any, data: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name in data:
            setattr(row, name, data[name])


def _filled(row: Any, data: Mapping[str, Any], names: Sequence[str]) -> Any:
    _fill(row, data, names)
    return row


def _at(text: str | None, shift: timedelta) -> datetime | None:
    return datetime.fromisoformat(text) + shift if text else None
