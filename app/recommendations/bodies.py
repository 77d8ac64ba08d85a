"""Whom a recommendation is addressed to: names for the codes of its field, and the codes of what people type."""

from __future__ import annotations

from collections.abc import Iterable

from app.kernel.errors import Refusal
from app.kernel.languages import pick, t
from app.kernel.text import fold
from app.recommendations import queries, states
from app.recommendations.models import Recommendation
from app.territory import queries as territory


def labels(rows: Iterable[Recommendation], lang: str) -> dict[str, str]:
    """The names of the groups and of every body that these recommendations name, by code."""
    found = {group: str(t.plain(f"capture.group.{group}")) for group in states.GROUPS}
    for row in rows:
        for one in row.addressees:
            name = pick(one.body, "name", lang)[0]
            found |= {one.body_id: name} | ({one.body.code: name} if one.body.code else {})
    return found


def resolve(typed: str, chosen: str) -> list[str]:
    """The code of what was typed or chosen from the list; nothing for nothing.

    Refuses with `body_unknown` or `body_ambiguous` at `addressees` when the words name none or several.
    """
    if not typed and not chosen:
        return []
    if chosen and (body := queries.bodies([chosen]).get(chosen)):
        return [body.code or body.id]
    for group in states.GROUPS:
        if fold(typed) in {fold(t.plain(f"capture.group.{group}", lang=lang)) for lang in ("ar", "fr", "en")}:
            return [group]
    found = territory.search(typed, limit=5)
    if not found:
        raise Refusal("body_unknown", field="addressees")
    exact = [one for one in found if fold(typed) in {fold(one.name_ar), fold(one.name_fr), fold(one.name_en)}]
    if len(exact or found) > 1:
        raise Refusal("body_ambiguous", field="addressees")
    one = (exact or found)[0]
    return [one.code or one.id]
