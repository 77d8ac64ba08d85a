"""People and invitations in the file of a meeting: written without ids, loaded with the places they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.kernel.clock import stamp
from app.kernel.database import db
from app.kernel.tokens import short_code
from app.meetings import exchange
from app.meetings.exchange import References
from app.meetings.exchange.sections import Loading
from app.meetings.models import Meeting
from app.participants.actions.filling import Details, fill
from app.participants.actions.places import open_places
from app.participants.models import Invitation, Participant, ReservedSeat, Seats
from app.participants.names import Name
from app.participants.queries.places import held_seats
from app.participants.states import SEATED, Source, Status
from app.territory.models import Body
from app.territory.queries import bodies_by_code

PLAIN = (
    "honorific", "address_form", "rank", "post", "category", "precedence", "body_text", "email", "phone",
    "other_phones", "language", "needs", "status", "source", "waiting_rank", "image_consent", "privacy_version",
    "end_reason", "calendar_sequence",
)  # fmt: skip
NAMES = ("name_ar", "name_latin", "name_zgh")
MOMENTS = ("consented_at", "registered_at", "confirmed_at", "ended_at")
_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
TEXTS = (
    *NAMES, *MOMENTS, "body", "code", "titular", "invitation", "honorific", "address_form", "rank", "post", "category",
    "body_text", "email", "phone", "language", "needs", "source", "privacy_version", "end_reason",
)  # fmt: skip
INVITED = (
    "body", "code", "person", "email", "phone", "language", "answer_before", "sent_at", "opened_at", "withdrawn_at",
)  # fmt: skip


def _rows(required: Sequence[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a list of objects that know these properties and no other."""
    one = {"type": "object", "additionalProperties": False, "required": list(required), "properties": dict(properties)}
    return {"type": "array", "items": one}


def _texts(names: Sequence[str]) -> dict[str, Any]:
    return dict.fromkeys(names, _TEXT)


_SEATS: dict[str, Any] = {"type": "object", "additionalProperties": _COUNT}
_PERSON = _texts(TEXTS) | {
    "status": {"enum": [status.value for status in Status]}, "precedence": {"type": "integer"}, "waiting_rank": _COUNT,
    "calendar_sequence": _COUNT, "image_consent": {"type": "boolean"},
    "other_phones": {"type": "array", "items": _TEXT}, "wishes": {"type": "array", "items": _TEXT},
}  # fmt: skip
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "invitations": _rows(["seats"], _texts(INVITED) | {"kind": {"enum": ["body", "person"]}, "seats": _SEATS}),
        "people": _rows(["category", "status"], _PERSON),
        "held": _rows(["category", "label"], _texts(("category", "label", "honorific", "body"))),
    },
}


def connect() -> None:
    """Add the section `participants` to the file of a meeting; it does not go into next year's."""
    exchange.section("participants", dump=dump, load=load, schema=SCHEMA, cloned=False)


def dump(meeting: Meeting, refs: References) -> dict[str, Any] | None:
    """The invitations (I1, ...), people (P1, ...) and seats held, in the order they came; None without any.

    Erased people are left out. Later rooms find the people by `refs.row("participant", "P7")`.
    """
    invitations = _in_order(Invitation, meeting)
    rows = [row for row in _in_order(Participant, meeting) if row.erased_at is None]
    people = sorted(rows, key=lambda row: row.titular_id is not None)
    held = held_seats(meeting)
    if not (invitations or people or held):
        return None
    refs.number("invitation", "I", invitations)
    refs.number("participant", "P", people)
    return {
        "invitations": [_invitation(one) for one in invitations],
        "people": [_person(one, refs) for one in people],
        "held": [_filled({"category": one.category, "label": one.label, "honorific": one.honorific,
                          "body": _code(db.session.get(Body, one.body_id) if one.body_id else None)}) for one in held],
    }  # fmt: skip


def load(meeting: Meeting, data: Mapping[str, Any], loading: Loading) -> None:
    """Write the people of a file into the meeting: same states, same order of waiting, the places they hold.

    Codes stay what is printed on paper; one that another meeting here has is made anew. Nobody is written to.
    """
    bodies = _bodies(data)
    invitations = [_load_invitation(meeting, one, bodies, loading) for one in data.get("invitations", [])]
    loading.refs.number("invitation", "I", invitations)
    taken = set(db.session.scalars(select(Participant.code)))
    people: list[Participant] = []
    for number, one in enumerate(data.get("people", []), 1):
        person = _load_person(meeting, one, bodies, loading, taken)
        people.append(person)
        loading.refs.name("participant", f"P{number}", person)
    for one in data.get("held", []):
        seat = ReservedSeat(meeting_id=meeting.id, category=one["category"], label=one["label"])
        seat.honorific, seat.body_id = one.get("honorific", ""), _id(bodies, one.get("body"))
        db.session.add(seat)
    db.session.flush()
    open_places(meeting)
    places = sum(person.holds_seat for person in people) + len(data.get("held", []))
    queued = max((person.waiting_rank or 0 for person in people), default=0)
    db.session.execute(update(Seats).where(Seats.meeting_id == meeting.id).values(taken=places, queued=queued))


