"""What a registration says about somebody, put into the row with the shadows it is searched by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.kernel.errors import Refusal
from app.meetings.models import Meeting
from app.participants.models import Participant, Wish
from app.participants.names import Name, compared, identity_key, order_in, shadow
from app.participants.queries.places import category_codes, workshop_ids
from app.territory.models import Body

# The columns a reader of the history sees by name; wishes and body are told beside them.
PLAIN = (
    "name_ar", "name_latin", "name_zgh", "honorific", "address_form", "rank", "post", "category", "precedence",
    "body_text", "email", "phone", "language", "needs", "image_consent",
)  # fmt: skip


@dataclass(frozen=True)
class Details:
    """What a person, a focal point or an organiser says about somebody; `wishes` are workshop ids, best first."""

    name: Name
    category: str
    body: Body | None = None
    body_text: str = ""
    address_form: str | None = None
    honorific: str = ""
    rank: str = ""
    post: str = ""
    precedence: int | None = None
    email: str = ""
    phone: str = ""
    other_phones: Sequence[str] = field(default=())
    language: str = "ar"
    needs: str = ""
    wishes: Sequence[str] = field(default=())
    image_consent: bool = False

    @property
    def key(self) -> str:
        """What makes this person one person."""
        return identity_key(self.name.shown, self.email, self.phone, self.body.id if self.body else self.body_text)


def check_details(meeting: Meeting, details: Details) -> None:
    """Refuse with `name_missing`, `choice` or `wish_twice` what cannot be written down."""
    if not details.name.shown:
        raise Refusal("name_missing", field="name")
    if details.category not in category_codes(meeting):
        raise Refusal("choice", field="category")
    if len(set(details.wishes)) != len(details.wishes):
        raise Refusal("wish_twice", field="wishes")
    if set(details.wishes) - set(workshop_ids(meeting)):
        raise Refusal("choice", field="wishes")


def fill(participant: Participant, details: Details) -> None:
    """Write the details into the row, with everything derived from them; the code must be there already."""
    name = details.name
    participant.name_ar, participant.name_latin, participant.name_zgh = name.ar, name.latin, name.zgh
    participant.honorific, participant.address_form = details.honorific, details.address_form
    participant.rank, participant.post = details.rank, details.post
    participant.category, participant.precedence = details.category, details.precedence
    participant.body, participant.body_text = details.body, details.body_text
    participant.body_id = details.body.id if details.body else None
    participant.email, participant.phone = details.email, details.phone
    participant.other_phones = list(details.other_phones)
    participant.language, participant.needs = details.language, details.needs
    participant.image_consent = details.image_consent
    participant.wishes = [Wish(rank=rank, workshop_id=ident) for rank, ident in enumerate(details.wishes, 1)]
    participant.identity_key = details.key
    refresh_shadows(participant)


def refresh_shadows(participant: Participant) -> None:
    """Make the search, duplicate and order shadows again from what the row says."""
    name = Name(participant.name_ar, participant.name_latin, participant.name_zgh)
    bodies = [participant.body.name_ar, participant.body.name_fr] if participant.body else []
    participant.folded = shadow(
        name, participant.code, participant.email, [participant.phone, *participant.other_phones],
        [*bodies, participant.body_text, participant.post],
    )  # fmt: skip
    participant.skeleton = compared(name)
    participant.sort_ar, participant.sort_fr = order_in("ar", name), order_in("fr", name)


def details_of(participant: Participant) -> Details:
    """What the row says now, to be changed in parts."""
    return Details(
        name=Name(participant.name_ar, participant.name_latin, participant.name_zgh), category=participant.category,
        body=participant.body, body_text=participant.body_text, address_form=participant.address_form,
        honorific=participant.honorific, rank=participant.rank, post=participant.post,
        precedence=participant.precedence, email=participant.email, phone=participant.phone,
        other_phones=tuple(participant.other_phones), language=participant.language, needs=participant.needs,
        wishes=tuple(wish.workshop_id for wish in participant.wishes), image_consent=participant.image_consent,
    )  # fmt: skip


def snapshot(participant: Participant) -> dict[str, Any]:
    """The row as the history shows it, before or after a change."""
    said = {name: getattr(participant, name) for name in PLAIN}
    body = participant.body.name_ar if participant.body else ""
    return said | {"body": body, "wishes": [wish.workshop_id for wish in participant.wishes]}


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of what differs between two snapshots."""
    return [name for name, value in after.items() if before[name] != value]
