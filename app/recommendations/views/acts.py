"""One operation made by a page: the same as a device's, under the key of the page's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from app.kernel.access import current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import new_key
from app.recommendations import actions
from app.recommendations.actions import Incoming
from app.recommendations.fields import normal
from app.recommendations.schemas import UUID

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop


def address(endpoint: str, meeting: Meeting, workshop: Workshop, **values: Any) -> str:
    """The address of a page of this workshop."""
    return url_for(f"recommendations.{endpoint}", slug=meeting.slug, workshop_code=workshop.code, **values)


def act(
    meeting: Meeting, workshop: Workshop, kind: str, ident: str, *, key: str | None = None,
    fields: dict[str, Any] | None = None, base_rev: dict[str, int] | None = None, **data: Any,
) -> dict[str, Any]:  # fmt: skip
    """Apply an operation now; gives its answer. Refuses as the operation does, `changed_meanwhile` when it waits."""
    values = {name: normal(name, value) for name, value in (fields or {}).items()}
    op_id = key if key and UUID.fullmatch(key) else new_key()
    payload = {"kind": kind, "recommendation": ident, "fields": fields or {}, "base_rev": base_rev or {}, **data}
    incoming = Incoming(op_id, kind, ident, "page", base_rev=base_rev or {}, fields=values, data=data, payload=payload)
    outcome = actions.receive(
        workshop=workshop, meeting=meeting, incoming=incoming, actor=current_actor(), clock=current_clock()
    )
    if outcome.status == 202:
        raise Refusal("changed_meanwhile", status=409)
    actions.settle([outcome], meeting)
    return outcome.answer