def _in_order(model: Any, meeting: Meeting) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.meeting_id == meeting.id).order_by(model.id)).unique().all()


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], False)}


def _code(body: Body | None) -> str:
    return (body.code or "") if body is not None else ""


def _at(moment: datetime | None) -> str:
    return stamp(moment) if moment is not None else ""


def _invitation(row: Invitation) -> dict[str, Any]:
    moments = {name: _at(getattr(row, name)) for name in ("sent_at", "opened_at", "withdrawn_at")}
    plain = {name: getattr(row, name) for name in ("kind", "code", "person", "email", "phone", "language")}
    before = row.answer_before.isoformat() if row.answer_before else ""
    return _filled(plain | moments | {"body": _code(row.body), "answer_before": before}) | {"seats": dict(row.seats)}


def _person(row: Participant, refs: References) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in (*NAMES, *PLAIN, "code")}
    told = plain | {name: _at(getattr(row, name)) for name in MOMENTS}
    told |= {"body": _code(row.body), "wishes": [wish.workshop.code for wish in row.wishes]}
    if row.body is not None and not row.body.code:
        told["body_text"] = row.body.name_ar
    told["titular"] = refs.ref("participant", row.titular_id) if row.titular_id else ""
    told["invitation"] = refs.ref("invitation", row.invitation_id)
    return _filled(told) | {"category": row.category, "status": row.status}


def _bodies(data: Mapping[str, Any]) -> Mapping[str, Body]:
    codes = {one.get("body", "") for part in ("invitations", "people", "held") for one in data.get(part, [])}
    return bodies_by_code(codes - {""})


def _id(bodies: Mapping[str, Body], code: str | None) -> str | None:
    body = bodies.get(code or "")
    return body.id if body is not None else None


def _moment(text: str | None, shift: timedelta) -> datetime | None:
    return datetime.fromisoformat(text) + shift if text else None


def _load_invitation(
    meeting: Meeting, told: Mapping[str, Any], bodies: Mapping[str, Body], loading: Loading
) -> Invitation:
    known = db.session.scalar(select(Invitation.id).where(Invitation.code == told.get("code", "")))
    row = Invitation(
        meeting_id=meeting.id, kind=told.get("kind", "body"), body_id=_id(bodies, told.get("body")),
        seats=dict(told["seats"]), person=told.get("person", ""), email=told.get("email", ""),
        phone=told.get("phone", ""), language=told.get("language", "ar"),
        code=short_code() if known or not told.get("code") else told["code"],
        answer_before=_moment(told.get("answer_before"), loading.shift),
        sent_at=_moment(told.get("sent_at"), loading.shift), opened_at=_moment(told.get("opened_at"), loading.shift),
        withdrawn_at=_moment(told.get("withdrawn_at"), loading.shift),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _load_person(
    meeting: Meeting, told: Mapping[str, Any], bodies: Mapping[str, Body], loading: Loading, taken: set[str]
) -> Participant:
    code = told.get("code", "")
    person = Participant(
        meeting_id=meeting.id, code=code if code and code not in taken else short_code(), status=told["status"],
        source=told.get("source", Source.IMPORT), category="", other_phones=[], body_text="",
        holds_seat=told["status"] in SEATED, waiting_rank=told.get("waiting_rank"),
        titular_id=loading.refs.ident("participant", told.get("titular")),
        invitation_id=loading.refs.ident("invitation", told.get("invitation")),
        privacy_version=told.get("privacy_version", ""), end_reason=told.get("end_reason", ""),
        calendar_sequence=told.get("calendar_sequence", 0),
        **{name: _moment(told.get(name), loading.shift) for name in MOMENTS},
    )  # fmt: skip
    fill(person, _details(told, bodies, loading.refs))
    if told["status"] in (Status.CANCELLED, Status.DECLINED):
        person.identity_key = None
    taken.add(person.code)
    db.session.add(person)
    db.session.flush()
    return person


def _details(told: Mapping[str, Any], bodies: Mapping[str, Body], refs: References) -> Details:
    body = bodies.get(told.get("body", ""))
    return Details(
        name=Name(told.get("name_ar", ""), told.get("name_latin", ""), told.get("name_zgh", "")),
        category=told["category"], body=body, body_text="" if body else told.get("body_text", ""),
        address_form=told.get("address_form"), honorific=told.get("honorific", ""), rank=told.get("rank", ""),
        post=told.get("post", ""), precedence=told.get("precedence"), email=told.get("email", ""),
        phone=told.get("phone", ""), other_phones=tuple(told.get("other_phones", ())),
        language=told.get("language", "ar"), needs=told.get("needs", ""),
        wishes=tuple(refs.row("workshop", code).id for code in told.get("wishes", ())),
        image_consent=bool(told.get("image_consent")),
    )  # fmt: skip
